import type { Counts, Job } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

import { LedgerError, type Ledger } from './ledger';
import { queuedRow } from './ledger-rows';
import { removeJobs } from './ledger-removal';
import { askAll, write, type Writing } from './ledger-transaction';

/** More than this in one turn, and the page would stutter. */
const PER_TURN = 250;
/** Every transaction waits for the disk once. */
const PER_TRANSACTION = 2_000;

/** Writes a job and its items down. A large one takes several transactions, and only the last one makes it visible. */
export async function createJob(
  about: Parameters<Ledger['create']>[0],
  items: readonly PlanItem[],
): Promise<Job> {
  const counts: Counts = { ...NONE, queued: items.length };
  const job: Job = { ...about, total: items.length, counts };
  let begun = false;
  try {
    for (let from = 0; from === 0 || from < items.length; from += PER_TRANSACTION) {
      const to = Math.min(from + PER_TRANSACTION, items.length);
      await write(async (transaction) => {
        await putHead(transaction, job, { isFirst: from === 0, isLast: to === items.length });
        for (let at = from; at < to; at += PER_TURN) {
          await putItems(transaction, job.id, items.slice(at, Math.min(at + PER_TURN, to)), at);
        }
      });
      begun = true;
    }
    return job;
  } catch (error) {
    // What cannot be taken away now is taken away when the ledger is opened next.
    if (begun) await removeJobs([job.id]).catch(() => undefined);
    throw error;
  }
}

const NONE: Counts = {
  queued: 0,
  sending: 0,
  deleted: 0,
  edited: 0,
  'already-gone': 0,
  protected: 0,
  changed: 0,
  'failed-retryable': 0,
  'failed-final': 0,
  unknown: 0,
};

async function putHead(
  transaction: Writing,
  job: Job,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): Promise<void> {
  const jobs = transaction.objectStore('jobs');
  const head = { id: job.id, complete: isLast, touchedAt: Date.now(), job };
  if (isFirst) await jobs.add(head);
  else if ((await jobs.get(job.id)) !== undefined) await jobs.put(head);
  // Another tab took this one, asleep for so long, for a crashed one.
  else throw new LedgerError('Writing the job down was interrupted.');
}

const putItems = (transaction: Writing, id: string, items: readonly PlanItem[], from: number) => {
  const store = transaction.objectStore('items');
  return askAll(
    items.map((item, at) => queuedRow(id, from + at, item)),
    (row) => store.put(row),
  );
};
