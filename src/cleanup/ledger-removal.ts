import { isOver, type Job } from '@/domain/job';

import type { StoredJob } from './ledger-rows';
import { askAll, itemsOf, read, write, type Reading, type Writing } from './ledger-transaction';

/** A tab that writes a large job down adds to it many times a second. */
const ABANDONED_MS = 30_000;

/** All jobs that are there as a whole, newest first. */
export async function completeJobs(transaction: Reading | Writing): Promise<readonly Job[]> {
  const stored = await storedJobs(transaction);
  return stored
    .filter(({ complete }) => complete)
    .map(({ job }) => job)
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
}

const storedJobs = (transaction: Reading | Writing): Promise<readonly StoredJob[]> =>
  transaction.objectStore('jobs').getAll();

/** Forgets jobs and their items. */
export const removeJobs = (ids: readonly string[]): Promise<void> =>
  write((transaction) => removeIn(transaction, ids));

/** Forgets the oldest jobs that are over, but for so many. */
export const pruneJobs = (keep: number): Promise<void> =>
  write(async (transaction) => {
    const over = (await completeJobs(transaction)).filter(({ phase }) => isOver(phase));
    await removeIn(
      transaction,
      over.slice(keep).map(({ id }) => id),
    );
  });

/** Takes away what a page that ended while it wrote a job down has left behind. */
export async function sweepAbandoned(): Promise<void> {
  if ((await read(abandonedIn)).length === 0) return;
  await write(async (transaction) => removeIn(transaction, await abandonedIn(transaction)));
}

async function abandonedIn(transaction: Reading | Writing): Promise<readonly string[]> {
  const now = Date.now();
  const stored = await storedJobs(transaction);
  return stored
    .filter(({ complete, touchedAt }) => !complete && Math.abs(now - touchedAt) > ABANDONED_MS)
    .map(({ id }) => id);
}

async function removeIn(transaction: Writing, ids: readonly string[]): Promise<void> {
  const [jobs, items] = [transaction.objectStore('jobs'), transaction.objectStore('items')];
  await Promise.all([askAll(ids, (id) => jobs.delete(id)), askAll(ids, (id) => items.delete(itemsOf(id)))]);
}
