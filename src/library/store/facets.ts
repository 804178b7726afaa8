import type { LibraryFilters } from '@/domain/library-query';

import { cellSums, type Source } from './cell-sums';
import { asNumber, asText, asTextOrNull, type Sql } from './sql';

export const FACET_NAMES = [
  'kind',
  'extension',
  'tag',
  'state',
  'project',
  'language',
  'protection',
] as const;
export type FacetName = (typeof FACET_NAMES)[number];

/** One value that matching assets have. */
export interface FacetValue {
  /** Empty for "none": no extension, not protected, language detected automatically. */
  readonly value: string;
  /** What people call it, where that is something else. */
  readonly label: string | null;
  readonly count: number;
  /** Of those whose size is known. */
  readonly bytes: number;
  readonly unknownSizes: number;
}

/** The most frequent values first; `more` are not on the list. */
export interface Facet {
  readonly values: readonly FacetValue[];
  readonly more: number;
}

const MOST_VALUES = 200;

/**
 * What matching assets have of each kind, with counts and sizes. A facet ignores its own filter, so that other values of
 * it can be had instead; tags do not, since an asset has to have all that are asked for.
 */
export function readFacets(
  sql: Sql,
  {
    filters,
    now,
    facets,
  }: { readonly filters: LibraryFilters; readonly now: number; readonly facets: readonly FacetName[] },
): Partial<Readonly<Record<FacetName, Facet>>> {
  return Object.fromEntries(
    facets.map((name) => [name, readFacet(sql, name, cellSums(sql, WITHOUT[name](filters), now))]),
  );
}

const WITHOUT: Readonly<Record<FacetName, (filters: LibraryFilters) => LibraryFilters>> = {
  kind: (filters) => ({ ...filters, index: { ...filters.index, kinds: [] } }),
  extension: (filters) => ({ ...filters, index: { ...filters.index, extensions: [] } }),
  tag: (filters) => filters,
  state: (filters) => ({ ...filters, state: null, index: { ...filters.index, states: [] } }),
  project: (filters) => ({ ...filters, project: null, index: { ...filters.index, projects: [] } }),
  language: (filters) => ({ ...filters, index: { ...filters.index, languages: [] } }),
  protection: (filters) => ({ ...filters, index: { ...filters.index, isProtected: null } }),
};

function readFacet(sql: Sql, name: FacetName, { from, bound }: Source): Facet {
  const { value, label, join } = FACETS[name];
  const rows = sql.all(
    `SELECT ${value} AS value, max(${label}) AS label, sum(assets) AS assets, sum(bytes) AS bytes,
      sum(unknown_sizes) AS unknown_sizes, count(*) OVER () AS facet_values
    FROM ${from} ${join} WHERE ${value} IS NOT NULL AND assets > 0
    GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${MOST_VALUES}`,
    bound,
  );
  return {
    values: rows.map((row) => ({
      value: asText(row['value']),
      label: asTextOrNull(row['label']),
      count: asNumber(row['assets']),
      bytes: asNumber(row['bytes']),
      unknownSizes: asNumber(row['unknown_sizes']),
    })),
    more: asNumber(rows[0]?.['facet_values'] ?? 0) - rows.length,
  };
}

interface FacetSql {
  /** Null for cells that have no value. */
  readonly value: string;
  readonly label: string;
  readonly join: string;
}

const facet = (value: string, label = 'NULL', join = ''): FacetSql => ({ value, label, join });

const FACETS: Readonly<Record<FacetName, FacetSql>> = {
  kind: facet('kind'),
  extension: facet('extension'),
  tag: facet('name', 'NULL', 'JOIN tag_set_tags USING (tag_set) JOIN tags USING (tag)'),
  state: facet('state'),
  project: facet('project', 'project_name'),
  language: facet("iif(state IS NULL, NULL, coalesce(language, ''))"),
  protection: facet("coalesce(protection, '')"),
};
