import { ASSET_KINDS, type AssetKind, type Instant } from '@/domain/asset';

import { monthAt, monthOf, monthStart } from '../months';
import { minus, Tally, type Totals } from '../totals';

import { readGroups } from './asset-groups';
import { readAssets } from './read-assets';
import { asNumber, asNumberOrNull, asText, type Bound, type Sql } from './sql';

/** What was created in one month, in UTC. */
export interface MonthTotals extends Totals {
  /** `2026-03` */
  readonly month: string;
}

export interface TagTotals extends Totals {
  readonly tag: string;
}

export interface ProjectTotals extends Totals {
  readonly id: string;
  /** Null when the project list could not be read. */
  readonly name: string | null;
}

/** One asset that stands at an end of the library. */
export interface EndAsset {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
}

/** What a library is made of. */
export interface OverviewAnswer {
  readonly all: Totals;
  /** Those that occur, in the order of ASSET_KINDS. */
  readonly kinds: readonly (Totals & { readonly kind: AssetKind })[];
  /** The largest first. An asset with several tags counts in each of them. */
  readonly tags: readonly TagTotals[];
  /** How many tags there are besides. */
  readonly moreTags: number;
  readonly untagged: Totals;
  /** Roughy's, the largest first. */
  readonly projects: readonly ProjectTotals[];
  readonly moreProjects: number;
  /** Those in which something was created, the earliest first. */
  readonly months: readonly MonthTotals[];
  /** Not known to have been used. */
  readonly neverUsed: Totals;
  readonly oldest: EndAsset | null;
  readonly newest: EndAsset | null;
}

/** @param params.most how many tags and projects are listed */
export function readOverview(sql: Sql, { most }: { readonly most: number }): OverviewAnswer {
  const kinds = new Tally<AssetKind>();
  const tags = new Tally<string>();
  const tagged = new Tally<boolean>();
  const projects = new Tally<string>();
  const names = new Map<string, string>();
  for (const group of readGroups(sql)) {
    kinds.add(group.kind, group);
    tagged.add(group.tags.length > 0, group);
    for (const tag of new Set(group.tags)) tags.add(tag, group);
    if (group.projectId !== null) {
      projects.add(group.projectId, group);
      // Assets may have been read before and after it was renamed: always the same of several.
      const [name] = [names.get(group.projectId) ?? '', group.projectName ?? ''].sort().reverse();
      if (name !== undefined && name !== '') names.set(group.projectId, name);
    }
  }
  const allTags = largestFirst(tags);
  const allProjects = largestFirst(projects);
  return {
    all: kinds.all(),
    kinds: ASSET_KINDS.flatMap((kind) => {
      const totals = kinds.of(kind);
      return totals.count === 0 ? [] : [{ kind, ...totals }];
    }),
    tags: allTags.slice(0, most).map(([tag, totals]) => ({ tag, ...totals })),
    moreTags: Math.max(0, allTags.length - most),
    untagged: tagged.of(false),
    projects: allProjects
      .slice(0, most)
      .map(([id, totals]) => ({ id, name: names.get(id) ?? null, ...totals })),
    moreProjects: Math.max(0, allProjects.length - most),
    months: readMonths(sql),
    neverUsed: minus(kinds.all(), readTotals(sql, USED)),
    oldest: readEnd(sql, 'ASC'),
    newest: readEnd(sql, 'DESC'),
  };
}

const largestFirst = (tally: Tally<string>): readonly (readonly [string, Totals])[] =>
  [...tally.entries()].sort(
    ([a, ofA], [b, ofB]) => ofB.bytes - ofA.bytes || ofB.count - ofA.count || (a < b ? -1 : 1),
  );

/** Month by month along the index of creation, which has all that is added up: nothing needs to be sorted. */
function readMonths(sql: Sql): readonly MonthTotals[] {
  const months: MonthTotals[] = [];
  let next = asNumberOrNull(sql.value('SELECT min(created) FROM assets'));
  while (next !== null) {
    const month = monthOf(Math.floor(next / 1_000));
    const end = monthStart(month + 1) * 1_000;
    const totals = readTotals(
      sql,
      `SELECT count(*) AS assets, coalesce(sum(size), 0) AS bytes, count(*) - count(size) AS unknown_sizes
      FROM assets WHERE created >= ? AND created < ?`,
      [next, end],
    );
    months.push({ month: monthAt(month), ...totals });
    next = asNumberOrNull(sql.value('SELECT min(created) FROM assets WHERE created >= ?', [end]));
  }
  return months;
}

const USED = `SELECT coalesce(sum(used_assets), 0) AS assets, coalesce(sum(used_bytes), 0) AS bytes,
  coalesce(sum(used_unknown_sizes), 0) AS unknown_sizes FROM cells`;

function readTotals(sql: Sql, select: string, bound: Bound = []): Totals {
  const row = sql.first(select, bound);
  return {
    count: asNumber(row?.['assets']),
    bytes: asNumber(row?.['bytes']),
    unknownSizes: asNumber(row?.['unknown_sizes']),
  };
}

/** By id among those of the same moment. */
function readEnd(sql: Sql, order: 'ASC' | 'DESC'): EndAsset | null {
  // Left to itself, SQLite goes through all.
  const id = sql.value(
    `SELECT id FROM assets INDEXED BY assets_by_created ORDER BY created ${order}, id LIMIT 1`,
  );
  const [asset] = id === null ? [] : readAssets(sql, { ids: [asText(id)] });
  return asset === undefined ? null : { id: asset.id, name: asset.name, createdAt: asset.createdAt };
}
