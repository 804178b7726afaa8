import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';

import { NO_FILTERS, NO_INDEX_FILTERS, type Leftover } from '@/domain/library-query';
import { formatCount } from '@/lib/format';
import { libraryQueries } from '@/queries/library-queries';
import { announce } from '@/ui/toaster';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { useGather } from '../parts/use-gather';

import { LeftoverSection } from './leftover-section';
import { leftoversOf } from './leftover-words';

const FIRST = 6;
const PART = 1_000;

/** What nobody means to keep, by what is wrong with it. Nothing here is deleted: it is ticked, or looked at in the table. */
export default function LeftoversView({ index, ...props }: IndexViewProps) {
  const [now] = useState(() => Date.now());
  const leftovers = useQuery(libraryQueries.call(index, 'leftovers', { now, first: FIRST }));
  const complete = useSyncExternalStore(index.subscribe, () => index.view().state === 'ready');
  const { busy, gather } = useGather();
  const shown = leftoversOf(props.provider.connection.kind);

  function selectAll(leftover: Leftover) {
    const filters = { ...NO_FILTERS, index: { ...NO_INDEX_FILTERS, leftover } };
    const params = { filters, now, limit: PART };
    void gather(
      (after: number | null, options) => index.store.call('matching', { ...params, after }, options),
      (assets) => {
        const selectable = assets.filter(({ protection }) => protection === null);
        props.onTick(selectable, true);
        announce(selectedText(selectable.length, assets.length - selectable.length));
      },
    );
  }

  return (
    <section aria-labelledby="leftovers-heading">
      <header className="border-b border-line px-4 py-3 max-md:px-2">
        <h2 id="leftovers-heading" tabIndex={-1} className="text-base font-semibold">
          Leftovers
        </h2>
        <p className="text-muted">
          What is broken, unfinished or belongs to nothing any more. An asset can be in several of these
          lists.
        </p>
      </header>
      <Answer query={leftovers}>
        {(groups) =>
          groups
            .filter(({ leftover }) => shown.includes(leftover))
            .map((group) => (
              <LeftoverSection
                key={group.leftover}
                {...props}
                group={group}
                now={now}
                doubt={doubtOf(group.leftover, complete)}
                busy={busy}
                onSelectAll={selectAll}
              />
            ))
        }
      </Answer>
    </section>
  );
}

/** Whoever has not seen all assets cannot say that none of them shows a preview. */
const doubtOf = (leftover: Leftover, complete: boolean): string | null =>
  leftover === 'orphan-preview' && !complete
    ? 'The index is not complete yet: their owners may still turn up. They can be selected once it is.'
    : null;

function selectedText(selected: number, locked: number): string {
  const left =
    locked === 0 ? '' : ` ${formatCount(locked, 'asset is', 'assets are')} protected and left out.`;
  return `Selected ${formatCount(selected, 'asset')}. Nothing is deleted yet.${left}`;
}
