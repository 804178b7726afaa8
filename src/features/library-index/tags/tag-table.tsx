import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';

import type { SortOrder } from '@/domain/asset-query';
import { isRootTag } from '@/domain/tags';
import type { TagUses } from '@/library/store/tag-uses';
import type { TagSort } from '@/library/store/tags';
import { Checkbox } from '@/ui/field';

import { CELL, FROM_PHONE, TagRow, type Picking, type TagLinks } from './tag-row';

export interface TagOrder {
  readonly sort: TagSort;
  readonly order: SortOrder;
}

const COLUMNS: readonly (readonly [sort: TagSort, label: string, className: string])[] = [
  ['name', 'Tag', 'text-left'],
  ['count', 'Assets', 'text-right'],
  ['bytes', 'Size', `text-right ${FROM_PHONE}`],
  ['lastUse', 'Last used', 'pr-4 text-right max-md:pr-2'],
];

/** Tags in the order that its headers say. */
export function TagTable({
  tags,
  sorting,
  onSort,
  ...rest
}: TagLinks &
  Picking & { tags: readonly TagUses[]; sorting: TagOrder; onSort: (sorting: TagOrder) => void }) {
  const { picked, onPick } = rest;
  // A root tag is only ever picked by itself: without it an asset vanishes from the provider's own views.
  const pickable = tags.map(({ name }) => name).filter((name) => !isRootTag(name));
  const pickedHere = pickable.filter((name) => picked.has(name)).length;
  return (
    <table aria-label="Tags" className="w-full">
      <thead className="bg-canvas text-xs text-muted">
        <tr>
          {onPick !== null && (
            <th scope="col" className={clsx(CELL, 'w-10 pl-4 max-md:pl-2')}>
              <label className="flex size-6 items-center justify-center">
                <Checkbox
                  aria-label="Pick the tags of this page, root tags left out"
                  checked={pickable.length > 0 && pickedHere === pickable.length}
                  indeterminate={pickedHere > 0 && pickedHere < pickable.length}
                  disabled={pickable.length === 0}
                  onChange={({ target }) => onPick(pickable, target.checked)}
                />
              </label>
            </th>
          )}
          {COLUMNS.map(([sort, label, className]) => (
            <SortHeader key={sort} {...{ sort, label, className, sorting, onSort }} />
          ))}
        </tr>
      </thead>
      <tbody>
        {tags.map((tag) => (
          <TagRow key={tag.name} tag={tag} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function SortHeader({
  sort,
  label,
  className,
  sorting,
  onSort,
}: {
  sort: TagSort;
  label: string;
  className: string;
  sorting: TagOrder;
  onSort: (sorting: TagOrder) => void;
}) {
  const active = sorting.sort === sort;
  const ascending = sorting.order === 'asc';
  // Names begin with A, amounts with the most; the second press turns it around.
  const first: SortOrder = sort === 'name' ? 'asc' : 'desc';
  const next: SortOrder = active ? (ascending ? 'desc' : 'asc') : first;
  const Arrow = ascending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={active ? (ascending ? 'ascending' : 'descending') : 'none'}
      className={clsx(CELL, className)}
    >
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 rounded-sm font-medium hover:text-ink"
        onClick={() => onSort({ sort, order: next })}
      >
        {label}
        {active && <Arrow aria-hidden className="size-3" />}
      </button>
    </th>
  );
}
