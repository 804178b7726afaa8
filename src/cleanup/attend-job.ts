import { isFinal, ITEM_STATES, type Job, type JobItem } from '@/domain/job';

import type { JobCenter } from './job-center';
import type { Ledger } from './ledger';

/** How a job stood when nothing more happened to it by itself, and how each of its assets ended. */
export interface Attended {
  readonly job: Job;
  /** By asset id. */
  readonly items: ReadonlyMap<string, JobItem>;
}

/**
 * Waits until a job is over or pauses, and reads what became of each of its assets: for jobs that a person watches.
 * @param signal calls the job off; what is under way is waited for
 */
export async function attendJob(
  { center, items }: { readonly center: JobCenter; readonly items: Ledger['items'] },
  id: string,
  signal?: AbortSignal,
): Promise<Attended> {
  const cancel = () => {
    // What cannot be written down pauses the job, and that is seen below.
    center.cancel(id).catch(() => undefined);
  };
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const job = await restOf(center, id);
    return { job, items: await readAll(items, id) };
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** Another tab may be the one that runs it, and then only the view tells. */
async function restOf(center: JobCenter, id: string): Promise<Job> {
  const job = await center.finished(id);
  if (isAtRest(job)) return job;
  return new Promise((resolve, reject) => {
    let seen = false;
    const look = () => {
      const now = center.view().jobs?.find((each) => each.id === id);
      const isForgotten = seen && now === undefined;
      seen ||= now !== undefined;
      if (!isForgotten && (now === undefined || !isAtRest(now))) return;
      leave();
      if (now === undefined) reject(new Error('This job was forgotten.'));
      else resolve(now);
    };
    const leave = center.subscribe(look);
    look();
  });
}

/** A job that was called off still hears the answers to what was under way. */
const isAtRest = ({ phase, counts }: Job): boolean =>
  phase === 'done' || phase === 'paused' || (phase === 'cancelled' && counts.sending === 0);

const AT_ONCE = 500;

async function readAll(items: Ledger['items'], id: string): Promise<ReadonlyMap<string, JobItem>> {
  const all = new Map<string, JobItem>();
  for (let offset = 0; ; offset += AT_ONCE) {
    const page = await items(id, { offset, limit: AT_ONCE });
    for (const each of page.items) all.set(each.item.id, each);
    if (page.items.length === 0 || offset + AT_ONCE >= page.total) return all;
  }
}

/** How many assets of a job have an outcome. */
export const settledCount = ({ counts }: Job): number =>
  ITEM_STATES.reduce((sum, state) => (isFinal(state) ? sum + counts[state] : sum), 0);
