import type { JobCenter, JobsView } from '@/cleanup/job-center';
import type { Ledger } from '@/cleanup/ledger';
import {
  ITEM_STATES,
  type Counts,
  type ItemOutcome,
  type Job,
  type JobItem,
  type Live,
  type Problem,
} from '@/domain/job';

import { anAsset } from './assets';

/** All zero but those named. */
export const countsOf = (some: Partial<Counts> = {}): Counts => ({
  ...(Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Counts),
  ...some,
});

const JOB: Omit<Job, 'counts' | 'total'> = {
  id: 'job-1',
  connectionId: 'comfy-cloud',
  connectionLabel: 'Comfy Cloud',
  providerKind: 'comfy-cloud',
  action: { type: 'delete' },
  createdAt: Date.UTC(2026, 2, 12, 8),
  phase: 'running',
  graceUntil: null,
  pause: null,
  cancelledBy: null,
  checksChanges: true,
  upToBytes: 5_000_000,
  unknownSizes: 0,
  leftOut: [],
  retries: null,
  attended: false,
  endedAt: null,
  verification: null,
};

/** A deletion that runs; its total is the sum of its counts. */
export function aJob(counts: Partial<Counts> = { queued: 3 }, about: Partial<Job> = {}): Job {
  const all = countsOf(counts);
  return { ...JOB, counts: all, total: Object.values(all).reduce((sum, count) => sum + count, 0), ...about };
}

export const aLive = (about: Partial<Live> = {}): Live => ({
  ...{
    running: true,
    here: true,
    waitsForOther: false,
    pace: 3,
    perSecond: null,
    wait: null,
    verifying: null,
  },
  ...about,
});

export const aProblem = (about: Partial<Problem> = {}): Problem => ({
  ...{ title: 'Comfy Cloud has a problem', hint: 'Try again in a moment.' },
  ...{ message: null, status: null, code: null, requestId: null },
  ...about,
});

export function aJobItem(
  index: number,
  state: JobItem['state'],
  about: { readonly name?: string; readonly changeTags?: readonly string[] } & Partial<
    Omit<ItemOutcome, 'state'>
  > = {},
): JobItem {
  const { name = `${index}.png`, changeTags = [], ...outcome } = about;
  return {
    index,
    item: { ...anAsset({ id: `asset-${index}`, name }), changeTags },
    state,
    outcome:
      state === 'queued' || state === 'sending'
        ? null
        : { state, problem: null, changedTags: [], unchangedTags: [], settledAt: 0, ...outcome },
  };
}

/** A job center that does nothing but remember what it was asked for; a test says what there is to see. */
export function pretendCenter(first: Partial<JobsView> = {}) {
  let view: JobsView = { jobs: [], live: new Map(), problem: null, ...first };
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  let failure: Error | null = null;

  async function ask(what: string): Promise<void> {
    asked.push(what);
    await Promise.resolve();
    if (failure !== null) throw failure;
  }

  const center: JobCenter = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    start: (plan) => ask(`start ${plan.items.length}`).then(() => 'job-2'),
    startNow: (id) => ask(`startNow ${id}`),
    pause: (id) => ask(`pause ${id}`),
    resume: (id) => ask(`resume ${id}`),
    cancel: (id) => ask(`cancel ${id}`),
    retry: (id) => ask(`retry ${id}`).then(() => 'job-2'),
    undo: (id) => ask(`undo ${id}`).then(() => 'job-2'),
    verify: (id) => ask(`verify ${id}`),
    forget: (id) => ask(`forget ${id}`),
    finished: (id) => ask(`finished ${id}`).then(() => view.jobs!.find((job) => job.id === id)!),
    close: () => undefined,
  };

  return {
    center,
    asked,
    show: (jobs: readonly Job[], live: Readonly<Record<string, Live>> = {}) => {
      view = { ...view, jobs, live: new Map(Object.entries(live)) };
      for (const listener of listeners) listener();
    },
    failNext: (error: Error) => {
      failure = error;
    },
  };
}

/** The reading half of a ledger over a list that the test may change. */
export function pretendItems(list: () => readonly JobItem[]) {
  const reads: Parameters<Ledger['items']>[1][] = [];
  const reader: Pick<Ledger, 'items' | 'batches'> = {
    items: (_id, page) => {
      reads.push(page);
      const text = page.text?.toLowerCase() ?? '';
      const found = list().filter(
        ({ state, item }) =>
          (page.states?.includes(state) ?? true) && `${item.name} ${item.id}`.toLowerCase().includes(text),
      );
      return Promise.resolve({
        items: found.slice(page.offset, page.offset + page.limit),
        total: found.length,
      });
    },
    batches: async function* () {
      await Promise.resolve();
      yield list();
    },
  };
  return { reader, reads };
}
