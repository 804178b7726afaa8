import type { Job } from '@/domain/job';

import type { Care } from './care';
import type { Answer, JobChannel, Step } from './job-channel';
import { jobLock, type Release } from './job-locks';
import { isTurn, type JobsStore } from './jobs-view';
import type { Onlooker } from './onlooker';
import { paced } from './paced';
import { TendedJob } from './tended-job';
import { createUnloadWarning, type PageEvents } from './unload-warning';

interface OwnJobsOptions extends Pick<
  Care,
  'ledger' | 'locks' | 'run' | 'verify' | 'providerOf' | 'hasKey' | 'pinsOf' | 'now'
> {
  readonly store: JobsStore;
  readonly channel: JobChannel;
  readonly onlooker: Onlooker;
  readonly page: PageEvents;
  readonly onGone: (connectionId: string, ids: readonly string[]) => void;
  readonly onEdited: (connectionId: string) => void;
  readonly onStopped?: (job: Job) => void;
}

/** Other tabs are told of progress so often; of turns at once. */
const TELL_MS = 250;
/** A tab that was asked and says nothing may be about to end. */
const PATIENCE_MS = 3_000;
/** One that has just let go of a job may not have it off its hands yet. */
const BRIEFLY_MS = 150;

/** The jobs that this tab looks after, and how others come into its hands. */
export class OwnJobs {
  readonly #options: OwnJobsOptions;
  readonly #jobs = new Map<string, TendedJob>();
  readonly #taking = new Map<string, Promise<TendedJob | null>>();
  readonly #warning: ReturnType<typeof createUnloadWarning>;

  constructor(options: OwnJobsOptions) {
    this.#options = options;
    this.#warning = createUnloadWarning(options.page);
  }

  get(id: string): TendedJob | undefined {
    return this.#jobs.get(id);
  }

  /** @param release lets go of the job's lock */
  tend(job: Job, release: Release): TendedJob {
    const { store, channel, onGone, onEdited, onStopped } = this.#options;
    const { id, connectionId } = job;
    let shown = job;
    let gone: readonly string[] = [];
    let edited = false;

    const telling = paced(TELL_MS, () => {
      channel.tell({ type: 'job', id, live: tended.live });
      if (gone.length > 0 || edited) channel.tell({ type: 'assets', connectionId, gone: [...gone], edited });
      gone = [];
      edited = false;
    });
    const tended = new TendedJob(job, {
      ...this.#options,
      onChange: () => {
        store.set(tended.job, tended.live);
        if (isTurn(shown, tended.job)) telling.now();
        else telling.soon();
        shown = tended.job;
        this.#warn();
      },
      onGone: (ids) => {
        gone = [...gone, ...ids];
        onGone(connectionId, ids);
      },
      onEdited: () => {
        edited = true;
        onEdited(connectionId);
      },
      onStopped: (stopped) => onStopped?.(stopped),
      onLetGo: () => {
        if (!this.#jobs.delete(id)) return;
        store.set(tended.job, null);
        telling.now();
        release();
        this.#warn();
      },
    });
    this.#jobs.set(id, tended);
    store.set(job, tended.live);
    telling.now();
    this.#warn();
    return tended;
  }

  /** Does as the person says: here, or, if another tab looks after the job, there. */
  async steer(id: string, step: Step): Promise<void> {
    let tended = await this.#take(id, BRIEFLY_MS);
    if (tended === null) {
      if ((await this.#options.channel.ask(id, step)) === 'done') return;
      tended = await this.#take(id, PATIENCE_MS);
    }
    if (tended === null) throw new Error('Another tab looks after this job, and does not answer.');
    try {
      await tended[step]();
    } finally {
      tended.letGoIfIdle();
    }
  }

  /** What another tab asks of this one. @returns null when it is not about a job of this tab */
  answer(id: string, step: Step): Answer | null {
    const tended = this.#jobs.get(id);
    if (tended === undefined) return null;
    const { phase, connectionId } = tended.job;
    if (step === 'resume' && phase === 'paused' && !this.#options.hasKey(connectionId)) {
      // The key may be in the tab that asks.
      void tended.close();
      return 'yours';
    }
    // What cannot be written down pauses the job, and every tab sees that.
    tended[step]().catch(() => undefined);
    return 'done';
  }

  /** Takes the final look, unless another tab does so at this moment. */
  async look(id: string): Promise<void> {
    const tended = await this.#take(id, BRIEFLY_MS);
    try {
      await tended?.look();
    } finally {
      tended?.letGoIfIdle();
    }
  }

  /** Looks after a job no longer. @throws Error when it is under way */
  async giveUp(id: string): Promise<void> {
    const tended = this.#jobs.get(id);
    if (tended?.isUnderWay === true) throw new Error('This job is under way.');
    await tended?.close();
  }

  tellAll(): void {
    for (const [id, { live }] of this.#jobs) this.#options.channel.tell({ type: 'job', id, live });
  }

  /** @returns null when somebody else has it for all that time */
  #take(id: string, milliseconds: number): Promise<TendedJob | null> {
    const known = this.#jobs.get(id);
    if (known !== undefined) return Promise.resolve(known);
    const taking =
      this.#taking.get(id) ?? this.#takeOver(id, milliseconds).finally(() => this.#taking.delete(id));
    this.#taking.set(id, taking);
    return taking;
  }

  async #takeOver(id: string, milliseconds: number): Promise<TendedJob | null> {
    const { locks, onlooker } = this.#options;
    const release = await locks.wait(jobLock(id), AbortSignal.timeout(milliseconds));
    if (release === null) return null;
    try {
      const job = await onlooker.settle(id);
      if (job === null) throw new Error('There is no such job any more.');
      return this.tend(job, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  #warn(): void {
    this.#warning.set([...this.#jobs.values()].some(({ isUnderWay }) => isUnderWay));
  }

  close(): void {
    for (const tended of this.#jobs.values()) void tended.close();
    this.#warning.set(false);
  }
}
