import type { ItemState, Job, JobItem } from '@/domain/job';

import type { Ledger } from './ledger';
import { itemOf, type StoredItem } from './ledger-rows';
import { askAll, existingJob, itemsIn, read, type Reading } from './ledger-transaction';

type Page = Parameters<Ledger['items']>[1];
type Found = Awaited<ReturnType<Ledger['items']>>;

/** So many rows, or keys of rows, are read without the page noticing. */
const AT_ONCE = 1_000;

/** One page of a job's items in the order of the plan. */
export function readPage(id: string, { states, text = '', offset, limit }: Page): Promise<Found> {
  const wanted = states === undefined ? null : [...new Set(states)];
  if (text !== '') return searchPage(id, wanted, text.toLowerCase(), offset, limit);
  return read(async (transaction) => {
    const job = await existingJob(transaction, id);
    const rows =
      wanted === null
        ? await rowsBetween(transaction, id, null, offset, offset + limit)
        : await rowsAt(transaction, id, await positionsIn(transaction, id, wanted, offset, limit));
    return { items: rows.map(itemOf), total: countIn(job, wanted) };
  });
}

const countIn = (job: Job, states: readonly ItemState[] | null): number =>
  states === null ? job.total : states.reduce((sum, state) => sum + job.counts[state], 0);

/** Items from one place in the plan up to, but without, another. */
async function rowsBetween(
  transaction: Reading,
  id: string,
  states: readonly ItemState[] | null,
  from: number,
  to: number,
): Promise<readonly StoredItem[]> {
  if (to <= from) return [];
  const store = transaction.objectStore('items');
  if (states === null) return store.getAll(IDBKeyRange.bound([id, from], [id, to - 1]));
  const found = await askAll(states, (state) =>
    store.index('state').getAll(itemsIn(id, state, from, to - 1)),
  );
  return found.flat().sort((a, b) => a.index - b.index);
}

const rowsAt = async (transaction: Reading, id: string, positions: readonly number[]) => {
  const rows = await askAll(positions, (index) => transaction.objectStore('items').get([id, index]));
  return rows.filter((row) => row !== undefined);
};

/** Places in the plan of one page of the items in these states. Reads keys only: the rows before the page may be many. */
async function positionsIn(
  transaction: Reading,
  id: string,
  states: readonly ItemState[],
  offset: number,
  limit: number,
): Promise<readonly number[]> {
  const positions = await askAll(states, (state) => firstIn(transaction, id, state, offset + limit));
  return positions
    .flat()
    .sort((a, b) => a - b)
    .slice(offset, offset + limit);
}

async function firstIn(transaction: Reading, id: string, state: ItemState, count: number): Promise<number[]> {
  const positions: number[] = [];
  const index = transaction.objectStore('items').index('state');
  while (positions.length < count) {
    const after = (positions.at(-1) ?? -1) + 1;
    const most = Math.min(AT_ONCE, count - positions.length);
    const keys = await index.getAllKeys(itemsIn(id, state, after), most);
    for (const [, position] of keys) positions.push(position);
    if (keys.length < most) break;
  }
  return positions;
}

/**
 * Looks at every item in these states. Each stretch of the plan is a transaction of its own, for a runner must not wait
 * until a hundred thousand names were looked at.
 */
async function searchPage(
  id: string,
  states: readonly ItemState[] | null,
  text: string,
  offset: number,
  limit: number,
): Promise<Found> {
  const items: JobItem[] = [];
  let total = 0;
  let end = Infinity;
  for (let from = 0; from < end; from += AT_ONCE) {
    const rows = await read(async (transaction) => {
      ({ total: end } = await existingJob(transaction, id));
      return rowsBetween(transaction, id, states, from, from + AT_ONCE);
    });
    for (const row of rows) {
      const [assetId, name] = row.item;
      if (!name.toLowerCase().includes(text) && !assetId.toLowerCase().includes(text)) continue;
      if (total >= offset && items.length < limit) items.push(itemOf(row));
      total += 1;
    }
  }
  return { items, total };
}

/** All items of a job, so many at a time. */
export async function* readBatches(id: string, size: number): AsyncGenerator<readonly JobItem[], void> {
  let end = Infinity;
  for (let from = 0; from < end; from += size) {
    const rows = await read(async (transaction) => {
      // A job that is forgotten meanwhile is an error: half of a list must not pass for the whole.
      ({ total: end } = await existingJob(transaction, id));
      return rowsBetween(transaction, id, null, from, from + size);
    });
    if (rows.length > 0) yield rows.map(itemOf);
  }
}
