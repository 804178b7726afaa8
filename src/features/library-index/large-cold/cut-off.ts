import type { AssetKind } from '@/domain/asset';
import { NO_FILTERS, NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { formatBytes, formatCount } from '@/lib/format';
import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import type { SizeBin } from '@/library/store/size-plot';
import type { Totals } from '@/library/totals';

/** What is at least so large and was left alone for at least so long: which of SIZE_STOPS and DAY_STOPS; 0 is any. */
export interface CutOff {
  readonly size: number;
  readonly days: number;
}

export const FIRST_CUT_OFF: CutOff = { size: SIZE_STOPS.indexOf(1e7), days: DAY_STOPS.indexOf(90) };

export const kindFilters = (kind: AssetKind | null): LibraryFilters => ({
  ...NO_FILTERS,
  index: { ...NO_INDEX_FILTERS, kinds: kind === null ? [] : [kind] },
});

/** What the table is asked for to show just these. */
export function cutOffFilters(kind: AssetKind | null, { size, days }: CutOff): LibraryFilters {
  const { index, ...others } = kindFilters(kind);
  return {
    ...others,
    index: {
      ...index,
      size: { from: size === 0 ? null : (SIZE_STOPS[size] ?? null), to: null },
      unusedDays: days === 0 ? null : (DAY_STOPS[days] ?? null),
    },
  };
}

export interface CutOffTotals extends Totals {
  readonly neverUsed: number;
  readonly protectedCount: number;
}

/** What is beyond the cut-off, exactly: it runs along the edges of bins. */
export function beyond(bins: readonly SizeBin[], cutOff: CutOff): CutOffTotals {
  const inside = bins.filter((bin) => isBeyond(bin, cutOff));
  const sum = (valueOf: (bin: SizeBin) => number) => inside.reduce((total, bin) => total + valueOf(bin), 0);
  return {
    count: sum(({ count }) => count),
    bytes: sum(({ bytes }) => bytes),
    unknownSizes: sum(({ size, count }) => (size === null ? count : 0)),
    neverUsed: sum(({ neverUsed }) => neverUsed),
    protectedCount: sum(({ protectedCount }) => protectedCount),
  };
}

/** What is of unknown size is beyond no size. */
export const isBeyond = ({ size, days }: SizeBin, cutOff: CutOff): boolean =>
  days >= cutOff.days && (cutOff.size === 0 || (size !== null && size >= cutOff.size));

export const sizeStopText = (stop: number): string =>
  stop === 0 ? 'any size' : formatBytes(SIZE_STOPS[stop] ?? 0);

export const dayStopText = (stop: number): string =>
  stop === 0 ? 'any time' : formatCount(DAY_STOPS[stop] ?? 0, 'day');
