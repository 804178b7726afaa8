import { STATE_LABELS } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { filtersOf, type Answerer } from '@/domain/who-answers';
import { shownName } from '@/lib/reveal';
import type { FilterName } from '@/providers/provider';
import type { Filters } from '@/search/use-asset-search';

/** One filter in force, in words, and what is left when it goes. */
export interface ActiveFilter {
  readonly id: string;
  readonly text: string;
  readonly without: Partial<Filters>;
}

const ALL: ReadonlySet<FilterName> = new Set(['text', 'tags', 'metadata', 'public', 'state', 'project']);

/** A query without each kind of filter, and why a provider that does not have that kind is not asked for it. */
const KINDS: readonly { name: FilterName; without: Partial<Filters>; ignored: string }[] = [
  { name: 'text', without: { text: '' }, ignored: 'This provider cannot search by name' },
  {
    name: 'tags',
    without: { includeTags: [], excludeTags: [] },
    ignored: 'This provider has no tags to filter by',
  },
  { name: 'metadata', without: { metadata: [] }, ignored: 'This provider cannot filter by metadata' },
  { name: 'public', without: { includePublic: false }, ignored: 'This provider has no public assets' },
  { name: 'state', without: { state: null }, ignored: 'This provider cannot filter by state' },
  { name: 'project', without: { project: null }, ignored: 'This provider has no projects to filter by' },
];

/** Filters that the URL names and whoever answers does not have, as in a link made for another provider. */
export function ignoredFilters(
  query: AssetQuery,
  supported: ReadonlySet<FilterName>,
  answerer: Answerer = 'provider',
): readonly ActiveFilter[] {
  const inForce = filtersOf(answerer, { filters: supported });
  return KINDS.filter(
    ({ name, without }) =>
      !inForce.has(name) && JSON.stringify({ ...query, ...without }) !== JSON.stringify(query),
  ).map(({ name, without, ignored }) => ({
    id: name,
    text: supported.has(name) ? 'Public assets are not in the index' : ignored,
    without,
  }));
}

/**
 * @param projectName of the query's project, as far as it is known
 * @param supported what the provider can filter by: nothing else is in force, whatever the URL says
 */
export function activeFilters(
  asked: AssetQuery,
  projectName: string | null,
  supported: ReadonlySet<FilterName> = ALL,
): readonly ActiveFilter[] {
  // The provider's client leaves the others out of what it sends.
  const query = KINDS.filter(({ name }) => !supported.has(name)).reduce(
    (left, { without }) => ({ ...left, ...without }),
    asked,
  );
  const filters: ActiveFilter[] = [];
  const add = (id: string, text: string, without: Partial<Filters>) =>
    filters.push({ id, text: shownName(text), without });
  if (query.text !== '') add('text', `Name contains “${query.text}”`, { text: '' });
  for (const tag of query.includeTags) {
    add(`include:${tag}`, `Tag ${tag}`, { includeTags: query.includeTags.filter((each) => each !== tag) });
  }
  for (const tag of query.excludeTags) {
    add(`exclude:${tag}`, `Not ${tag}`, { excludeTags: query.excludeTags.filter((each) => each !== tag) });
  }
  for (const match of query.metadata) {
    add(`meta:${match.key}`, `${match.key} = ${match.value}`, {
      metadata: query.metadata.filter((each) => each !== match),
    });
  }
  if (query.includePublic) add('public', 'With public assets', { includePublic: false });
  if (query.state !== null)
    add('state', `State: ${STATE_LABELS.get(query.state) ?? query.state}`, { state: null });
  if (query.project !== null) {
    add('project', `Project: ${projectName ?? query.project.slice(-8)}`, { project: null });
  }
  return filters;
}
