import type { AssetQuery, SortField } from '@/domain/asset-query';
import { whoAnswers, type Abilities } from '@/domain/who-answers';

const SORTS: Readonly<Record<SortField, string>> = {
  name: 'name',
  created_at: 'date',
  updated_at: 'date of change',
  size: 'size',
  last_access_time: 'last use',
};

const list = new Intl.ListFormat('en', { type: 'disjunction' });

/** What a provider cannot do of what it is asked: “search by name or sort by size”. */
export function whatItNeeds(provider: Abilities, query: AssetQuery, where: string): string {
  const { text, sort, order } = query;
  const only = (part: Partial<Pick<AssetQuery, 'text' | 'sort' | 'order'>>) =>
    whoAnswers({ text: '', sort: 'created_at', order: 'desc', ...part }, '', provider) === 'index';
  return list.format([
    ...(only({ text }) ? ['search by name'] : []),
    ...(only({ sort, order }) ? [`sort by ${SORTS[sort]}`] : []),
    ...(where === '' ? [] : ['filter like this']),
  ]);
}
