import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { explainError } from '@/domain/explain-error';
import type { Plan } from '@/domain/plan';
import { formatBytes, formatCount } from '@/lib/format';
import type { AssetProvider, Derived } from '@/providers/provider';
import { derivedQueries } from '@/queries/derived-queries';
import { Button } from '@/ui/button';

const NO_IDS: readonly string[] = [];

/** What goes along; counts that the drawer read a while ago do not do. */
export function useCascades(provider: AssetProvider, plan: Plan) {
  const has = provider.listDerived !== undefined;
  const ids = has ? plan.items.map((item) => item.id) : NO_IDS;
  const query = useQuery({
    ...derivedQueries.of(provider, ids),
    enabled: has,
    refetchOnWindowFocus: false,
  });
  return {
    query: has ? query : null,
    count: query.data === undefined ? 0 : cascadeCount(cascadeTotals(query.data)),
    known: !has || (query.isSuccess && query.isFetchedAfterMount && !query.isFetching),
  };
}

interface CascadeTotals {
  readonly cuts: number;
  readonly subtitlesAtMost: number;
  readonly renders: number;
  readonly renderBytes: number;
  readonly unknownRenderSizes: number;
}

function cascadeTotals(derived: ReadonlyMap<string, Derived>): CascadeTotals {
  const all = [...derived.values()];
  const renders = all.flatMap((each) => each.renders);
  return {
    cuts: all.reduce((sum, each) => sum + each.cuts.length, 0),
    subtitlesAtMost: all.reduce((sum, each) => sum + each.subtitlesAtMost, 0),
    renders: renders.length,
    renderBytes: renders.reduce((sum, render) => sum + (render.sizeBytes ?? 0), 0),
    unknownRenderSizes: renders.filter((render) => render.sizeBytes === null).length,
  };
}

const cascadeCount = (totals: CascadeTotals): number => totals.cuts + totals.subtitlesAtMost + totals.renders;

/** What goes along, as read a moment ago; nothing may be confirmed before it is known. */
export function Cascade({ derived }: { derived: UseQueryResult<ReadonlyMap<string, Derived>> }) {
  if (derived.isPending) return <p role="status">Reading what goes along with it…</p>;
  if (derived.isError) {
    const { title, hint } = explainError(derived.error);
    return (
      <div role="alert" className="flex flex-col items-start gap-2 text-danger">
        <p>
          What goes along could not be read, so nothing can be deleted yet. {title}. {hint}
        </p>
        <Button size="small" onClick={() => void derived.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  const totals = cascadeTotals(derived.data);
  if (cascadeCount(totals) === 0) return <p>No cuts, subtitles or renders go along.</p>;
  const unknown = totals.unknownRenderSizes > 0 ? `, ${totals.unknownRenderSizes} of unknown size` : '';
  return (
    <div>
      <p className="font-medium">Deleted along with it:</p>
      <ul className="list-disc pl-5">
        <li>{formatCount(totals.cuts, 'cut')}</li>
        {totals.subtitlesAtMost > 0 && (
          <li>up to {formatCount(totals.subtitlesAtMost, 'subtitle')} of these cuts</li>
        )}
        <li>
          {formatCount(totals.renders, 'render')}
          {totals.renders > 0 && ` (${formatBytes(totals.renderBytes)}${unknown})`}
        </li>
      </ul>
    </div>
  );
}
