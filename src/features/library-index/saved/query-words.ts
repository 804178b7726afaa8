import type { SortField } from '@/domain/asset-query';
import type { ViewQuery } from '@/domain/saved-view';

import { filterTexts, stateLabel } from '../filters/words';

const SORTED: Readonly<Record<SortField, string>> = {
  name: 'name',
  created_at: 'creation',
  updated_at: 'last change',
  size: 'size',
  last_access_time: 'last use',
};

/** The filters of a view, each in a few words; none when it shows everything. */
export function filterWords(query: ViewQuery): readonly string[] {
  return [
    ...(query.text === '' ? [] : [`Name contains “${query.text}”`]),
    ...query.includeTags.map((tag) => `Tag ${tag}`),
    ...query.excludeTags.map((tag) => `Not ${tag}`),
    ...query.metadata.map(({ key, value }) => `${key} = ${value}`),
    ...(query.includePublic ? ['With public assets'] : []),
    ...(query.state === null ? [] : [`State: ${stateLabel(query.state)}`]),
    ...(query.project === null ? [] : [`Project: ${query.project.slice(-8)}`]),
    ...Array.from(filterTexts(query.index, new Map()), ([, words]) => words),
  ];
}

/** What comes first in the table. */
export const sortWords = ({ sort, order }: ViewQuery): string =>
  `by ${SORTED[sort]}, ${order === 'asc' ? 'ascending' : 'descending'}`;
