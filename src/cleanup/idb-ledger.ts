import { isOver } from '@/domain/job';

import { LedgerError, type Ledger } from './ledger';
import { createJob } from './ledger-create';
import { claimItems, releaseItems, sendingItems, settleItems } from './ledger-moves';
import { readBatches, readPage } from './ledger-pages';
import { completeJobs, pruneJobs, removeJobs, sweepAbandoned } from './ledger-removal';
import { existingJob, putJob, read, write } from './ledger-transaction';

/** The ledger of this browser, the same in all its tabs; a missing or full storage shows at its first use. */
export function openLedger(): Ledger {
  // Nobody waits for it: what it takes away is shown to nobody.
  sweepAbandoned().catch(() => undefined);
  return {
    create: createJob,
    jobs: () => read(completeJobs),
    job: (id) =>
      read(async (transaction) => {
        const stored = await transaction.objectStore('jobs').get(id);
        return stored?.complete === true ? stored.job : null;
      }),
    update: (id, change) =>
      write(async (transaction) => {
        const before = await existingJob(transaction, id);
        if (isOver(before.phase) && (change.phase ?? before.phase) !== before.phase) {
          throw new LedgerError('This job is over.');
        }
        const job = { ...before, ...change };
        await putJob(transaction, job);
        return job;
      }),
    claim: claimItems,
    sending: sendingItems,
    release: releaseItems,
    settle: settleItems,
    items: readPage,
    batches: readBatches,
    remove: (id) => removeJobs([id]),
    prune: pruneJobs,
  };
}
