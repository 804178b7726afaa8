import type { AssetKind, Instant } from './asset';
import type { AssetQuery } from './asset-query';

/** A half-open or closed range; null is no bound. Both bounds belong to it. */
export interface Range<T> {
  readonly from: T | null;
  readonly to: T | null;
}

/** What is left over: each a question that only the index can answer. */
export const LEFTOVERS = [
  'zero-bytes',
  'unknown-size',
  'orphan-preview',
  'preview-in-use',
  'missing',
  'failed',
  'pending-upload',
  'pending-payment',
  'untagged',
] as const;
export type Leftover = (typeof LEFTOVERS)[number];

/** Filters that no provider has. Each that is null, or an empty list, is not in force; all that are must hold. */
export interface IndexFilters {
  /** Any of these. */
  readonly kinds: readonly AssetKind[];
  /** Any of these: lower case, without a dot; an empty text is "no extension". */
  readonly extensions: readonly string[];
  /** Bytes. An asset of unknown size is in no range. */
  readonly size: Range<number>;
  readonly created: Range<Instant>;
  /** An asset without the date is in no range. */
  readonly updated: Range<Instant>;
  readonly lastUsed: Range<Instant>;
  /** Not used since, or, when that is unknown, not created since then: for whole days, from `now` of the question. */
  readonly unusedDays: number | null;
  readonly hasTags: boolean | null;
  readonly hasHash: boolean | null;
  readonly hasPreview: boolean | null;
  /** Immutable or public. */
  readonly isProtected: boolean | null;
  readonly jobId: string | null;
  /** Lower-case hex: all copies of one content. */
  readonly contentHash: string | null;
  readonly leftover: Leftover | null;
  /** Roughy: any of these; `state` and `project` of the query take one only. */
  readonly states: readonly string[];
  readonly projects: readonly string[];
  /** Roughy: any of these; an empty text is "detected automatically". */
  readonly languages: readonly string[];
  /** Roughy: seconds. */
  readonly duration: Range<number>;
}

const ANY: Range<never> = { from: null, to: null };

export const NO_INDEX_FILTERS: IndexFilters = {
  kinds: [],
  extensions: [],
  size: ANY,
  created: ANY,
  updated: ANY,
  lastUsed: ANY,
  unusedDays: null,
  hasTags: null,
  hasHash: null,
  hasPreview: null,
  isProtected: null,
  jobId: null,
  contentHash: null,
  leftover: null,
  states: [],
  projects: [],
  languages: [],
  duration: ANY,
};

/** All filters of the live table, and those that only the index has. */
export type LibraryFilters = Omit<AssetQuery, 'sort' | 'order' | 'page' | 'pageSize'> & {
  readonly index: IndexFilters;
};

/** The live table's question, and what it cannot ask. */
export type LibraryQuery = AssetQuery & { readonly index: IndexFilters };

export const NO_FILTERS: LibraryFilters = {
  text: '',
  includeTags: [],
  excludeTags: [],
  metadata: [],
  includePublic: true,
  state: null,
  project: null,
  index: NO_INDEX_FILTERS,
};
