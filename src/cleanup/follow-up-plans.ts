import type { Job, JobItem } from '@/domain/job';
import type { Plan, PlanAction, PlanItem } from '@/domain/plan';

import type { Ledger } from './ledger';

const BATCH = 1_000;

/** What failed and what nobody knows of, once more; null when there is none. */
export const planRetry = (ledger: Ledger, job: Job): Promise<Plan | null> =>
  planOf(ledger, job, job.action, ({ item, state }) =>
    state === 'failed-retryable' || state === 'failed-final' || state === 'unknown' ? item : null,
  );

/** Puts back on each asset exactly what a job took off; null when it took nothing off. */
export async function planUndo(ledger: Ledger, job: Job): Promise<Plan | null> {
  if (job.action.type !== 'remove-tags') return null;
  return planOf(ledger, job, { type: 'restore-tags', undoes: job.id }, ({ item, outcome }) =>
    outcome !== null && outcome.changedTags.length > 0 ? { ...item, changeTags: outcome.changedTags } : null,
  );
}

async function planOf(
  ledger: Ledger,
  { id, connectionId }: Job,
  action: PlanAction,
  choose: (item: JobItem) => PlanItem | null,
): Promise<Plan | null> {
  const items: PlanItem[] = [];
  for await (const batch of ledger.batches(id, BATCH)) {
    for (const each of batch) {
      const chosen = choose(each);
      if (chosen !== null) items.push(chosen);
    }
  }
  return items.length === 0 ? null : { connectionId, action, items, leftOut: [], allMatching: false };
}
