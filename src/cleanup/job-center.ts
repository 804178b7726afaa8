import type { Connection } from '@/domain/connection';
import { isOver, type Job } from '@/domain/job';
import { totalsOf } from '@/domain/make-plan';
import type { Plan } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';

import { withBestFirst } from './first-copy';
import { planRetry, planUndo } from './follow-up-plans';
import { openJobChannel, type Told } from './job-channel';
import { jobLock, openLocks, type JobLocks } from './job-locks';
import { JobsStore, type JobsView } from './jobs-view';
import { LedgerError, type Ledger } from './ledger';
import { newId } from './new-id';
import { Onlooker } from './onlooker';
import { OwnJobs } from './own-jobs';
import { runJob } from './run-job';
import type { PageEvents } from './unload-warning';
import { verifyGone } from './verify';

export type { JobsView };

export interface StartOptions {
  /** Seconds before the first request. */
  readonly graceSeconds: number;
  readonly checksChanges: boolean;
  readonly retries?: string;
  /** Deletes one copy first, and the others only when the copy that stays is whole. */
  readonly firstCopy?: boolean;
  /** A dialog shows how it goes, and tells how it ended. */
  readonly attended?: boolean;
}

/** All jobs of this browser, and the ways to steer them. One per page. */
export interface JobCenter {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  view(): JobsView;
  /** Writes the plan down and begins, after the grace. @returns the job's id @throws LedgerError before any request */
  start(plan: Plan, options: StartOptions): Promise<string>;
  /** Begins at once instead of waiting for the end of the grace. */
  startNow(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  /** Goes on: after a pause, a refusal, a crash. In another tab's job: asks that tab. */
  resume(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  /** A new job for what failed or is unknown. @returns its id, or null when there is nothing to retry */
  retry(id: string): Promise<string | null>;
  /** A job that puts back exactly what a tag removal took off. @returns its id, or null when there is nothing to undo */
  undo(id: string): Promise<string | null>;
  /** Looks whether what counts as gone is gone. */
  verify(id: string): Promise<void>;
  /** @throws Error while some tab looks after it */
  forget(id: string): Promise<void>;
  /**
   * Resolves when this tab sends no further item of this job: it is over, or paused. The final look may be under way.
   * A job of another tab: at once, as it stands.
   */
  finished(id: string): Promise<Job>;
  /** Stops at the next item: for the end of the page and of a test. */
  close(): void;
}

export interface JobCenterOptions {
  readonly ledger: Ledger;
  readonly connectionOf: (id: string) => Pick<Connection, 'label' | 'kind' | 'baseUrl'> | null;
  /** Null: there is no such connection any more. */
  readonly providerOf: (connectionId: string) => Promise<AssetProvider | null>;
  /** Also true where none is needed. */
  readonly hasKey: (connectionId: string) => boolean;
  /** What tells of an asset whether it is pinned at the moment of asking. @throws LedgerError when nobody can tell */
  readonly pinsOf: (connectionId: string) => Promise<(id: string) => boolean>;
  /** Ids that the provider confirmed to be gone, by a job of whatever tab. */
  readonly onGone: (connectionId: string, ids: readonly string[]) => void;
  /** Tags were taken off or put back, by a job of whatever tab. */
  readonly onEdited: (connectionId: string) => void;
  /** A job of this tab stopped by itself. */
  readonly onStopped?: (job: Job) => void;
  readonly now?: () => number;
  readonly run?: typeof runJob;
  readonly verify?: typeof verifyGone;
  readonly locks?: JobLocks;
  readonly page?: PageEvents;
}

const KEPT_JOBS = 200;
/** Writing down a long plan takes time, which is not taken off the person's. */
const LATE_MS = 200;
const FORGET_MS = 1_000;

/** The one that owns the jobs of this page, and knows of those of other tabs. */
export function createJobCenter(options: JobCenterOptions): JobCenter {
  const { ledger, connectionOf, onGone, onEdited } = options;
  const { run = runJob, verify = verifyGone, now = Date.now, locks = openLocks(), page = window } = options;
  const store = new JobsStore();
  const channel = openJobChannel(hear, (id, step) => own.answer(id, step));
  const onlooker: Onlooker = new Onlooker({
    ...{ ledger, locks, store, now },
    isHere: (id) => own.get(id) !== undefined,
    onFound: (id) => channel.tell({ type: 'job', id, live: null }),
  });
  const own: OwnJobs = new OwnJobs({ ...options, run, verify, now, locks, page, store, channel, onlooker });
  let opened: Promise<void> | null = null;

  function hear(message: Told) {
    if (message.type === 'hello') own.tellAll();
    else if (message.type === 'job') onlooker.hear(message.id, message.live);
    else {
      if (message.gone.length > 0) onGone(message.connectionId, message.gone);
      if (message.edited) onEdited(message.connectionId);
    }
  }

  /** What a browser that could not keep jobs says now may have changed: each start asks again. */
  function ready(): Promise<void> {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      store.setProblem(wordsFor(error));
      throw error;
    });
    return opened;
  }

  async function open() {
    await Promise.all((await ledger.jobs()).map((job) => onlooker.find(job)));
    store.setRead();
    channel.tell({ type: 'hello' });
  }

  /** @param follows the job that the plan was made of: the connection may have moved since */
  async function start(
    plan: Plan,
    { graceSeconds, checksChanges, retries, firstCopy = false, attended = false }: StartOptions,
    follows: Pick<Job, 'baseUrl' | 'providerKind'> | null,
  ): Promise<string> {
    await ready();
    const { connectionId, action, leftOut } = plan;
    const items = firstCopy ? withBestFirst(plan.items) : plan.items;
    const connection = connectionOf(connectionId);
    if (connection === null) throw new Error('This connection is not offered here any more.');
    const { baseUrl = connection.baseUrl, providerKind } = follows ?? { providerKind: connection.kind };
    const id = newId();
    // Before the job exists: whoever finds it takes it for one whose tab is gone otherwise.
    const release = await locks.take(jobLock(id));
    if (release === null) throw new Error('A new job belongs to somebody else.');
    try {
      const { upToBytes, unknownSizes } = totalsOf(items);
      const createdAt = now();
      const grace = graceSeconds * 1_000;
      let job = await ledger.create(
        {
          ...{ id, connectionId, connectionLabel: connection.label, baseUrl, providerKind },
          ...{ action, createdAt, phase: grace > 0 ? 'grace' : 'running', pause: null, cancelledBy: null },
          ...{ graceUntil: grace > 0 ? createdAt + grace : null, checksChanges, upToBytes, unknownSizes },
          leftOut: leftOut.map(({ reason, assets }) => ({ reason, count: assets.length })),
          ...{ retries: retries ?? null, attended, endedAt: null, verification: null },
          ...(firstCopy && { firstCopy: 'pending' as const }),
        },
        items,
      );
      if (grace > 0 && now() - createdAt > LATE_MS)
        job = await ledger.update(id, { graceUntil: now() + grace });
      own.tend(job, release).begin();
    } catch (error) {
      release();
      throw error;
    }
    prune().catch(() => undefined);
    return id;
  }

  async function prune() {
    await ledger.prune(KEPT_JOBS);
    if (store.jobs().length <= KEPT_JOBS) return;
    const kept = new Set((await ledger.jobs()).map(({ id }) => id));
    for (const { id, phase } of store.jobs()) if (isOver(phase) && !kept.has(id)) store.drop(id);
  }

  async function read(id: string): Promise<Job> {
    const job = await ledger.job(id);
    if (job === null) throw new Error('There is no such job any more.');
    return job;
  }

  async function follow(id: string, planFor: typeof planRetry, retries?: string): Promise<string | null> {
    const job = await read(id);
    const plan = await planFor(ledger, job);
    if (plan === null) return null;
    const { checksChanges } = job;
    // What an earlier job has not found to be whole is looked at again.
    const firstCopy = job.firstCopy === 'pending' || job.firstCopy === 'damaged';
    const options = {
      graceSeconds: 0,
      checksChanges,
      firstCopy,
      ...(retries === undefined ? {} : { retries }),
    };
    return start(plan, options, job);
  }

  ready().catch(() => undefined);

  return {
    subscribe: (listener) => store.subscribe(listener),
    view: () => store.view,
    start: (plan, options) => start(plan, options, null),
    startNow: (id) => own.steer(id, 'startNow'),
    pause: (id) => own.steer(id, 'pause'),
    resume: (id) => own.steer(id, 'resume'),
    cancel: (id) => own.steer(id, 'cancel'),
    retry: (id) => follow(id, planRetry, id),
    undo: (id) => follow(id, planUndo),
    verify: (id) => own.look(id),
    async forget(id) {
      await own.giveUp(id);
      const release = await locks.wait(jobLock(id), AbortSignal.timeout(FORGET_MS));
      if (release === null) throw new Error('Another tab looks after this job.');
      try {
        await ledger.remove(id);
      } finally {
        release();
      }
      store.drop(id);
      channel.tell({ type: 'job', id, live: null });
    },
    finished: async (id) => own.get(id)?.finished() ?? read(id),
    close() {
      onlooker.close();
      own.close();
      channel.close();
      locks.close();
    },
  };
}

const wordsFor = (error: unknown): string =>
  error instanceof LedgerError ? error.message : 'The record of jobs could not be read. Reload the page.';
