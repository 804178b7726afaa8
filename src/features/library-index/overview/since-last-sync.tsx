import { useSyncExternalStore } from 'react';

import { formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import type { EndAsset } from '@/library/store/overview';

import { Ago } from '../parts/ago';
import { AssetLink } from '../parts/asset-link';
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
  return (
    <>
      {state === 'building' && (
        <p>The index is still being built: all this is of what it has so far, and grows.</p>
      )}
      {lastSync !== null ? (
        <p>
          At the last sync, <Ago at={lastSync.endedAt} />: {changesText(lastSync)}.
        </p>
      ) : (
        syncedAt !== null && (
          <p>
            The index was built <Ago at={syncedAt} />; no sync has been made since.
          </p>
        )
      )}
      {newest !== null && oldest !== null && (
        <p>
          Newest: <End {...opening} asset={newest} now={now} />. Oldest:{' '}
          <End {...opening} asset={oldest} now={now} />.
        </p>
      )}
    </>
  );
}

const End = ({
  asset,
  now,
  ...opening
}: Pick<IndexViewProps, 'onOpen' | 'hrefFor'> & { asset: EndAsset; now: number }) => (
  <>
    <AssetLink
      {...opening}
      asset={asset}
      className="inline-block max-w-72 align-bottom text-accent underline underline-offset-2"
    />
    , {formatRelative(asset.createdAt, now)}
  </>
);
