import type { ItemOutcome, Job } from '@/domain/job';

import type { Care } from './care';
import { plainProblem } from './problem';

/**
 * Ends a job that nobody sends any more. What was never sent stays queued; what was under way when the answer could no
 * longer be heard, may or may not have happened. @throws LedgerError
 */
export async function callOff({ id }: Job, { ledger, now }: Pick<Care, 'ledger' | 'now'>): Promise<Job> {
  const open = await ledger.sending(id);
  if (open.length > 0) {
    const outcome: ItemOutcome = {
      state: 'unknown',
      problem: plainProblem('Nobody heard the answer', 'It was under way when the job was stopped.'),
      ...{ changedTags: [], unchangedTags: [], settledAt: now() },
    };
    await ledger.settle(
      id,
      open.map(({ index }) => ({ index, outcome })),
    );
  }
  return ledger.update(id, {
    ...{ phase: 'cancelled', cancelledBy: 'person', graceUntil: null, pause: null, endedAt: now() },
  });
}
