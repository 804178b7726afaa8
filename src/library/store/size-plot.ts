import type { LibraryFilters } from '@/domain/library-query';

import { DAY_STOPS, SIZE_STOPS } from '../cut-offs';

import { filtersToSql } from './filters-to-sql';
import { asNumber, asNumberOrNull, type Sql } from './sql';

/** Assets of like size that were left alone for like times. */
export interface SizeBin {
  /** Which of DAY_STOPS they have reached, in days without use; what was never used counts from its creation. */
  readonly days: number;
  /** Which of SIZE_STOPS they have reached; null for those of unknown size. */
  readonly size: number | null;
  readonly count: number;
  readonly bytes: number;
  /** How many of them are not known to have been used. */
  readonly neverUsed: number;
  /** How many of them are immutable or public. */
  readonly protectedCount: number;
}

interface SizeQuestion {
  readonly filters: LibraryFilters;
  /** ms since 1970 */
  readonly now: number;
}

const DAY_MICROS = 86_400_000_000;

/** Size against time without use: every bin that has anything. At most one for each pair of stops. */
export function readSizePlot(sql: Sql, { filters, now }: SizeQuestion): readonly SizeBin[] {
  const { where, bound } = filtersToSql(filters, now);
  const rows = sql.all(
    `SELECT ${stopSql('age', DAY_STOPS)} AS days, iif(size IS NULL, NULL, ${stopSql('size', SIZE_STOPS)}) AS bin,
      count(*) AS assets, coalesce(sum(size), 0) AS bytes, count(*) - count(used) AS never_used,
      count(protection) AS protected
    FROM (SELECT (? - idle) / ${DAY_MICROS} AS age, size, used, protection FROM library WHERE ${where})
    GROUP BY 1, 2 ORDER BY 1, 2`,
    [now * 1_000, ...bound],
  );
  return rows.map((row) => ({
    days: asNumber(row['days']),
    size: asNumberOrNull(row['bin']),
    count: asNumber(row['assets']),
    bytes: asNumber(row['bytes']),
    neverUsed: asNumber(row['never_used']),
    protectedCount: asNumber(row['protected']),
  }));
}

/** `stopOf` as SQL, by halving: dozens of comparisons one after the other would take five times as long. */
function stopSql(column: string, stops: readonly number[], offset = 0): string {
  if (stops.length <= 1) return String(offset);
  const half = Math.ceil(stops.length / 2);
  const below = stopSql(column, stops.slice(0, half), offset);
  const above = stopSql(column, stops.slice(half), offset + half);
  return `iif(${column} < ${String(stops[half])}, ${below}, ${above})`;
}

/** What the largest assets hold together. */
export interface Share {
  /** How many of a hundred. */
  readonly percent: number;
  readonly count: number;
  readonly bytes: number;
}

/** How unevenly sizes are spread. */
export interface SizeCurve {
  /** With a known size. */
  readonly count: number;
  readonly bytes: number;
  readonly unknownSizes: number;
  /** In the order that was asked for; the count is rounded up, so that one asset of three is "the largest 1 %". */
  readonly shares: readonly Share[];
}

/** One walk along the sizes, the largest first. */
export function readSizeCurve(
  sql: Sql,
  { filters, now, percents }: SizeQuestion & { readonly percents: readonly number[] },
): SizeCurve {
  const { where, bound } = filtersToSql(filters, now);
  const all = sql.first(
    `SELECT count(size) AS known, coalesce(sum(size), 0) AS bytes, count(*) - count(size) AS unknown_sizes
    FROM library WHERE ${where}`,
    bound,
  );
  const known = asNumber(all?.['known']);
  const counts = percents.map((percent) => Math.ceil((known * percent) / 100));
  const sums = counts.map(
    (count, index) => `coalesce(sum(size) FILTER (WHERE place <= ${count}), 0) AS top${index}`,
  );
  const tops = sql.first(
    `SELECT 0, ${sums.join(', ')} FROM (
      SELECT size, row_number() OVER (ORDER BY size DESC) AS place FROM library WHERE ${where} AND size IS NOT NULL)`,
    bound,
  );
  return {
    count: known,
    bytes: asNumber(all?.['bytes']),
    unknownSizes: asNumber(all?.['unknown_sizes']),
    shares: percents.map((percent, index) => ({
      percent,
      count: counts[index] ?? 0,
      bytes: asNumber(tops?.[`top${index}`]),
    })),
  };
}
