import { copyKeyOf } from '@/domain/copies';
import { chooseKeeper, extraCopies, type KeeperReason, type KeeperRule } from '@/domain/keeper-rules';
import type { Asset } from '@/domain/asset';

import { ASSET_COLUMNS, assetFromRow } from './asset-row';
import type { Condition } from './filters-to-sql';
import { asNumber, asText, type Sql, type SqlRow, type SqlValue } from './sql';

/** `same`: equal content hash. `maybe`: no hash, but equal size and name, which proves nothing. */
export type Likeness = 'same' | 'maybe';

/** How groups of copies are told from one another in SQL. */
export const GROUPINGS: Readonly<
  Record<Likeness, { readonly where: string; readonly by: string; readonly columns: readonly string[] }>
> = {
  same: { where: 'hash IS NOT NULL', by: 'hash', columns: ['hash'] },
  maybe: {
    where: 'hash IS NULL AND size IS NOT NULL',
    by: 'folded, size',
    columns: ['folded', 'size'],
  },
};

/** What decides which copy of a group is kept. */
export interface GroupWish {
  readonly rules: readonly KeeperRule[];
  /** Ids. */
  readonly pinned: readonly string[];
  /** By hand: the id to keep, by the key of its group. */
  readonly chosen: readonly (readonly [key: string, id: string])[];
}

/** A wish that can be asked quickly. */
export interface ReadyWish {
  readonly rules: readonly KeeperRule[];
  readonly pinned: ReadonlySet<string>;
  readonly chosen: ReadonlyMap<string, string>;
}

export const readyWish = ({ rules, pinned, chosen }: GroupWish): ReadyWish => ({
  rules,
  pinned: new Set(pinned),
  chosen: new Map(chosen),
});

/** All copies of one content, the one to keep, and those that may go. */
export interface DecidedGroup {
  readonly key: string;
  /** Oldest first. */
  readonly copies: readonly Asset[];
  readonly keeper: Asset;
  readonly reasons: readonly KeeperReason[];
  /** Of those that match the filters: all but the keeper, and without what stays anyway. */
  readonly extras: readonly Asset[];
}

/** Reads a whole group: whichever copies are shown, the rules decide among all. Null when it is no group any more. */
export function readGroup(
  sql: Sql,
  likeness: Likeness,
  row: SqlRow,
  { where, bound }: Condition,
  wish: ReadyWish,
): DecidedGroup | null {
  const { columns, where: ofGroup } = GROUPINGS[likeness];
  const rows = sql.all(
    `SELECT ${ASSET_COLUMNS}, folded, (${where}) AS matches FROM library
    WHERE ${ofGroup} AND ${columns.map((column) => `${column} = ?`).join(' AND ')} ORDER BY created, id`,
    [...bound, ...columns.map((column) => valueIn(row, column))],
  );
  return decide(likeness, rows, wish);
}

/** @param rows all copies of one content, oldest first, with `matches` for those that match the filters */
export function decide(likeness: Likeness, rows: readonly SqlRow[], wish: ReadyWish): DecidedGroup | null {
  const copies = rows.map(assetFromRow);
  const [first] = copies;
  const [row] = rows;
  if (first === undefined || row === undefined) return null;
  const key =
    likeness === 'same'
      ? (copyKeyOf(first) ?? '')
      : `maybe ${asNumber(row['size'])} ${asText(row['folded'])}`;
  const choice = chooseKeeper(copies, { ...wish, chosen: wish.chosen.get(key) ?? null });
  if (choice === null) return null;
  const matching = copies.filter((_, at) => asNumber(rows[at]?.['matches'] ?? 0) === 1);
  return { key, copies, ...choice, extras: extraCopies(matching, choice.keeper, wish.pinned) };
}

const valueIn = (row: SqlRow, column: string): SqlValue => row[column] ?? null;
