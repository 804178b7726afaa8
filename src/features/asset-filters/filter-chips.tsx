import clsx from 'clsx';
import { X } from 'lucide-react';

import type { Filters } from '@/search/use-asset-search';
import { Button } from '@/ui/button';
import { markedText } from '@/ui/shown-text';

import type { ActiveFilter } from './active-filters';

const NONE: readonly ActiveFilter[] = [];

/** What narrows the list, each removable. Its line is always there, so that nothing below it moves. */
export function FilterChips({
  filters,
  ignored = NONE,
  onRefine,
  onClear,
}: {
  filters: readonly ActiveFilter[];
  /** Asked for by the URL, but not in force: each says why. */
  ignored?: readonly ActiveFilter[];
  onRefine: (filters: Partial<Filters>) => void;
  onClear: () => void;
}) {
  if (filters.length === 0 && ignored.length === 0) {
    return <p className="min-w-0 flex-1 text-muted">No filters</p>;
  }
  const chip = (filter: ActiveFilter, look: string) => (
    <li
      key={filter.id}
      className={clsx('flex h-7 min-w-0 items-center rounded-full border pl-3 max-md:shrink-0', look)}
    >
      <bdi className="truncate" title={filter.text}>
        {markedText(filter.text)}
      </bdi>
      <button
        type="button"
        aria-label={`Remove filter: ${filter.text}`}
        onClick={(event) => {
          focusNeighbour(event.currentTarget);
          onRefine(filter.without);
        }}
        className="flex size-7 shrink-0 items-center justify-center rounded-full text-muted hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 max-md:flex-nowrap max-md:overflow-x-auto">
      {filters.length > 0 && (
        <ul aria-label="Active filters" className="contents">
          {filters.map((filter) => chip(filter, 'max-w-72 border-line bg-accent-soft'))}
        </ul>
      )}
      {ignored.length > 0 && (
        <ul aria-label="Filters left out" className="contents">
          {ignored.map((filter) => chip(filter, 'border-dashed border-line text-muted'))}
        </ul>
      )}
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          focusSearch();
          onClear();
        }}
      >
        Clear all
      </Button>
    </div>
  );
}

/** The chip goes away with its button; the focus must not. */
function focusNeighbour(button: HTMLElement) {
  const item = button.closest('li');
  const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
  const next = neighbour?.querySelector('button');
  if (next) next.focus();
  else focusSearch();
}

const focusSearch = () =>
  document.querySelector<HTMLElement>('[data-filter-start] input, [data-filter-start] select')?.focus();
