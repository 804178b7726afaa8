import { useSyncExternalStore } from 'react';

import { formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import type { EndAsset } from '@/library/store/overview';
import { longName } from '@/ui/long-name';

import type { IndexViewProps } from '../parts/index-view-props';

import { changesText } from './words';

/** What changed of late, and between which days everything was made. */
export function SinceLastSync({
  index,
  oldest,
  newest,
  ...opening
}: Pick<IndexViewProps, 'index' | 'onOpen' | 'hrefFor'> & {
  readonly oldest: EndAsset | null;
  readonly newest: EndAsset | null;
}) {
  const { state, syncedAt, lastSync } = useSyncExternalStore(index.subscribe, () => index.view());
  const now = useNow();
  const ago = (at: number) => formatRelative(new Date(at).toISOString(), now);
  return (
    <>
      {state === 'building' && (
        <p>The index is still being built: all this is of what it has so far, and grows.</p>
      )}
      {lastSync !== null ? (
        <p>
          At the last sync, {ago(lastSync.endedAt)}: {changesText(lastSync)}.
        </p>
      ) : (
        syncedAt !== null && <p>The index was built {ago(syncedAt)}; no sync has been made since.</p>
      )}
      {newest !== null && oldest !== null && (
        <p>
          Newest: <AssetLink {...opening} asset={newest} now={now} />. Oldest:{' '}
          <AssetLink {...opening} asset={oldest} now={now} />.
        </p>
      )}
    </>
  );
}

function AssetLink({
  asset,
  now,
  onOpen,
  hrefFor,
}: Pick<IndexViewProps, 'onOpen' | 'hrefFor'> & { asset: EndAsset; now: number }) {
  return (
    <>
      <a
        href={hrefFor(asset.id)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onOpen(asset.id);
        }}
        className="inline-block max-w-72 align-bottom text-accent underline underline-offset-2"
      >
        {longName(asset.name)}
      </a>
      , {formatRelative(asset.createdAt, now)}
    </>
  );
}
