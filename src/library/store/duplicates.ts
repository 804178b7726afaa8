import type { Asset } from '@/domain/asset';
import type { KeeperReason } from '@/domain/keeper-rules';
import type { LibraryFilters } from '@/domain/library-query';
import type { SeenAsset } from '@/domain/plan';

import { ASSET_COLUMNS } from './asset-row';
import { hashFromColumn, hashToColumn } from './content-hash';
import { decide, GROUPINGS, readGroup, readyWish, type GroupWish, type Likeness } from './copy-groups';
import { allOf, filtersToSql, type Condition } from './filters-to-sql';
import { asNumber, type Sql, type SqlRow, type SqlValue } from './sql';

/** Which groups: those of which at least one copy matches. Only matching copies may go; the others stay. */
export interface DuplicatesQuestion {
  readonly likeness: Likeness;
  readonly filters: LibraryFilters;
  /** ms since 1970. */
  readonly now: number;
  readonly wish: GroupWish;
  /** Keys of groups that the person called no duplicates. */
  readonly hidden: readonly string[];
  /** Those instead of all others. */
  readonly onlyHidden: boolean;
}

/** One group as a page shows it. */
export interface DuplicateGroup {
  readonly key: string;
  readonly count: number;
  /** Oldest first: the first few, and the keeper if it is not among them. */
  readonly copies: readonly Asset[];
  readonly keeperId: string;
  readonly reasons: readonly KeeperReason[];
  /** How many may go. */
  readonly extraCount: number;
  /** Of these, those that are shown. */
  readonly extraIds: readonly string[];
}

export interface DuplicateTotals {
  readonly groups: number;
  /** Copies that could go at most, if one of each group stays. */
  readonly extras: number;
  /** What these are together, without those of unknown size. */
  readonly bytes: number;
  /** Groups of unknown size. */
  readonly unknownSizes: number;
}

export interface DuplicatesPage extends DuplicateTotals {
  readonly list: readonly DuplicateGroup[];
}

/** One page of groups, those first of which most could be freed; unknown sizes last. */
export function readDuplicates(
  sql: Sql,
  {
    page,
    pageSize,
    perGroup,
    ...question
  }: DuplicatesQuestion & {
    readonly page: number;
    readonly pageSize: number;
    readonly perGroup: number;
  },
): DuplicatesPage {
  const { likeness, wish } = question;
  const { with: tables, bound } = groupsOf(question);
  const rows = sql.all(
    `${tables} SELECT *, count(*) OVER () AS group_count, sum(extras) OVER () AS extra_count,
      coalesce(sum(bytes * extras) OVER (), 0) AS byte_count, sum(bytes IS NULL) OVER () AS unknown_count
    FROM found ORDER BY bytes IS NULL, bytes * extras DESC, ${GROUPINGS[likeness].by} LIMIT ? OFFSET ?`,
    [...bound, pageSize, (page - 1) * pageSize],
  );
  const [first] = rows;
  // Beyond the last page there is no row that could tell the totals.
  if (first === undefined && page > 1) {
    return { ...readDuplicates(sql, { ...question, page: 1, pageSize: 1, perGroup: 0 }), list: [] };
  }
  const condition = filtersToSql(question.filters, question.now);
  const ready = readyWish(wish);
  return {
    groups: countIn(first, 'group_count'),
    extras: countIn(first, 'extra_count'),
    bytes: countIn(first, 'byte_count'),
    unknownSizes: countIn(first, 'unknown_count'),
    list: rows.flatMap((row) => {
      const group = readGroup(sql, likeness, row, condition, ready);
      if (group === null) return [];
      const { key, copies, keeper, reasons, extras } = group;
      const shown = copies.slice(0, perGroup);
      if (!shown.includes(keeper)) shown.push(keeper);
      const ids = new Set(shown.map(({ id }) => id));
      return {
        ...{ key, count: copies.length, copies: shown, keeperId: keeper.id, reasons },
        extraCount: extras.length,
        extraIds: extras.map(({ id }) => id).filter((id) => ids.has(id)),
      };
    }),
  };
}

/** Further copies of one group, oldest first. @param params.like any of them, as the index has it */
export function readCopies(
  sql: Sql,
  {
    likeness,
    like,
    offset,
    limit,
  }: { readonly likeness: Likeness; readonly like: string; readonly offset: number; readonly limit: number },
): readonly Asset[] {
  const { columns } = GROUPINGS[likeness];
  const row = sql.first(`SELECT ${columns.join(', ')} FROM assets WHERE id = ?`, [like]);
  if (row === null) return [];
  const group = readGroup(sql, likeness, row, EVERYTHING, readyWish({ rules: [], pinned: [], chosen: [] }));
  return group?.copies.slice(offset, offset + limit) ?? [];
}

/**
 * All copies but the keepers, of all groups of equal content, so many groups at a time: what "select all" ticks.
 * @param params.after where the chunk before ended; null for the first
 */
export function readExtraCopies(
  sql: Sql,
  {
    filters,
    now,
    wish,
    hidden,
    onlyHidden,
    after,
    limit,
  }: Omit<DuplicatesQuestion, 'likeness'> & { readonly after: string | null; readonly limit: number },
): {
  readonly extras: readonly SeenAsset[];
  /** The copies to keep, which must not stay ticked. */
  readonly keeperIds: readonly string[];
  readonly next: string | null;
} {
  const which = allOf([furtherThan(after), hiddenGroups('same', hidden, onlyHidden)]);
  const condition = filtersToSql(filters, now);
  // Whether any copy matches is seen later: groups that are only counted are met in their order, no more than are wanted.
  const rows = sql.all(
    `WITH some AS MATERIALIZED (SELECT hash FROM assets WHERE hash IS NOT NULL AND ${which.where}
      GROUP BY hash HAVING count(*) > 1 ORDER BY hash LIMIT ?)
    SELECT ${ASSET_COLUMNS}, folded, (${condition.where}) AS matches FROM library
    WHERE hash IN (SELECT hash FROM some) ORDER BY hash, created, id`,
    [...which.bound, limit, ...condition.bound],
  );
  const ready = readyWish(wish);
  const groups = groupedByHash(rows);
  const decided = groups
    .filter((group) => group.some(({ matches }) => matches === 1))
    .map((group) => decide('same', group, ready))
    .filter((group) => group !== null);
  const last = groups.length < limit ? undefined : rows.at(-1);
  return {
    extras: decided.flatMap(({ extras }) => extras),
    keeperIds: decided.map(({ keeper }) => keeper.id),
    next: last === undefined ? null : hashFromColumn(last['hash']),
  };
}

/** @param rows ordered by hash */
function groupedByHash(rows: readonly SqlRow[]): readonly (readonly SqlRow[])[] {
  const groups = new Map<string | null, SqlRow[]>();
  for (const row of rows) {
    const hash = hashFromColumn(row['hash']);
    const group = groups.get(hash);
    if (group === undefined) groups.set(hash, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

const EVERYTHING: Condition = { where: 'TRUE', bound: [] };

/** The table `found`: each group with the size of one copy and how many could go. */
function groupsOf({ likeness, filters, now, hidden, onlyHidden }: DuplicatesQuestion): {
  readonly with: string;
  readonly bound: readonly SqlValue[];
} {
  const { by, where } = GROUPINGS[likeness];
  const filter = filtersToSql(filters, now);
  const listed = hiddenGroups(likeness, hidden, onlyHidden);
  const groups = `SELECT ${by === 'hash' ? 'hash, max(size) AS bytes' : `${by}, size AS bytes`}, count(*) AS copies
    FROM assets WHERE ${where} AND ${listed.where} GROUP BY ${by} HAVING copies > 1`;
  if (filter.where === 'TRUE') {
    return { with: `WITH found AS (SELECT *, copies - 1 AS extras FROM (${groups}))`, bound: listed.bound };
  }
  return {
    with: `WITH grouped AS MATERIALIZED (${groups}),
    matching AS (SELECT ${by}, count(*) AS hits FROM assets
      WHERE ${where} AND ${filter.where} GROUP BY ${by}),
    found AS (SELECT grouped.*, min(hits, copies - 1) AS extras FROM grouped JOIN matching USING (${by}))`,
    bound: [...listed.bound, ...filter.bound],
  };
}

const furtherThan = (hash: string | null): Condition =>
  hash === null ? EVERYTHING : { where: 'hash > ?', bound: [hashToColumn(hash)] };

function hiddenGroups(likeness: Likeness, hidden: readonly string[], only: boolean): Condition {
  const prefix = `${likeness === 'same' ? 'hash' : 'maybe'} `;
  const keys = hidden.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const places = keys.map(() => '?').join(', ');
  return likeness === 'same'
    ? { where: `hash ${only ? 'IN' : 'NOT IN'} (${places})`, bound: keys.map(hashToColumn) }
    : { where: `size || ' ' || folded ${only ? 'IN' : 'NOT IN'} (${places})`, bound: keys };
}

const countIn = (row: SqlRow | undefined, column: string): number =>
  row === undefined ? 0 : asNumber(row[column]);
