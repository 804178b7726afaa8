import type { ReactNode } from 'react';

import type { AssetKind } from '@/domain/asset';
import type { PlanTotals } from '@/domain/make-plan';
import type { PlanItem } from '@/domain/plan';
import { formatUpTo, formatCount, formatDay, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Thumbnail } from '@/previews/thumbnail';
import type { AssetProvider } from '@/providers/provider';

import { NameList } from './name-list';

const SHOWN = 12;

const KIND_NOUNS: Readonly<Record<AssetKind, readonly [one: string, many: string]>> = {
  image: ['image', 'images'],
  video: ['video', 'videos'],
  audio: ['audio file', 'audio files'],
  model: ['model', 'models'],
  '3d': ['3D object', '3D objects'],
  text: ['text', 'texts'],
  other: ['other file', 'other files'],
};

/** What a plan holds: enough to notice that it is the wrong one. */
export function PlanSummary({
  items: assets,
  totals,
  provider,
}: {
  items: readonly PlanItem[];
  totals: PlanTotals;
  provider: AssetProvider;
}) {
  const [only] = assets;
  if (only === undefined) return null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-1.5">
        {assets.slice(0, SHOWN).map((asset) => (
          <span key={asset.id} title={shownName(asset.name)}>
            <Thumbnail provider={provider} asset={asset} />
          </span>
        ))}
        {assets.length > SHOWN && (
          <span className="flex items-center px-1 py-0.5 text-muted">
            and {formatNumber(assets.length - SHOWN)} more
          </span>
        )}
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        <Fact label="Size">
          {totals.unknownSizes === assets.length ? 'Unknown' : formatUpTo(totals.upToBytes)}
          {totals.unknownSizes > 0 &&
            totals.unknownSizes < assets.length &&
            `, and ${formatNumber(totals.unknownSizes)} of unknown size`}
        </Fact>
        <Fact label="Kind">
          {totals.kinds.map(({ kind, count }) => formatCount(count, ...KIND_NOUNS[kind])).join(', ')}
        </Fact>
        {assets.length === 1 && <Fact label="Created">{formatDay(only.createdAt)}</Fact>}
        {assets.length > 1 && totals.oldest !== null && totals.newest !== null && (
          <>
            <Fact label="Oldest">{formatDay(totals.oldest)}</Fact>
            <Fact label="Newest">{formatDay(totals.newest)}</Fact>
          </>
        )}
      </dl>
      {assets.length > 1 && (
        <NameList summary={`All ${formatNumber(assets.length)} names`} label="Names" assets={assets} />
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
