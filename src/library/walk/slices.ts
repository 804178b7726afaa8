import type { ProviderKind } from '@/domain/connection';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
import { NO_FILTERS, type LibraryFilters } from '@/domain/library-query';
import type { AssetProvider } from '@/providers/provider';

/** A part of a library that is listed by itself. */
export interface Slice {
  readonly includeTags: readonly string[];
  readonly excludeTags: readonly string[];
}

export const EVERYTHING: Slice = { includeTags: [], excludeTags: [] };
const ROOTS = ['input', 'output', 'temp', 'models'] as const;
const tagged = (tag: string): Slice => ({ includeTags: [tag], excludeTags: [] });

/** Lists that together are all of a library: at Comfy Cloud one without tags may hide whole categories. */
export const slicesOf = (kind: ProviderKind): readonly Slice[] =>
  kind === 'comfy-cloud' ? [EVERYTHING, ...ROOTS.map(tagged)] : [EVERYTHING];

/** Of tags of which the provider counts more than were found. One with a comma cannot be asked for. */
export const slicesFor = (tags: readonly string[]): readonly Slice[] =>
  tags.filter((tag) => !tag.includes(',') && tag.trim() !== '').map(tagged);

/**
 * Parts whose counts tell whether something went: one where a list without tags is everything, else one for each root
 * tag and one for what has none.
 */
export const scopesOf = (hides: boolean): readonly Slice[] =>
  hides ? [{ includeTags: [], excludeTags: ROOTS }, ...ROOTS.map(tagged)] : [EVERYTHING];

/** What the provider is asked for a slice: in the order in which nothing changes places while it is read. */
export const queryFor = (slice: Slice, { sortableBy }: Pick<AssetProvider, 'sortableBy'>): AssetQuery => ({
  ...DEFAULT_QUERY,
  ...slice,
  includePublic: false,
  sort: 'created_at',
  // What is new comes last, and moves nothing. Providers that cannot sort list the newest first.
  order: sortableBy.includes('created_at') ? 'asc' : 'desc',
});

/** The same as a question to the index. */
export const filtersFor = ({ includeTags, excludeTags }: Slice): LibraryFilters => ({
  ...NO_FILTERS,
  includeTags,
  excludeTags,
});
