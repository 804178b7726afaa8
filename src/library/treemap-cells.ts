import { ASSET_KINDS, type AssetKind } from '@/domain/asset';
import { NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { isRootTag } from '@/domain/tags';

import { NOTHING, plus, Tally, type Totals } from './totals';

/** What the assets of one kind are told apart by. */
export type TreemapBy = 'tag' | 'extension' | 'project';
/** What areas stand for. */
export type Measure = 'bytes' | 'count';

/** Assets that are alike in all that a treemap tells apart. */
export interface AssetGroup extends Totals {
  readonly kind: AssetKind;
  readonly extension: string;
  readonly tags: readonly string[];
  readonly projectId: string | null;
}

/** One part of a library. Each asset is in exactly one. */
export interface TreemapCell extends Totals {
  readonly kind: AssetKind;
  /** Tag, extension or project id; null when it has none, or when it is one of several. */
  readonly value: string | null;
  /** How many values too small for a cell of their own are gathered here; 0 for a cell of one value, or of none. */
  readonly others: number;
  /** What the table is asked for to show exactly these; null when a link cannot say it. */
  readonly filters: Partial<LibraryFilters> | null;
}

/** Smaller than this share of the whole library, a cell could neither be read nor hit. */
const SMALLEST = 0.01;
const MOST_PER_KIND = 12;
/** What a link can bear. */
const MOST_IN_LINK = 100;

/**
 * Divides a library by kind, and each kind by tag, extension or project.
 *
 * Of its tags an asset stands under one: that which holds the most of what larger tags have left over. Root tags (folders)
 * come last, since nearly everything has one. So the cells add up, and each is a question that the table can answer.
 */
export function treemapCells(
  groups: readonly AssetGroup[],
  by: TreemapBy,
  measure: Measure,
): readonly TreemapCell[] {
  const smallest = SMALLEST * groups.reduce((sum, group) => sum + group[measure], 0);
  return ASSET_KINDS.flatMap((kind) => {
    const ofKind = groups.filter((group) => group.kind === kind);
    const cells =
      by === 'tag'
        ? cellsByTag(kind, ofKind, measure, smallest)
        : cellsByValue(kind, ofKind, by, measure, smallest);
    return [...cells].sort((a, b) => b[measure] - a[measure] || b.count - a.count);
  });
}

function cellsByTag(
  kind: AssetKind,
  groups: readonly AssetGroup[],
  measure: Measure,
  smallest: number,
): readonly TreemapCell[] {
  const cells: TreemapCell[] = [];
  const shown: string[] = [];
  let left = groups.filter(({ tags }) => tags.length > 0);

  const cell = (members: readonly AssetGroup[], about: Pick<TreemapCell, 'value' | 'others' | 'filters'>) => {
    if (members.length > 0) cells.push({ kind, ...about, ...totalsOf(members) });
  };
  function take(tag: string) {
    const members = left.filter((group) => has(group, tag));
    const filters = { ...ofKind(kind), includeTags: [tag], excludeTags: [...shown] };
    cell(members, { value: tag, others: 0, filters });
    left = left.filter((group) => !has(group, tag));
    shown.push(tag);
  }

  while (shown.length < MOST_PER_KIND) {
    const [largest] = heaviestTags(left, measure);
    if (largest === undefined || largest.weight < smallest || largest.weight === 0) break;
    take(largest.tag);
  }
  const roots = new Set(left.flatMap(({ tags }) => tags).filter(isRootTag));
  for (const tag of [...roots].sort()) take(tag);
  const [only, ...more] = heaviestTags(left, measure);
  if (only !== undefined && more.length === 0) take(only.tag);
  cell(left, {
    value: null,
    others: Math.max(1, heaviestTags(left, measure).length),
    filters: { ...ofKind(kind, { hasTags: true }), excludeTags: [...shown] },
  });
  cell(
    groups.filter(({ tags }) => tags.length === 0),
    { value: null, others: 0, filters: ofKind(kind, { hasTags: false }) },
  );
  return cells;
}

/** As a filter finds it: as it was written, or without blanks around it. */
const has = ({ tags }: AssetGroup, tag: string): boolean => tags.includes(tag) || tags.includes(tag.trim());

/** Root tags are left out, and blank ones, which nobody can ask for. */
function heaviestTags(groups: readonly AssetGroup[], measure: Measure) {
  const weights = new Map<string, number>();
  for (const group of groups) {
    for (const tag of new Set(group.tags)) {
      if (!isRootTag(tag) && tag.trim() !== '') weights.set(tag, (weights.get(tag) ?? 0) + group[measure]);
    }
  }
  return [...weights]
    .map(([tag, weight]) => ({ tag, weight }))
    .sort((a, b) => b.weight - a.weight || (a.tag < b.tag ? -1 : 1));
}

function cellsByValue(
  kind: AssetKind,
  groups: readonly AssetGroup[],
  by: 'extension' | 'project',
  measure: Measure,
  smallest: number,
): readonly TreemapCell[] {
  const tally = new Tally<string | null>();
  for (const group of groups) tally.add(by === 'extension' ? group.extension : group.projectId, group);
  const values = [...tally.entries()].sort(
    ([a, ofA], [b, ofB]) => ofB[measure] - ofA[measure] || String(a).localeCompare(String(b)),
  );
  const large = values.filter(([, totals], index) => index < MOST_PER_KIND && totals[measure] >= smallest);
  const split = large.length === values.length - 1 ? values.length : large.length;
  const rest = values.slice(split);
  return [
    ...values.slice(0, split).map(([value, totals]) => ({
      ...{ kind, value: value === '' ? null : value, others: 0, ...totals },
      filters: filtersFor(kind, by, [value]),
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            ...{ kind, value: null, others: rest.length },
            ...rest.map(([, totals]) => totals).reduce(plus, NOTHING),
            filters: filtersFor(
              kind,
              by,
              rest.map(([value]) => value),
            ),
          },
        ]),
  ];
}

function filtersFor(
  kind: AssetKind,
  by: 'extension' | 'project',
  values: readonly (string | null)[],
): Partial<LibraryFilters> | null {
  const known = values.filter((value) => value !== null);
  if (known.length !== values.length || known.length > MOST_IN_LINK) return null;
  return ofKind(kind, by === 'extension' ? { extensions: known } : { projects: known });
}

const ofKind = (kind: AssetKind, more: Partial<LibraryFilters['index']> = {}): Partial<LibraryFilters> => ({
  index: { ...NO_INDEX_FILTERS, kinds: [kind], ...more },
});

const totalsOf = (groups: readonly AssetGroup[]): Totals => groups.reduce<Totals>(plus, NOTHING);
