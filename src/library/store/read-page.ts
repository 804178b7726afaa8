import type { Asset } from '@/domain/asset';
import type { LibraryQuery } from '@/domain/library-query';

import { countMatching, type Sums } from './count-matching';
import { seqsOfPage } from './page-order';
import { assetsBySeq } from './read-assets';
import type { Sql } from './sql';

/** One page of the index, and what all pages are together. */
export interface LibraryPage extends Sums {
  readonly assets: readonly Asset[];
}

/** @param params.now ms since 1970, for what was "not used for n days" */
export function readPage(
  sql: Sql,
  { query, now }: { readonly query: LibraryQuery; readonly now: number },
): LibraryPage {
  const { sort, order, page, pageSize, ...filters } = query;
  const matching = countMatching(sql, filters, now);
  const seqs = seqsOfPage(sql, { ...filters, sort, order, page, pageSize }, matching, now);
  const { total, bytes, unknownSizes } = matching;
  return { assets: assetsBySeq(sql, seqs), total, bytes, unknownSizes };
}
