import type { Instant, Protection } from './asset';

/** What a rule looks at. Any `Asset` is one, and any `SeenAsset`. */
export interface JobAsset {
  readonly id: string;
  readonly sizeBytes: number | null;
  readonly tags: readonly string[];
  readonly createdAt: Instant;
  readonly protection: Protection | null;
}

/** Which assets of each generation stay. */
export type JobRule =
  /** The first `count` in that order. @param count 1 or more */
  | { readonly keep: 'newest' | 'oldest' | 'largest'; readonly count: number }
  /** All that have it; of a generation in which none has, the newest. */
  | { readonly keep: 'tagged'; readonly tag: string };

/** What is kept whatever the rule says. */
export interface AlwaysKept {
  readonly pinned: ReadonlySet<string>;
  /** Ids of assets that others show as their preview. */
  readonly previewsInUse: ReadonlySet<string>;
}

/** Why an asset stays. In the order in which they are looked at. */
export type KeptBecause = Protection | 'pinned' | 'preview-in-use' | JobRule['keep'];

/**
 * By id, why assets of ONE generation stay; those that are not in it may go. At least one always stays.
 * What is kept anyway does not count towards the rule's number: the newest stays, and the pinned beside it.
 * Ties are settled by id; an unknown size is the smallest.
 */
export function keptOfJob(
  assets: readonly JobAsset[],
  rule: JobRule,
  { pinned, previewsInUse }: AlwaysKept,
): ReadonlyMap<string, KeptBecause> {
  const kept = new Map<string, KeptBecause>();
  const { ids, because } = chosenBy(assets, rule);
  for (const { id, protection } of assets) {
    if (protection !== null) kept.set(id, protection);
    else if (pinned.has(id)) kept.set(id, 'pinned');
    else if (previewsInUse.has(id)) kept.set(id, 'preview-in-use');
    else if (ids.has(id)) kept.set(id, because);
  }
  return kept;
}

interface Chosen {
  readonly ids: ReadonlySet<string>;
  readonly because: JobRule['keep'];
}

function chosenBy(assets: readonly JobAsset[], rule: JobRule): Chosen {
  if (rule.keep !== 'tagged') {
    const inOrder = [...assets].sort(ORDERS[rule.keep]);
    // A rule that kept nothing would be a deletion of everything.
    const count = Math.max(1, Math.floor(rule.count));
    return { ids: new Set(inOrder.slice(0, count).map(({ id }) => id)), because: rule.keep };
  }
  const tagged = assets.filter(({ tags }) => tags.includes(rule.tag));
  return tagged.length === 0
    ? chosenBy(assets, { keep: 'newest', count: 1 })
    : { ids: new Set(tagged.map(({ id }) => id)), because: 'tagged' };
}

type Order = (left: JobAsset, right: JobAsset) => number;

const byId: Order = (left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
const ORDERS: Readonly<Record<Exclude<JobRule['keep'], 'tagged'>, Order>> = {
  newest: (left, right) => -byCreation(left, right) || byId(left, right),
  oldest: (left, right) => byCreation(left, right) || byId(left, right),
  largest: (left, right) => (right.sizeBytes ?? -1) - (left.sizeBytes ?? -1) || byId(left, right),
};

function byCreation({ createdAt: left }: JobAsset, { createdAt: right }: JobAsset): number {
  const alike = left.length === right.length && left.length <= WITH_MICROS;
  const [earlier, later] = alike ? [left, right] : [sortable(left), sortable(right)];
  return earlier < later ? -1 : earlier > later ? 1 : 0;
}

/** `2026-03-12T08:00:00.123456Z` */
const WITH_MICROS = 27;

/** Instants differ in precision: `.5Z` and `.50Z` are one, and both come after `Z`. To the microsecond, as the index is. */
const sortable = (instant: Instant): string =>
  instant.includes('.')
    ? instant
        .slice(0, -1)
        .slice(0, 26)
        .replace(/\.?0*$/, '')
    : instant.slice(0, -1);
