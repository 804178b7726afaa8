import type { AssetQuery, SortField } from './asset-query';

/** Who answers a question of the table, alone: the two are never mixed. */
export type Answerer = 'provider' | 'index';

/** What of a provider decides that. */
export interface Abilities {
  readonly sortableBy: readonly SortField[];
  /** Names of the filters that it takes. */
  readonly filters: ReadonlySet<string>;
}

/**
 * The provider, if it can; else the index. Filters that mean nothing to a provider's assets, such as tags where there
 * are none, are in force with neither.
 * @param where the filters that only the index has; empty when none is in force
 */
export function whoAnswers(
  { text, sort, order }: Pick<AssetQuery, 'text' | 'sort' | 'order'>,
  where: string,
  { sortableBy, filters }: Abilities,
): Answerer {
  // A provider that cannot sort lists the newest first.
  const sorts = sortableBy.includes(sort) || (sort === 'created_at' && order === 'desc');
  return where === '' && (text === '' || filters.has('text')) && sorts ? 'provider' : 'index';
}

/** The filters that are in force with an answerer: the index finds names for all, and has no public assets. */
export function filtersOf<Name extends string>(
  answerer: Answerer,
  { filters }: { readonly filters: ReadonlySet<Name> },
): ReadonlySet<Name | 'text'> {
  if (answerer === 'provider') return filters;
  return new Set<Name | 'text'>([...filters, 'text' as const].filter((name) => name !== 'public'));
}
