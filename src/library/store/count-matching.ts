import { foldText } from '@/domain/fold-text';
import type { LibraryFilters } from '@/domain/library-query';

import { driverFor, type Driver } from './driver';
import { allOf, assetConditions, cellConditions, filtersToSql, type Condition } from './filters-to-sql';
import { rememberer } from './remembered';
import { asNumber, asNumberOrNull, type Sql, type SqlRow } from './sql';

export interface Sums {
  readonly total: number;
  /** Of those whose size is known. */
  readonly bytes: number;
  readonly unknownSizes: number;
}

/** What is known of all that match before any of them is read. */
export interface Matching extends Sums {
  readonly condition: Condition;
  readonly driver: Driver | null;
  /** Assets in the whole library. */
  readonly of: number;
  /** Which they are, where that had to be found out anyway. */
  readonly seqs: readonly number[] | null;
}

/** Lists of matches up to here are kept. */
const FEW = 20_000;
/** So many assets tell how many have a text in their name. */
const SAMPLE = 500;

const remembered = rememberer<Matching>();

/** How many match, and how they are best found. */
export const countMatching = (sql: Sql, filters: LibraryFilters, now: number): Matching =>
  remembered(sql, JSON.stringify([filters, filters.index.unusedDays === null ? 0 : now]), () =>
    count(sql, filters, now),
  );

function count(sql: Sql, filters: LibraryFilters, now: number): Matching {
  const condition = filtersToSql(filters, now);
  const of = sumCells(sql, allOf([])).total;
  const inCells = sumCells(sql, allOf(cellConditions(filters)));
  const driver = driverFor(filters, of === 0 ? 0 : inCells.total / of);
  const known = { condition, driver, of, seqs: null };
  if (inCells.total === 0 || assetConditions(filters, now).length === 0) return { ...known, ...inCells };
  if (driver?.isSelective === false && of * shareOfNames(sql, filters.text) < FEW / 2) {
    const found = list(sql, condition, driver);
    if (found !== null) return { ...known, ...found };
  }
  const row = sql.first(
    `SELECT count(*) AS total, coalesce(sum(size), 0) AS bytes, count(*) - count(size) AS unknown_sizes
    FROM assets ${indexedBy(driver)} WHERE ${condition.where}`,
    condition.bound,
  );
  return { ...known, ...sumsOf(row) };
}

export const indexedBy = (driver: Driver | null): string =>
  driver === null ? '' : `INDEXED BY ${driver.index}`;

function sumCells(sql: Sql, { where, bound }: Condition): Sums {
  const row = sql.first(
    `SELECT coalesce(sum(assets), 0) AS total, coalesce(sum(bytes), 0) AS bytes,
      coalesce(sum(unknown_sizes), 0) AS unknown_sizes FROM cells WHERE ${where}`,
    bound,
  );
  return sumsOf(row);
}

const sumsOf = (row: SqlRow | null): Sums => ({
  total: asNumber(row?.['total']),
  bytes: asNumber(row?.['bytes']),
  unknownSizes: asNumber(row?.['unknown_sizes']),
});

/** Null when they are too many to keep. */
function list(sql: Sql, { where, bound }: Condition, driver: Driver) {
  const seqs: number[] = [];
  let bytes = 0;
  let unknownSizes = 0;
  sql.each(
    `SELECT seq, size FROM assets ${indexedBy(driver)} WHERE ${where} LIMIT ${FEW + 1}`,
    bound,
    (row) => {
      const size = asNumberOrNull(row['size']);
      seqs.push(asNumber(row['seq']));
      bytes += size ?? 0;
      unknownSizes += Number(size === null);
    },
  );
  return seqs.length > FEW ? null : { seqs, total: seqs.length, bytes, unknownSizes };
}

/** About how many names have it, 0 to 1. */
function shareOfNames(sql: Sql, text: string): number {
  const last = asNumberOrNull(sql.value('SELECT max(seq) FROM assets')) ?? 0;
  const step = Math.max(1, Math.floor(last / SAMPLE));
  const row = sql.first(
    `WITH RECURSIVE places (seq) AS (SELECT 1 UNION ALL SELECT seq + ? FROM places WHERE seq < ?)
    SELECT count(*) AS looked_at, coalesce(sum(instr(folded, ?) > 0), 0) AS found
    FROM places CROSS JOIN assets USING (seq)`,
    [step, last, foldText(text.trim())],
  );
  return asNumber(row?.['found']) / Math.max(1, asNumber(row?.['looked_at']));
}
