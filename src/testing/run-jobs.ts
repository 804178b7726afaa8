import { vi } from 'vitest';

import { runJob, type JobRun, type RunEnd } from '@/cleanup/run-job';
import type { Asset } from '@/domain/asset';
import type { Job, JobItem } from '@/domain/job';
import type { PlanAction, PlanItem } from '@/domain/plan';

import { anAsset } from './assets';
import { MemoryLedger } from './memory-ledger';
import type { PretendHost } from './pretend-host';

export const JOB = 'job-1';

/** A job's item for an asset as it was seen; a test names only what it is about. */
export const planItem = (
  about: Partial<Asset> & { readonly id: string },
  changeTags: readonly string[] = [],
): PlanItem => ({
  ...anAsset(about),
  changeTags,
});

/** A ledger with one confirmed job in it. */
export async function ledgerWith(
  items: readonly (PlanItem | string)[],
  about: Partial<Job> = {},
): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  const action: PlanAction = { type: 'delete' };
  const created = ledger.create(
    {
      id: JOB,
      connectionId: 'pretend',
      connectionLabel: 'Pretend',
      providerKind: 'comfy-cloud',
      action,
      createdAt: Date.now(),
      phase: 'running',
      graceUntil: null,
      pause: null,
      cancelledBy: null,
      checksChanges: false,
      upToBytes: 0,
      unknownSizes: 0,
      leftOut: [],
      retries: null,
      attended: false,
      endedAt: null,
      verification: null,
      ...about,
    },
    items.map((item) => (typeof item === 'string' ? planItem({ id: item }) : item)),
  );
  await vi.runAllTimersAsync();
  await created;
  return ledger;
}

export interface JobTrial {
  readonly end: RunEnd;
  readonly items: ReadonlyMap<string, JobItem>;
  readonly states: readonly JobItem['state'][];
  readonly progress: readonly Job[];
  readonly paces: readonly number[];
  readonly waits: readonly (number | null)[];
  readonly gone: readonly string[];
  /** How many requests had been sent when the person stopped the run. */
  readonly sentBeforeAbort: number;
  /** ms from the first to the last thing that happened. */
  readonly took: number;
}

/** Runs a job from where its ledger stands until the run ends, in no time; the timers must be fake. */
export async function runToEnd(
  host: PretendHost,
  ledger: MemoryLedger,
  options: Pick<JobRun, 'onPace' | 'onWait' | 'isPinned' | 'mindsStrangers'> & {
    readonly abortAfter?: number | null;
  } = {},
): Promise<JobTrial> {
  const { abortAfter = null, isPinned = () => false, mindsStrangers = true } = options;
  const abort = new AbortController();
  const progress: Job[] = [];
  const paces: number[] = [];
  const waits: (number | null)[] = [];
  const gone: string[] = [];
  let sentBeforeAbort = Infinity;
  const stop = () => {
    sentBeforeAbort = host.sent.length;
    abort.abort();
  };
  if (abortAfter === 0) stop();
  else if (abortAfter !== null) setTimeout(stop, abortAfter);
  const began = Date.now();
  let ended = began;
  const done = runJob({
    provider: host.provider,
    ledger,
    jobId: JOB,
    signal: abort.signal,
    ...{ isPinned, mindsStrangers },
    onProgress: (job) => progress.push(job),
    onPace: (pace) => {
      paces.push(pace);
      options.onPace?.(pace);
    },
    onWait: (wait) => {
      waits.push(wait?.until ?? null);
      options.onWait?.(wait);
    },
    onGone: (ids) => gone.push(...ids),
  }).finally(() => {
    ended = Date.now();
  });
  await vi.runAllTimersAsync();
  const items = ledger.itemsOf(JOB);
  return {
    ...{ progress, paces, waits, gone, sentBeforeAbort },
    end: await done,
    took: ended - began,
    items: new Map(items.map((item) => [item.item.id, item])),
    states: items.map(({ state }) => state),
  };
}
