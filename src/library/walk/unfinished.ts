import { isAsset, type Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { readPages } from '@/providers/read-pages';

import { assetsOf, listPage, lookAt, PAGES_IN_FLIGHT, type WalkContext } from './context';

const FINAL_STATES = ['ready', 'failed'] as const;
/** So many are looked at one by one rather than listed by state. */
const FEW = 5;

/** Reads anew what was not finished: no list shows when that changes. @returns how many changed, and how many are gone */
export async function readUnfinished(
  context: WalkContext,
  pass: number,
): Promise<{ readonly changed: number; readonly gone: number }> {
  const { call, provider } = context;
  if (!provider.filters.has('state')) return { changed: 0, gone: 0 };
  const unfinished = await call('unfinished', { final: [...FINAL_STATES] });
  const listed = new Map<string, Asset>();
  if (unfinished.length > FEW) {
    for (const state of new Set(unfinished.map((each) => each.state))) {
      for (const asset of await listState(context, state)) listed.set(asset.id, asset);
    }
  }
  // What left its state is in no such list.
  const left = unfinished.map(({ id }) => id).filter((id) => !listed.has(id));
  const { there, gone } = await lookAt(context, left);
  const { changed } = await call('write', { assets: [...listed.values(), ...there], pass });
  await call('remove', { ids: gone });
  return { changed: changed.length, gone: gone.length };
}

async function listState(context: WalkContext, state: string): Promise<readonly Asset[]> {
  const assets: Asset[] = [];
  const read = ({ page, pageSize, after }: { page: number; pageSize: number; after: string | null }) =>
    listPage(context, { ...DEFAULT_QUERY, state, page, pageSize }, after);
  const start = { page: 1, pageSize: context.provider.maxPageSize, after: null };
  for await (const { page } of readPages(read, start, PAGES_IN_FLIGHT)) {
    // A server that ignores the filter would hand over the whole library.
    if (page.rows.some((row) => isAsset(row) && row.roughy?.state !== state)) return [];
    assets.push(...assetsOf(context, page));
  }
  return assets;
}
