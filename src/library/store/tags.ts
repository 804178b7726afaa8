import type { SortOrder } from '@/domain/asset-query';
import { foldText } from '@/domain/fold-text';
import { nearTags } from '@/domain/near-tags';

import { ASSET_COLUMNS, assetFromRow } from './asset-row';
import { asNumber, type Sql } from './sql';
import { readTagUses, type TagUses } from './tag-uses';

export const TAG_SORTS = ['name', 'count', 'bytes', 'lastUse'] as const;
export type TagSort = (typeof TAG_SORTS)[number];

/** Which tags: all that hold. */
export interface TagFilters {
  /** Part of the name; empty means any. */
  readonly text: string;
  /** On so many assets at most; null is no limit. */
  readonly atMost: number | null;
  /** Of whose assets none was used for so many whole days before `now`; null is no limit. */
  readonly unusedDays: number | null;
  /** Ms since 1970. */
  readonly now: number;
}

interface TagQuestion extends TagFilters {
  readonly sort: TagSort;
  readonly order: SortOrder;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** Every tag with how many assets have it, how large they are and when one was last used. Ties by name. */
export function readTags(sql: Sql, { sort, order, page, pageSize, ...filters }: TagQuestion) {
  const uses = readTagUses(sql);
  const found = uses.filter(matching(filters)).sort(inOrder(sort, order));
  return { tags: found.slice((page - 1) * pageSize, page * pageSize), total: found.length, all: uses.length };
}

/**
 * Tags that are spellings of one another, most used first, in groups of which those with the most assets come first.
 * The filters ask for groups of which one spelling matches.
 */
export function readSpellings(
  sql: Sql,
  { page, pageSize, ...filters }: TagFilters & Pick<TagQuestion, 'page' | 'pageSize'>,
) {
  const uses = new Map(readTagUses(sql).map((each) => [each.name, each]));
  const matches = matching(filters);
  const mostUsed = inOrder('count', 'desc');
  const groups = nearTags(uses.keys())
    .map((names) => names.flatMap((name) => uses.get(name) ?? []).sort(mostUsed))
    .filter((group) => group.some(matches));
  const assetsOf = (group: readonly TagUses[]) => group.reduce((sum, { count }) => sum + count, 0);
  const firstName = ([first]: readonly TagUses[]) => first?.name ?? '';
  groups.sort((left, right) => assetsOf(right) - assetsOf(left) || byText(firstName(left), firstName(right)));
  return { groups: groups.slice((page - 1) * pageSize, page * pageSize), total: groups.length };
}

const DAY_MICROS = 86_400_000_000;

function matching({ text, atMost, unusedDays, now }: TagFilters): (tag: TagUses) => boolean {
  const wanted = foldText(text.trim());
  const usedBefore = unusedDays === null ? Infinity : now * 1_000 - unusedDays * DAY_MICROS;
  return ({ name, count, lastUse }) =>
    count <= (atMost ?? Infinity) && lastUse <= usedBefore && foldText(name).includes(wanted);
}

function inOrder(sort: TagSort, order: SortOrder): (left: TagUses, right: TagUses) => number {
  const sign = order === 'asc' ? 1 : -1;
  const byName = (left: TagUses, right: TagUses) =>
    byText(foldText(left.name), foldText(right.name)) || byText(left.name, right.name);
  return sort === 'name'
    ? (left, right) => sign * byName(left, right)
    : (left, right) => sign * (left[sort] - right[sort]) || byName(left, right);
}

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const WITH_ANY = `SELECT tag_set FROM tag_set_tags JOIN tags USING (tag)
  WHERE name IN (SELECT value FROM json_each($tags))`;

/**
 * What taking these tags off would touch: how many assets have one of them, how many of those cannot be changed, and which
 * of the tags an asset has at all.
 */
export function countTagged(sql: Sql, { tags }: { readonly tags: readonly string[] }) {
  const row = sql.first(
    `SELECT coalesce(sum(assets), 0) AS count, coalesce(sum(iif(protection IS NULL, 0, assets)), 0) AS protected
     FROM cells WHERE tag_set IN (${WITH_ANY})`,
    { $tags: JSON.stringify(tags) },
  );
  const known = new Set(readTagUses(sql).map(({ name }) => name));
  return {
    count: asNumber(row?.['count']),
    protected: asNumber(row?.['protected']),
    existing: tags.filter((tag) => known.has(tag)),
  };
}

/** One part of the assets that have one of these tags. @param params.after the `next` of the part before it; null at first */
export function readTagged(
  sql: Sql,
  {
    tags,
    after,
    limit,
  }: { readonly tags: readonly string[]; readonly after: number | null; readonly limit: number },
) {
  const rows = sql.all(
    `SELECT ${ASSET_COLUMNS} FROM library WHERE seq > $after AND tag_set IN (${WITH_ANY}) ORDER BY seq LIMIT $limit`,
    { $tags: JSON.stringify(tags), $after: after ?? 0, $limit: limit },
  );
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { assets: rows.map(assetFromRow), next: last === undefined ? null : asNumber(last['seq']) };
}
