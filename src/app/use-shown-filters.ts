import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { AssetQuery } from '@/domain/asset-query';
import { filtersOf } from '@/domain/who-answers';
import { activeFilters, type ActiveFilter } from '@/features/asset-filters/active-filters';
import type { AssetProvider } from '@/providers/provider';
import { projectQueries } from '@/queries/project-queries';

import type { Answers } from './use-answers';

/** The filters in force, in words; the same list until they change. */
export function useShownFilters(
  provider: AssetProvider,
  query: AssetQuery,
  { where, answerer, indexed: { access } }: Answers,
): readonly ActiveFilter[] {
  const { data: projects } = useQuery({
    ...projectQueries.all(provider),
    enabled: query.project !== null || where !== '',
  });
  return useMemo(() => {
    const names = new Map(projects?.map((project) => [project.id, project.name]));
    return [
      ...activeFilters(query, names.get(query.project ?? '') ?? null, filtersOf(answerer, provider)),
      ...(access?.parts.whereFilters(where, names) ?? []),
    ];
  }, [provider, query, where, answerer, access, projects]);
}
