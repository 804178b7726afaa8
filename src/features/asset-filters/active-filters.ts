import { STATE_LABELS } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import type { Filters } from '@/search/use-asset-search';

/** One filter in force, in words, and what is left when it goes. */
export interface ActiveFilter {
  readonly id: string;
  readonly text: string;
  readonly without: Partial<Filters>;
}

/** @param projectName of the query's project, as far as it is known */
export function activeFilters(query: AssetQuery, projectName: string | null): readonly ActiveFilter[] {
  const filters: ActiveFilter[] = [];
  const add = (id: string, text: string, without: Partial<Filters>) => filters.push({ id, text, without });
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
    add('state', `State: ${STATE_LABELS[query.state] ?? query.state}`, { state: null });
  if (query.project !== null) {
    add('project', `Project: ${projectName ?? query.project.slice(-8)}`, { project: null });
  }
  return filters;
}
