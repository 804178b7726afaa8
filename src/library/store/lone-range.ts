import type { LibraryFilters } from '@/domain/library-query';

import { assetConditions, type Condition, type RangeColumn, rangesOf } from './filters-to-sql';

/** Names of columns, or what stands in for them: how many assets, their bytes, and how many of unknown size. */
export interface SumColumns {
  readonly assets: string;
  readonly bytes: string;
  readonly unknownSizes: string;
}

/** A range of one column, where nothing else is asked of an asset but what its cell tells. */
export interface LoneRange {
  /** What lies beyond its ends: conditions of which no asset meets two. */
  readonly beyond: readonly Condition[];
  /** What cells know of the assets that have a value in this column. */
  readonly known: SumColumns;
}

const sums = (prefix: string): SumColumns => ({
  assets: `${prefix}assets`,
  bytes: `${prefix}bytes`,
  unknownSizes: `${prefix}unknown_sizes`,
});

/** How cells sum up their assets. */
export const ALL_IN_CELL = sums('');

const KNOWN: Partial<Readonly<Record<RangeColumn, SumColumns>>> = {
  created: ALL_IN_CELL,
  idle: ALL_IN_CELL,
  updated: sums('updated_'),
  used: sums('used_'),
  size: { assets: 'assets - unknown_sizes', bytes: 'bytes', unknownSizes: '0' },
};

/**
 * Where most assets are in a range, those beyond it are sooner counted: what the cells know without them is inside.
 * @returns null where that cannot be done
 */
export function loneRange(filters: LibraryFilters, now: number): LoneRange | null {
  const [range, ...others] = rangesOf(filters, now);
  if (range === undefined || others.length > 0) return null;
  const { column, sql, from, to } = range;
  const known = KNOWN[column];
  const ends = Number(from !== null) + Number(to !== null);
  const isAlone = assetConditions(filters, now).length === ends;
  if (known === undefined || !isAlone || (from !== null && to !== null && from > to)) return null;
  return {
    known,
    beyond: [
      ...(from === null ? [] : [{ where: `${sql} < ?`, bound: [from] }]),
      ...(to === null ? [] : [{ where: `${sql} > ?`, bound: [to] }]),
    ],
  };
}
