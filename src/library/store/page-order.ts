import type { SortField } from '@/domain/asset-query';
import type { LibraryFilters, LibraryQuery } from '@/domain/library-query';

import { indexedBy, type Matching } from './count-matching';
import { allOf, rangesOf, type Condition } from './filters-to-sql';
import { asNumber, type Sql, type SqlValue } from './sql';

interface Sort {
  readonly column: string;
  readonly index: string;
  /** What a condition can be told by from that index alone. */
  readonly covers: ReadonlySet<string>;
  readonly hasUnknown: boolean;
}

const sort = (column: string, index: string, hasUnknown: boolean, covers: readonly string[] = []): Sort => ({
  ...{ column, index, hasUnknown },
  covers: new Set([column, 'size', ...covers]),
});

const SORTS: Readonly<Record<SortField, Sort>> = {
  name: sort('folded', 'assets_by_name', false),
  created_at: sort('created', 'assets_by_created', false, ['used', 'updated', 'idle']),
  updated_at: sort('updated', 'assets_by_updated', true),
  size: sort('size', 'assets_by_size', true),
  last_access_time: sort('used', 'assets_by_used', true),
};

/** What a look at the table costs beside a step in an index. */
const LOOK_UP = 8;
/** How far from their share of the whole matches may be, where one date goes with another. */
const CLUSTERED = 15;

/** The assets of one page, by their number: unknown values last, equal ones by id. */
export function seqsOfPage(
  sql: Sql,
  query: LibraryQuery,
  matching: Matching,
  now: number,
): readonly number[] {
  const { column, hasUnknown } = SORTS[query.sort];
  const offset = (query.page - 1) * query.pageSize;
  const limit = Math.min(query.pageSize, matching.total - offset);
  if (limit <= 0) return [];
  // How many sizes are known was counted already: what comes after them need not be looked for among them.
  const counted = column === 'size' ? matching.total - matching.unknownSizes : null;
  const first =
    counted !== null && offset >= counted ? [] : ordered(sql, query, matching, { limit, offset }, now);
  if (!hasUnknown || first.length === limit) return first;
  const known = first.length > 0 ? offset + first.length : (counted ?? countKnown(sql, column, matching));
  const rest = { limit: limit - first.length, offset: Math.max(0, offset - known) };
  return [...first, ...unknown(sql, column, matching, rest, matching.total - known)];
}

interface Window {
  readonly limit: number;
  readonly offset: number;
}

/** Those whose value is known, in order. */
function ordered(
  sql: Sql,
  query: LibraryQuery,
  matching: Matching,
  window: Window,
  now: number,
): readonly number[] {
  const { column, index } = SORTS[query.sort];
  const direction = query.order === 'asc' ? 'ASC' : 'DESC';
  const order = `${column} ${direction}, id`;
  if (!isWalkCheaper(query, matching, window)) {
    return gathered(sql, matching, `${column} IS NOT NULL`, order, window);
  }
  const { where, bound } = allOf([matching.condition, ...whatFollows(column, query, now)]);
  const from = `assets INDEXED BY ${index} WHERE ${where} AND ${column} IS NOT NULL`;
  if (window.offset < 1_000) return seqs(sql, `FROM ${from}`, bound, order, window);
  // Passing over many by their value alone needs no look at each one's id.
  const value = sql.value(`SELECT ${column} FROM ${from} ORDER BY ${column} ${direction} LIMIT 1 OFFSET ?`, [
    ...bound,
    window.offset,
  ]);
  if (value === null) return [];
  const [before, onward] = query.order === 'asc' ? ['<', '>='] : ['>', '<='];
  const passed = asNumber(
    sql.value(`SELECT count(*) FROM ${from} AND ${column} ${before} ?`, [...bound, value]),
  );
  return seqs(sql, `FROM ${from} AND ${column} ${onward} ?`, [...bound, value], order, {
    limit: window.limit,
    offset: window.offset - passed,
  });
}

/**
 * What was not used lately was not created lately either: a walk along that column need not pass what was. A use may be
 * told to have been before the creation, if only because clocks differ; by how much at most is known.
 */
function whatFollows(column: string, filters: LibraryFilters, now: number): readonly Condition[] {
  const to = rangesOf(filters, now).find((range) => range.column === 'idle')?.to ?? null;
  if (to === null) return [];
  if (column === 'used') return [{ where: 'used <= ?', bound: [to] }];
  if (column !== 'created') return [];
  const early = 'SELECT coalesce(max(created - used), 0) FROM assets WHERE used < created';
  return [{ where: `created <= ? + (${early})`, bound: [to] }];
}

/** Those whose value is unknown, by id, looked for from whichever end is nearer. */
function unknown(sql: Sql, column: string, matching: Matching, window: Window, total: number) {
  const { limit } = window;
  const behind = total - window.offset - limit;
  const isBackward = behind < window.offset;
  const offset = isBackward ? behind : window.offset;
  const order = isBackward ? 'id DESC' : 'id';
  const steps = ((limit + offset) * matching.of * LOOK_UP) / Math.max(1, total);
  const { where, bound } = matching.condition;
  const from = `FROM assets INDEXED BY sqlite_autoindex_assets_1 WHERE ${where} AND ${column} IS NULL`;
  const found =
    steps > total * LOOK_UP
      ? gathered(sql, matching, `${column} IS NULL`, order, { limit, offset })
      : seqs(sql, from, bound, order, { limit, offset });
  return isBackward ? found.toReversed() : found;
}

function countKnown(sql: Sql, column: string, { condition: { where, bound }, driver }: Matching): number {
  const from = `FROM assets ${indexedBy(driver)} WHERE ${where} AND ${column} IS NOT NULL`;
  return asNumber(sql.value(`SELECT count(*) ${from}`, bound));
}

/** Finds all that match first, and sorts them. */
function gathered(sql: Sql, matching: Matching, known: string, order: string, window: Window) {
  const { condition, driver, seqs: found } = matching;
  if (found !== null) {
    const from = `FROM assets WHERE seq IN (SELECT value FROM json_each(?)) AND ${known}`;
    return seqs(sql, from, [JSON.stringify(found)], order, window);
  }
  const from = `FROM assets ${indexedBy(driver)} WHERE ${condition.where} AND ${known}`;
  return seqs(sql, from, condition.bound, order, window);
}

function seqs(sql: Sql, from: string, bound: readonly SqlValue[], order: string, { limit, offset }: Window) {
  const rows = sql.all(`SELECT seq ${from} ORDER BY ${order} LIMIT ? OFFSET ?`, [...bound, limit, offset]);
  return rows.map((row) => asNumber(row['seq']));
}

/** Whether to go through all in the order that is asked for until the page is full, rather than to sort all that match. */
function isWalkCheaper(query: LibraryQuery, matching: Matching, { limit, offset }: Window): boolean {
  const { column, covers } = SORTS[query.sort];
  const columns = columnsOf(query);
  const isClustered = columns.some((each) => TIMES.has(each) && each !== column);
  const steps = ((limit + offset) * matching.of) / matching.total;
  const isCovered = columns.every((each) => covers.has(each));
  const walk = Math.min(matching.of, steps * (isClustered ? CLUSTERED : 1)) * (isCovered ? 1 : LOOK_UP);
  const search = matching.seqs !== null || matching.driver?.isSelective !== false ? 0 : matching.of;
  return walk <= search + matching.total * LOOK_UP;
}

const TIMES: ReadonlySet<string> = new Set(['created', 'updated', 'used', 'idle']);

/** Which columns of `assets` the filters look at, besides the cell. */
function columnsOf(filters: LibraryFilters): readonly string[] {
  const { index, text, metadata } = filters;
  return [
    ...rangesOf(filters, 0).map(({ column }) => column),
    ...(text.trim() === '' ? [] : ['folded']),
    ...(metadata.length === 0 ? [] : ['metadata']),
    ...(index.jobId === null ? [] : ['job']),
    ...(index.contentHash === null ? [] : ['hash']),
    ...(index.leftover === null ? [] : ['id']),
  ];
}
