import clsx from 'clsx';
import { useEffect, useRef } from 'react';

import type { ProviderKind } from '@/domain/connection';
import { formatNumber } from '@/lib/format';
import type { View } from '@/search/parsers';
import type { Place } from '@/search/use-asset-search';

type Item = readonly [view: View | null, label: string];

const VIEWS: readonly Item[] = [
  [null, 'All assets'],
  ['overview', 'Overview'],
  ['duplicates', 'Duplicates'],
  ['cold', 'Large and cold'],
  ['by-job', 'By job'],
  ['leftovers', 'Leftovers'],
  ['tags', 'Tags'],
  ['saved', 'Saved views'],
  ['marked', 'Marked'],
  ['jobs', 'Jobs'],
  ['connections', 'Connections'],
];
/** Roughy has neither. */
const COMFY_ONLY: ReadonlySet<View | null> = new Set<View | null>(['by-job', 'tags']);

/** The ways to look at what there is: true links, so that each opens in a tab of its own as well. */
export function ViewNav({
  place,
  shown,
  marked,
  kind,
}: {
  place: Place;
  /** What is on screen, whatever the URL asks for. */
  shown: View | null;
  marked: number;
  /** Null when there is nothing to look at. */
  kind: ProviderKind | null;
}) {
  const views = kind === 'roughy' ? VIEWS.filter(([view]) => !COMFY_ONLY.has(view)) : VIEWS;
  const current = useRef<HTMLAnchorElement>(null);
  // On a phone the row of views is longer than the screen. Once it is painted: before, the page would have to be laid
  // out an additional time for it.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  return (
    <nav
      aria-label="Views"
      className="flex h-9 shrink-0 gap-1 overflow-x-auto border-line bg-surface px-4 max-wide:border-b max-md:px-2 wide:h-auto wide:w-40 wide:flex-col wide:gap-0.5 wide:border-r wide:p-2"
    >
      {views.map(([view, label]) => (
        <a
          key={label}
          ref={shown === view ? current : undefined}
          href={place.hrefForView(view)}
          aria-current={shown === view ? 'page' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            place.goToView(view);
          }}
          className={clsx(
            'flex shrink-0 items-center gap-1.5 border-b-2 px-2 font-medium hover:text-ink wide:h-8 wide:rounded-md wide:border-0',
            view === 'marked' && 'wide:mt-3',
            shown === view ? 'border-accent text-ink wide:bg-sunken' : 'border-transparent text-muted',
          )}
        >
          {label}
          {view === 'marked' && marked > 0 && (
            <span className="rounded-full bg-sunken px-1.5 text-xs">{formatNumber(marked)}</span>
          )}
        </a>
      ))}
    </nav>
  );
}
