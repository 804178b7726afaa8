import { useQuery } from '@tanstack/react-query';

import { isRootTag } from '@/domain/tags';
import { formatCount, formatNumber } from '@/lib/format';
import { libraryQueries } from '@/queries/library-queries';
import { Button } from '@/ui/button';

import type { IndexViewProps } from '../parts/index-view-props';
import { useGather } from '../parts/use-gather';

const PART = 1_000;

/** What taking the picked tags off would touch, and the way to the plan for that. */
export function PickedTags({
  index,
  picked,
  onRemoveTags,
  onClear,
}: {
  index: IndexViewProps['index'];
  picked: ReadonlySet<string>;
  onRemoveTags: NonNullable<IndexViewProps['onRemoveTags']>;
  onClear: () => void;
}) {
  const tags = [...picked].sort();
  const totals = useQuery(libraryQueries.call(index, 'taggedTotals', { tags }));
  const { busy, gather } = useGather();
  const { data } = totals;
  if (data === undefined || data.existing.length === 0) return null;
  const { count, existing, protected: locked } = data;
  const roots = existing.filter(isRootTag);

  function remove() {
    void gather(
      (after: number | null, options) =>
        index.store.call('tagged', { tags: existing, after, limit: PART }, options),
      (assets) => onRemoveTags(assets, { unseen: true, picked: existing }),
    );
  }

  return (
    <div
      role="toolbar"
      aria-label="Picked tags"
      className="sticky bottom-0 z-10 mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-canvas px-4 py-1.5 max-md:px-2"
    >
      <p role="status" className="min-w-0">
        {formatCount(existing.length, 'tag')} picked, on {formatCount(count, 'asset')}.
        {locked > 0 && ` ${formatCount(locked, 'is', 'are')} protected and will keep them.`}
        {roots.length > 0 && (
          <span className="text-caution">
            {' '}
            Without “{roots.join('”, “')}” assets vanish from views that filter by it.
          </span>
        )}
      </p>
      {/* At the end, also where it is narrow: the boxes of the rows that pass below are at the start. */}
      <div className="ml-auto flex flex-wrap gap-2">
        <Button aria-disabled={busy} onClick={remove}>
          {busy ? 'Reading…' : `Remove from ${formatNumber(count)}…`}
        </Button>
        <Button onClick={onClear}>Clear</Button>
      </div>
    </div>
  );
}
