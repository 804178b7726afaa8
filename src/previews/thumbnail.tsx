import clsx from 'clsx';
import type { SyntheticEvent } from 'react';

import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

import { KIND_ICONS } from './kind-icon';
import { useInView } from './use-in-view';
import { usePreview } from './use-preview';

/** What a thumbnail needs: also known of an asset that is on a list, and not of this page. */
type Pictured = Pick<Asset, 'kind' | 'preview' | 'mimeType'>;

/** Of the box that never changes size: the picture, or the icon of the kind until and unless there is one. */
export const thumbnailClass = (asset: Pictured): string =>
  clsx('thumbnail icon-before', KIND_ICONS[asset.kind]);

export function Thumbnail({ provider, asset }: { provider: AssetProvider; asset: Pictured }) {
  return (
    <span className={thumbnailClass(asset)}>
      <ThumbnailPicture provider={provider} asset={asset} />
    </span>
  );
}

/** The picture alone, for a box that is a link or a button. */
export function ThumbnailPicture({ provider, asset }: { provider: AssetProvider; asset: Pictured }) {
  const source = provider.previewSource(asset, 'thumbnail');
  if (source === null) return null;
  return source.type === 'url' ? (
    <Picture url={source.url} />
  ) : (
    <LockedPicture provider={provider} asset={asset} />
  );
}

function LockedPicture({ provider, asset }: { provider: AssetProvider; asset: Pictured }) {
  const { ref, inView } = useInView();
  const preview = usePreview(provider, asset, 'thumbnail', inView);
  return (
    <span ref={ref} className="absolute inset-0 [&>img]:size-full [&>img]:object-cover">
      {preview.status === 'ready' && <Picture url={preview.url} />}
    </span>
  );
}

function Picture({ url }: { url: string }) {
  return (
    <img
      // A new picture is a new element: the last one's must not stand in while it loads.
      key={url}
      src={url}
      // The name stands beside it.
      alt=""
      width={40}
      height={40}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={hide}
    />
  );
}

/** A broken picture makes way for the icon behind it. Not state: nothing else depends on it. */
const hide = (event: SyntheticEvent<HTMLImageElement>) => {
  event.currentTarget.hidden = true;
};
