import type { ItemOutcome, Job, JobItem } from '@/domain/job';

import { LedgerError } from './ledger';
import { itemOf } from './ledger-rows';
import { askAll, existingJob, itemsIn, move, read, write } from './ledger-transaction';

/** `queued` → `sending`, for the first so many. */
export function claimItems(id: string, limit: number): Promise<readonly JobItem[]> {
  return write(async (transaction) => {
    const queued = transaction.objectStore('items').index('state');
    const [job, rows] = await Promise.all([
      existingJob(transaction, id),
      limit > 0 ? queued.getAll(itemsIn(id, 'queued'), limit) : [], // to the database, 0 means all
    ]);
    const claimed = rows.map((row) => ({ ...row, state: 'sending' as const }));
    // Where tabs have only each other's word for it, two may believe to look after a job.
    if (job.phase !== 'running') throw new LedgerError('This job was stopped elsewhere.');
    if (claimed.length > 0) {
      const moves = claimed.map((row) => ({ from: 'queued' as const, row }));
      await move(transaction, job, moves);
    }
    return claimed.map(itemOf);
  });
}

/** What is `sending` now. */
export const sendingItems = (id: string): Promise<readonly JobItem[]> =>
  read(async (transaction) => {
    const [, rows] = await Promise.all([
      existingJob(transaction, id),
      transaction.objectStore('items').index('state').getAll(itemsIn(id, 'sending')),
    ]);
    return rows.map(itemOf);
  });

/** `sending` → `queued`. */
export function releaseItems(id: string, indexes: readonly number[]): Promise<Job> {
  return write(async (transaction) => {
    const items = transaction.objectStore('items');
    const [job, rows] = await Promise.all([
      existingJob(transaction, id),
      askAll([...new Set(indexes)], (index) => items.get([id, index])),
    ]);
    return move(
      transaction,
      job,
      rows.flatMap((row) =>
        row?.state === 'sending' ? [{ from: row.state, row: { ...row, state: 'queued' } }] : [],
      ),
    );
  });
}

/** `sending` → final, all or none. */
export function settleItems(
  id: string,
  outcomes: readonly { readonly index: number; readonly outcome: ItemOutcome }[],
): Promise<Job> {
  if (new Set(outcomes.map(({ index }) => index)).size < outcomes.length) {
    return Promise.reject(new LedgerError('An asset cannot end twice.'));
  }
  return write(async (transaction) => {
    const items = transaction.objectStore('items');
    const [job, moves] = await Promise.all([
      existingJob(transaction, id),
      askAll(outcomes, async ({ index, outcome }) => {
        const row = await items.get([id, index]);
        if (row?.state !== 'sending') throw new LedgerError('An asset that is not being sent cannot end.');
        return { from: 'sending' as const, row: { ...row, state: outcome.state, outcome } };
      }),
    ]);
    return move(transaction, job, moves);
  });
}
