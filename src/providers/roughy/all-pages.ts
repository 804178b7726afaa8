import type * as v from 'valibot';
import type { Query } from '@/http/url';
import type { Api } from '../api';
import { parseAnswer } from '../parse';
import type { RequestScope } from '../provider';
import { listPage } from './schema';

/** The API's own upper bound of `limit`. */
export const MAX_PAGE_SIZE = 100;

/**
 * Every row of a list, once each, although rows may come and go while it is read.
 * @throws WrongShapeError for a row that cannot be read: what is counted here must not be counted short
 */
export async function allPages<const T extends { readonly id: string }>(
  api: Api,
  path: readonly string[],
  filter: Query,
  schema: v.GenericSchema<unknown, T>,
  scope?: RequestScope,
): Promise<T[]> {
  const byId = new Map<string, T>();
  for (let offset = 0; ;) {
    const answer = await api.call(path, { query: { ...filter, limit: MAX_PAGE_SIZE, offset } }, scope);
    const { items, total } = parseAnswer(listPage, answer);
    const known = byId.size;
    for (const item of items) {
      const row = parseAnswer(schema, { ...answer, body: item });
      byId.set(row.id, row);
    }
    offset += items.length;
    // A server that repeats itself would go on for ever.
    if (byId.size === known || (total === null ? items.length < MAX_PAGE_SIZE : offset >= total)) break;
  }
  return [...byId.values()];
}
