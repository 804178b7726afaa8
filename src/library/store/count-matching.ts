import { foldText } from '@/domain/fold-text';
import type { LibraryFilters } from '@/domain/library-query';

import { driverFor, type Driver } from './driver';
import {
  allOf,
  assetConditions,
  cellConditions,
  filtersToSql,
  inCells,
  type Condition,
} from './filters-to-sql';
import { ALL_IN_CELL, loneRange, type LoneRange } from './lone-range';
import { rememberer } from './remembered';
import { shareOf } from './sample';
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
  /** Where they were counted by what lies beyond a range. */
  readonly lone: LoneRange | null;
}

/** Lists of matches up to here are kept. */
const FEW = 20_000;
/** So many assets tell how many have a text in their name, */
const NAMES = 500;
/** and so many, on which side of a bound most are. */
const SIDES = 50;

const remembered = rememberer<Matching>();

/** How many match, and how they are best found. */
export const countMatching = (sql: Sql, filters: LibraryFilters, now: number): Matching =>
  remembered(sql, JSON.stringify([filters, filters.index.unusedDays === null ? 0 : now]), () =>
    count(sql, filters, now),
  );

function count(sql: Sql, filters: LibraryFilters, now: number): Matching {
  const condition = filtersToSql(filters, now);
  const cells = allOf(cellConditions(filters));
  const of = sumCells(sql, allOf([])).total;
  const all = sumCells(sql, cells);
  const driver = driverFor(filters, of === 0 ? 0 : all.total / of);
  const known = { condition, driver, of, seqs: null, lone: null };
  const conditions = assetConditions(filters, now);
  if (all.total === 0 || conditions.length === 0) return { ...known, ...all };
  if (driver?.isSelective === false && of * shareOfNames(sql, filters.text) < FEW / 2) {
    const found = list(sql, condition, driver);
    if (found !== null) return { ...known, ...found };
  }
  const lone = loneRange(filters, now);
  if (lone !== null && shareOf(sql, allOf(conditions), SIDES) > 0.5) {
    const sums = beyondOf(lone, filters).map((beyond) => sumAssets(sql, beyond, driver));
    return { ...known, ...sums.reduce(minus, sumCells(sql, cells, lone.known)), lone };
  }
  return { ...known, ...sumAssets(sql, condition, driver) };
}

/** What is beyond a range, of the cells that match. */
export const beyondOf = ({ beyond }: LoneRange, filters: LibraryFilters): readonly Condition[] =>
  beyond.map((condition) => allOf([...inCells(filters), condition]));

const shareOfNames = (sql: Sql, text: string): number =>
  shareOf(sql, { where: 'instr(folded, ?) > 0', bound: [foldText(text.trim())] }, NAMES);

export const indexedBy = (driver: Driver | null): string =>
  driver === null ? '' : `INDEXED BY ${driver.index}`;

/** What `sum` and its like make of assets. */
export const SUMS = `count(*) AS assets, coalesce(sum(size), 0) AS bytes,
  count(*) - count(size) AS unknown_sizes`;

function sumAssets(sql: Sql, { where, bound }: Condition, driver: Driver | null): Sums {
  return sumsOf(sql.first(`SELECT ${SUMS} FROM assets ${indexedBy(driver)} WHERE ${where}`, bound));
}

function sumCells(sql: Sql, { where, bound }: Condition, columns = ALL_IN_CELL): Sums {
  const row = sql.first(
    `SELECT coalesce(sum(${columns.assets}), 0) AS assets, coalesce(sum(${columns.bytes}), 0) AS bytes,
      coalesce(sum(${columns.unknownSizes}), 0) AS unknown_sizes FROM cells WHERE ${where}`,
    bound,
  );
  return sumsOf(row);
}

const sumsOf = (row: SqlRow | null): Sums => ({
  total: asNumber(row?.['assets']),
  bytes: asNumber(row?.['bytes']),
  unknownSizes: asNumber(row?.['unknown_sizes']),
});

const minus = (all: Sums, some: Sums): Sums => ({
  total: all.total - some.total,
  bytes: all.bytes - some.bytes,
  unknownSizes: all.unknownSizes - some.unknownSizes,
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
