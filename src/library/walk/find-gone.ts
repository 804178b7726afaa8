import type { Asset, AssetPage } from '@/domain/asset';

import { toMicros } from '../store/micros';
import { listPage, lookAt, type WalkContext } from './context';
import { filtersFor, queryFor, type Slice } from './slices';

/** What was found: ids that are gone, and assets that only were thought to be; or why that cannot be told. */
export type Gone =
  | { readonly ids: readonly string[]; readonly there: readonly Asset[] }
  /** The library changed meanwhile. */
  | 'moved'
  /** The provider's order or counts are not those of the index. */
  | 'unclear';

interface Edge {
  /** A place in the provider's list: the beginning of a page. */
  readonly page: number;
  /** How many of the index that come before it are gone. */
  readonly gone: number;
  /** When the asset at that place was created; null behind the last. */
  readonly created: number | null;
}

class Stop extends Error {
  readonly why: 'moved' | 'unclear';

  constructor(why: Stop['why']) {
    super(why);
    this.why = why;
  }
}

/**
 * Finds what the provider does not have any more, for a few requests: a row of its list that stands n places further
 * ahead than in the index has n gone rows before it, so that halving leads to the pages where rows are missing.
 * @param counts of the scope at the provider and in the index, which has more
 * @param isSure whether its list is known to show all of the scope; otherwise each find is looked at
 */
export async function findGone(
  context: WalkContext,
  scope: Slice,
  counts: { readonly total: number; readonly count: number; readonly isSure: boolean },
): Promise<Gone> {
  const { call, provider } = context;
  const { total, count, isSure } = counts;
  const pageSize = provider.maxPageSize;
  const query = queryFor(scope, provider);
  const ordered = { filters: filtersFor(scope), order: query.order };
  const pages = Math.max(1, Math.ceil(total / pageSize));
  /** Reading everything costs no more. */
  let left = pages + 1;
  const gone: string[] = [];
  const doubtful: string[] = [];

  async function read(bounds: { readonly page: number; readonly pageSize: number }): Promise<AssetPage> {
    left -= 1;
    if (left < 0) throw new Stop('unclear');
    const page = await listPage(context, { ...query, ...bounds });
    if (page.total !== total) throw new Stop('moved');
    return page;
  }

  async function edgeAt(page: number): Promise<Edge> {
    const place = page * pageSize;
    const [row] = (await read({ page: place + 1, pageSize: 1 })).rows;
    const rank = row?.type === 'asset' ? await call('rankOf', { ...ordered, id: row.id }) : null;
    if (rank === null || row?.type !== 'asset') throw new Stop('unclear');
    return { page, gone: rank - place, created: toMicros(row.createdAt) };
  }

  async function search(from: Edge, to: Edge): Promise<void> {
    if (to.gone < from.gone) throw new Stop('unclear');
    if (to.gone === from.gone) return;
    if (to.page - from.page === 1) return searchPage(from, to);
    const middle = await edgeAt(Math.floor((from.page + to.page) / 2));
    await search(from, middle);
    await search(middle, to);
  }

  async function searchPage(from: Edge, to: Edge): Promise<void> {
    const { rows } = await read({ page: from.page + 1, pageSize });
    const there = new Set(rows.map((row) => row.id));
    const known = await call('readRanks', {
      ...ordered,
      from: from.page * pageSize + from.gone,
      to: Math.min(to.page * pageSize + to.gone, count),
    });
    const missing = known.filter(({ id }) => !there.has(id));
    if (missing.length !== to.gone - from.gone) throw new Stop('unclear');
    const times = rows.flatMap((row) => (row.type === 'asset' ? toMicros(row.createdAt) : []));
    const atEdges = new Set([times[0], times.at(-1), to.created]);
    for (const { id, created } of missing) {
      // Rows of the same moment may be in another order there: one of them may be on the next page.
      const isProven = isSure && !atEdges.has(created);
      (isProven ? gone : doubtful).push(id);
    }
  }

  try {
    await search({ page: 0, gone: 0, created: null }, { page: pages, gone: count - total, created: null });
  } catch (error) {
    if (error instanceof Stop) return error.why;
    throw error;
  }
  const looked = await lookAt(context, doubtful);
  return { ids: [...gone, ...looked.gone], there: looked.there };
}
