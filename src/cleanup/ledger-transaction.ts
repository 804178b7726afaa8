import type { IDBPTransaction } from 'idb';

import type { ItemState, Job } from '@/domain/job';

import { begin, type WinnowSchema } from './database';
import { LedgerError } from './ledger';
import { toLedgerError } from './ledger-error';
import type { StoredItem } from './ledger-rows';

type Stores = ['jobs', 'items'];
export type Reading = IDBPTransaction<WinnowSchema, Stores>;
export type Writing = IDBPTransaction<WinnowSchema, Stores, 'readwrite'>;

const STORES: Stores = ['jobs', 'items'];

/** One transaction that is on the disk when this resolves. When it rejects, nothing of it was written. */
export async function write<T>(work: (transaction: Writing) => Promise<T>): Promise<T> {
  const transaction = await begin((database) =>
    database.transaction(STORES, 'readwrite', { durability: 'strict' }),
  );
  return finish(transaction, work);
}

/** One look at jobs and items as they are at the same moment. */
export async function read<T>(work: (transaction: Reading) => Promise<T>): Promise<T> {
  return finish(await begin((database) => database.transaction(STORES)), work);
}

interface Transaction {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

async function finish<T extends Transaction, R>(transaction: T, work: (transaction: T) => Promise<R>) {
  const ended = transaction.done.catch(() => undefined);
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It ended by itself.
    }
    await ended;
    // Requests only say that they were aborted; the transaction knows why.
    throw toLedgerError(error instanceof LedgerError ? error : (transaction.error ?? error));
  }
}

/** Asks for many things at once, and hears every answer even when asking fails half-way. */
export function askAll<T, R>(asked: readonly T[], ask: (each: T) => Promise<R>): Promise<R[]> {
  const answers: Promise<R>[] = [];
  try {
    for (const each of asked) answers.push(ask(each));
  } catch (error) {
    answers.push(Promise.reject(toLedgerError(error)));
  }
  return Promise.all(answers);
}

/** @throws LedgerError when there is no such job, or not yet all of it */
export async function existingJob(transaction: Reading | Writing, id: string): Promise<Job> {
  const stored = await transaction.objectStore('jobs').get(id);
  if (stored?.complete !== true) throw new LedgerError('This job is no longer kept in this browser.');
  return stored.job;
}

/** Writes items in their new states, and the job with its counts. */
export async function move(
  transaction: Writing,
  job: Job,
  moves: readonly { readonly from: ItemState; readonly row: StoredItem }[],
): Promise<Job> {
  const counts = { ...job.counts };
  for (const { from, row } of moves) {
    counts[from] -= 1;
    counts[row.state] += 1;
  }
  const next: Job = { ...job, counts };
  const items = transaction.objectStore('items');
  await Promise.all([askAll(moves, ({ row }) => items.put(row)), putJob(transaction, next)]);
  return next;
}

/** Writes the job itself. */
export async function putJob(transaction: Writing, job: Job): Promise<void> {
  await transaction.objectStore('jobs').put({ id: job.id, complete: true, touchedAt: Date.now(), job });
}

/** Everything of a job. */
export const itemsOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Infinity]);

/** Items in one state, from one place in the plan up to another. */
export const itemsIn = (id: string, state: ItemState, from = 0, to = Infinity): IDBKeyRange =>
  IDBKeyRange.bound([id, state, from], [id, state, to]);
