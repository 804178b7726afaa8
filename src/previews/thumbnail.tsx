import { useState } from 'react';

import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

import { KindIcon } from './kind-icon';
import { useInView } from './use-in-view';
import { usePreview } from './use-preview';

/** A 40-pixel box that never changes size: the picture, or the icon of the kind until and unless there is one. */
export function Thumbnail({ provider, asset }: { provider: AssetProvider; asset: Asset }) {
  const drawable = asset.preview?.isImage === true;
  return (
    <span className="relative flex size-10 items-center justify-center overflow-hidden rounded-md bg-sunken text-muted">
      <KindIcon kind={asset.kind} className="size-5" />
      {drawable && <Picture key={asset.id} provider={provider} asset={asset} />}
    </span>
  );
}

function Picture({ provider, asset }: { provider: AssetProvider; asset: Asset }) {
  const source = provider.previewSource(asset, 'thumbnail');
  if (source === null) return null;
  return source.type === 'url' ? (
    <Image url={source.url} />
  ) : (
    <LockedPicture provider={provider} asset={asset} />
  );
}

function LockedPicture({ provider, asset }: { provider: AssetProvider; asset: Asset }) {
  const { ref, inView } = useInView();
  const preview = usePreview(provider, asset, 'thumbnail', inView);
  return (
    <span ref={ref} className="absolute inset-0">
      {preview.status === 'ready' && <Image url={preview.url} />}
    </span>
  );
}

function Image({ url }: { url: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return null;
  return (
    <img
      src={url}
      // The name stands beside it.
      alt=""
      width={40}
      height={40}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setBroken(true)}
      className="absolute inset-0 size-full bg-sunken object-cover"
    />
  );
}
