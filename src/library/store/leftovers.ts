import { DEFAULT_QUERY } from '@/domain/asset-query';
import { LEFTOVERS, NO_FILTERS, NO_INDEX_FILTERS, type Leftover } from '@/domain/library-query';

import { readPage, type LibraryPage } from './read-page';
import type { Sql } from './sql';

/** One category of what is left over: its first assets, largest first, and what all of them are together. */
export interface LeftoverGroup extends LibraryPage {
  readonly leftover: Leftover;
}

/** Every category, as the table shows it with the filter of the same name. @param params.first how many assets of each */
export const readLeftovers = (
  sql: Sql,
  { now, first }: { readonly now: number; readonly first: number },
): readonly LeftoverGroup[] =>
  LEFTOVERS.map((leftover) => ({
    leftover,
    ...readPage(sql, {
      query: {
        ...DEFAULT_QUERY,
        ...NO_FILTERS,
        index: { ...NO_INDEX_FILTERS, leftover },
        sort: 'size',
        pageSize: first,
      },
      now,
    }),
  }));
