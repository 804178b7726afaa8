import type { Instant } from '@/domain/asset';
import { foldText } from '@/domain/fold-text';
import type { Leftover, LibraryFilters, Range } from '@/domain/library-query';

import { hashToColumn } from './content-hash';
import { toMicros } from './micros';
import type { SqlValue } from './sql';

/** A condition on `assets` (or the view `library`), and what its `?` stand for, in their order. */
export interface Condition {
  readonly where: string;
  readonly bound: readonly SqlValue[];
}

const DAY_MICROS = 86_400_000_000;

/**
 * Filters as SQL, for `… FROM library WHERE ${where}` with `bound` in the place of its question marks.
 * @param now ms since 1970
 */
export function filtersToSql(filters: LibraryFilters, now: number): Condition {
  return allOf([...inCells(filters), ...assetConditions(filters, now)]);
}

/** What can be told from the cells, as conditions on `assets`: one, or none when all cells match. */
export function inCells(filters: LibraryFilters): readonly Condition[] {
  const cells = cellConditions(filters);
  return cells.length === 0 ? [] : [nested('cell IN (SELECT cell FROM cells WHERE', allOf(cells), ')')];
}

/** What can be told from what many have in common: conditions on `cells`. */
export function cellConditions({ index, ...filters }: LibraryFilters): readonly Condition[] {
  return [
    ...filters.includeTags.filter((tag) => tag.trim() !== '').map((tag) => hasTag(tag, 'IN')),
    ...filters.excludeTags.map((tag) => hasTag(tag, 'NOT IN')),
    ...(filters.includePublic ? [] : [plain("protection IS NOT 'public'")]),
    ...(filters.state === null ? [] : [plain('state = ?', filters.state)]),
    ...(filters.project === null ? [] : [plain('project = ?', filters.project)]),
    ...anyOf('kind', index.kinds),
    ...anyOf('extension', index.extensions),
    ...anyOf('state', index.states),
    ...anyOf('project', index.projects),
    ...anyOf("iif(state IS NULL, NULL, coalesce(language, ''))", index.languages),
    ...isSo('tag_count > 0', index.hasTags),
    ...isSo('has_hash', index.hasHash),
    ...isSo('has_preview', index.hasPreview),
    ...isSo('protection IS NOT NULL', index.isProtected),
    ...(index.leftover === null ? [] : (LEFTOVER_CELLS[index.leftover] ?? []).map((sql) => plain(sql))),
  ];
}

/** What has to be looked up asset by asset. */
export function assetConditions(
  { index, text, metadata }: LibraryFilters,
  now: number,
): readonly Condition[] {
  const wanted = foldText(text.trim());
  return [
    ...(wanted === '' ? [] : [plain('instr(folded, ?) > 0', wanted)]),
    ...metadata.map(({ key, value }) => hasMetadata(key, value)),
    ...rangesOf({ index }, now).flatMap(within),
    ...(index.jobId === null ? [] : [plain('job = ?', index.jobId)]),
    ...(index.contentHash === null ? [] : [plain('hash = ?', hashToColumn(index.contentHash))]),
    ...(index.leftover === null ? [] : (LEFTOVER_ASSETS[index.leftover] ?? []).map((sql) => plain(sql))),
  ];
}

export type RangeColumn = 'size' | 'created' | 'updated' | 'used' | 'duration' | 'idle';

/** Bounds of one column, both within; null is none, but one there is. */
export interface ColumnRange {
  readonly column: RangeColumn;
  /** How it is written, where it is no column of `assets`. */
  readonly sql: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** Those that the filters ask for. */
export function rangesOf({ index }: Pick<LibraryFilters, 'index'>, now: number): readonly ColumnRange[] {
  const unused = index.unusedDays === null ? null : now * 1_000 - index.unusedDays * DAY_MICROS;
  const ranges: readonly ColumnRange[] = [
    { column: 'size', sql: 'size', ...index.size },
    { column: 'created', sql: 'created', ...inMicros(index.created) },
    { column: 'updated', sql: 'updated', ...inMicros(index.updated) },
    { column: 'used', sql: 'used', ...inMicros(index.lastUsed) },
    { column: 'duration', sql: 'duration', ...index.duration },
    { column: 'idle', sql: 'coalesce(used, created)', from: null, to: unused },
  ];
  return ranges.filter(({ from, to }) => from !== null || to !== null);
}

const inMicros = ({ from, to }: Range<Instant>): Range<number> => ({
  from: from === null ? null : toMicros(from),
  to: to === null ? null : toMicros(to),
});

/** Records that lost their file. */
export const MISSING_TAG = `tag_set IN (
  SELECT tag_set FROM tag_set_tags JOIN tags USING (tag) WHERE name = 'missing')`;

const LEFTOVER_CELLS: Partial<Readonly<Record<Leftover, readonly string[]>>> = {
  'orphan-preview': ['looks_like_preview'],
  missing: [MISSING_TAG],
  failed: ["state = 'failed'"],
  'pending-upload': ["state = 'pending_upload'"],
  'pending-payment': ["state = 'pending_payment'"],
  // Roughy has no tags at all.
  untagged: ['tag_count = 0', 'state IS NULL'],
};

const OF_ANOTHER = 'SELECT preview_id FROM assets WHERE preview_id IS NOT NULL AND preview_id <> id';

const LEFTOVER_ASSETS: Partial<Readonly<Record<Leftover, readonly string[]>>> = {
  'zero-bytes': ['size = 0'],
  'unknown-size': ['size IS NULL'],
  'orphan-preview': [`id NOT IN (${OF_ANOTHER})`],
  'preview-in-use': [`id IN (${OF_ANOTHER})`],
};

/** As it was written, or without blanks around it. */
const hasTag = (tag: string, is: 'IN' | 'NOT IN'): Condition =>
  plain(
    `tag_set ${is} (SELECT tag_set FROM tag_set_tags JOIN tags USING (tag) WHERE name IN (?, ?))`,
    tag,
    tag.trim(),
  );

function hasMetadata(key: string, value: string): Condition {
  const matching = 'SELECT metadata FROM metadatas WHERE metadata_matches(value, ?, ?)';
  const condition = plain(`metadata IN (${matching})`, key, value);
  // What is not there at all also is nothing.
  return value === 'null' ? nested('(metadata IS NULL OR', condition, ')') : condition;
}

function anyOf(column: string, values: readonly string[]): readonly Condition[] {
  if (values.length === 0) return [];
  return [plain(`${column} IN (${values.map(() => '?').join(', ')})`, ...values)];
}

const isSo = (sql: string, wanted: boolean | null): readonly Condition[] =>
  wanted === null ? [] : [plain(wanted ? sql : `NOT (${sql})`)];

const within = ({ sql, from, to }: ColumnRange): readonly Condition[] => [
  ...(from === null ? [] : [plain(`${sql} >= ?`, from)]),
  ...(to === null ? [] : [plain(`${sql} <= ?`, to)]),
];

const plain = (where: string, ...bound: readonly SqlValue[]): Condition => ({ where, bound });

const nested = (before: string, { where, bound }: Condition, after: string): Condition => ({
  where: `${before} ${where}${after}`,
  bound,
});

/** All of them; true when there are none. */
export const allOf = (conditions: readonly Condition[]): Condition => ({
  where: conditions.length === 0 ? 'TRUE' : conditions.map(({ where }) => where).join(' AND '),
  bound: conditions.flatMap(({ bound }) => bound),
});
