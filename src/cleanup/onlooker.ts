import { isOver, type Job, type Live } from '@/domain/job';

import { jobLock, type JobLocks } from './job-locks';
import type { JobsStore } from './jobs-view';
import type { Ledger } from './ledger';

interface OnlookerOptions {
  readonly ledger: Ledger;
  readonly locks: JobLocks;
  readonly store: JobsStore;
  /** Whether this tab looks after a job, and so knows better. */
  readonly isHere: (id: string) => boolean;
  /** This tab found that nobody looks after a job, and wrote that down. */
  readonly onFound: (id: string) => void;
  readonly now: () => number;
}

/** Until the tab that runs a job says more. */
const ELSEWHERE: Live = {
  ...{ running: true, here: false, waitsForOther: false },
  ...{ pace: 0, perSecond: null, wait: null, verifying: null },
};
const NOBODY: Live = { ...ELSEWHERE, running: false };

/** Keeps an eye on the jobs of other tabs: what they say of them, and whether those tabs are still there. */
export class Onlooker {
  readonly #options: OnlookerOptions;
  readonly #closing = new AbortController();
  readonly #watched = new Set<string>();
  readonly #live = new Map<string, Live>();
  /** Jobs that are being read; `true` when they are to be read once more. */
  readonly #reading = new Map<string, boolean>();

  constructor(options: OnlookerOptions) {
    this.#options = options;
  }

  /** A job as it was found in the ledger: somebody runs it, or it was broken off. @throws LedgerError */
  async find(job: Job): Promise<void> {
    const { locks, store, isHere, onFound } = this.#options;
    if (isHere(job.id)) return;
    if (!isUnderWay(job)) {
      store.set(job, null);
      return;
    }
    const release = await locks.take(jobLock(job.id));
    if (release === null) {
      if (isHere(job.id)) return;
      store.set(job, ELSEWHERE);
      this.#watch(job.id);
      return;
    }
    try {
      store.set((await this.settle(job.id)) ?? job, null);
    } finally {
      release();
    }
    onFound(job.id);
  }

  /** Another tab says how a job is doing; what became of it is read from the ledger. */
  hear(id: string, live: Live | null): void {
    if (this.#options.isHere(id)) return;
    if (live === null) this.#live.delete(id);
    else this.#live.set(id, { ...live, here: false });
    if (live !== null && (live.running || live.waitsForOther || live.verifying !== null)) this.#watch(id);
    void this.#read(id);
  }

  /**
   * Writes down what it means that nobody looked after a job: only for whoever holds its lock.
   * @throws LedgerError
   */
  async settle(id: string): Promise<Job | null> {
    const { ledger, now } = this.#options;
    const job = await ledger.job(id);
    if (job === null || !isUnderWay(job)) return job;
    try {
      return await ledger.update(
        id,
        job.phase === 'running'
          ? { phase: 'paused', pause: { cause: 'interrupted' } }
          : { phase: 'cancelled', cancelledBy: 'closed-tab', graceUntil: null, endedAt: now() },
      );
    } catch (error) {
      // Where locks are only a word between tabs, its tab may have been there after all, and have ended it just now.
      const ended = await ledger.job(id);
      if (ended === null || !isOver(ended.phase)) throw error;
      return ended;
    }
  }

  close(): void {
    this.#closing.abort();
  }

  /** Whoever gets the lock that another tab held knows that it let go, or is gone. */
  #watch(id: string): void {
    if (this.#watched.has(id) || this.#closing.signal.aborted) return;
    this.#watched.add(id);
    void this.#waitFor(id).finally(() => this.#watched.delete(id));
  }

  async #waitFor(id: string): Promise<void> {
    const { locks, isHere, store, onFound } = this.#options;
    const release = await locks.wait(jobLock(id), this.#closing.signal);
    if (release === null) return;
    try {
      const before = store.job(id);
      const job = await this.settle(id);
      this.#live.delete(id);
      if (!isHere(id)) this.#show(id, job);
      if (job !== null && before?.phase !== job.phase) onFound(id);
    } catch {
      // It cannot be written down; still, nobody runs it.
      this.#live.set(id, NOBODY);
      void this.#read(id);
    } finally {
      release();
    }
  }

  async #read(id: string): Promise<void> {
    if (this.#reading.has(id)) {
      this.#reading.set(id, true);
      return;
    }
    const { ledger, isHere } = this.#options;
    try {
      do {
        this.#reading.set(id, false);
        const job = await ledger.job(id);
        if (!isHere(id) && !this.#closing.signal.aborted) this.#show(id, job);
      } while (this.#reading.get(id) === true);
    } catch {
      // The next message makes up for it.
    } finally {
      this.#reading.delete(id);
    }
  }

  #show(id: string, job: Job | null): void {
    const { store } = this.#options;
    if (job === null) {
      store.drop(id);
      return;
    }
    const live = this.#live.get(id) ?? null;
    const isQuiet = isOver(job.phase) && live?.verifying === null;
    store.set(job, isQuiet ? null : (live ?? (isUnderWay(job) ? ELSEWHERE : null)));
  }
}

const isUnderWay = ({ phase }: Job): boolean => phase === 'grace' || phase === 'running';
