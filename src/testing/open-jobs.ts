import 'fake-indexeddb/auto';
import { onTestFinished } from 'vitest';

import { openLedger } from '@/cleanup/idb-ledger';
import { createJobCenter, type JobCenter, type StartOptions } from '@/cleanup/job-center';
import type { JobLocks } from '@/cleanup/job-locks';
import type { Ledger } from '@/cleanup/ledger';
import type { Job } from '@/domain/job';
import type { Plan } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';

/** There is no other tab to share with. */
const NO_LOCKS: JobLocks = {
  take: () => Promise.resolve(() => undefined),
  wait: () => Promise.resolve(() => undefined),
  close: () => undefined,
};

/** The jobs of one test, really carried out at its pretend network; without the final look, which outlives a test. */
export function openJobs(provider: AssetProvider) {
  const ledger = openLedger();
  let failure: Error | null = null;
  const center = createJobCenter({
    ledger: {
      ...ledger,
      create: (...about) => (failure === null ? ledger.create(...about) : Promise.reject(failure)),
    },
    connectionOf: () => provider.connection,
    providerOf: () => Promise.resolve(provider),
    hasKey: () => true,
    pinsOf: () => Promise.resolve(() => false),
    onGone: () => undefined,
    onEdited: () => undefined,
    verify: () => Promise.resolve({ confirmed: 0, of: 0, stillThere: [], unclear: 0 }),
    locks: NO_LOCKS,
  });
  onTestFinished(() => center.close());

  const started: (StartOptions & { readonly id: string; readonly plan: Plan })[] = [];
  const noting: JobCenter = {
    ...center,
    start: async (plan, options) => {
      const id = await center.start(plan, options);
      started.push({ id, plan, ...options });
      return id;
    },
  };
  return {
    center: noting,
    items: (...page: Parameters<Ledger['items']>) => ledger.items(...page),
    /** What was begun, in order; not what follows from it, such as an undo. */
    started,
    /** The jobs that were begun, as they stand. */
    jobs: (): readonly Job[] =>
      started.flatMap(({ id }) => center.view().jobs?.filter((job) => job.id === id) ?? []),
    /** From now on no job can be written down, until it is null. */
    failStarts: (error: Error | null) => {
      failure = error;
    },
  };
}
