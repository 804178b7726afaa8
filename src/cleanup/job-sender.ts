import type { Job, Live } from '@/domain/job';

import { findProvider, type Care, type Stop } from './care';
import { RUNNER_LOCK, type Release } from './job-locks';
import { LedgerError } from './ledger';
import { problemOf } from './problem';
import type { JobRun, RunEnd } from './run-job';
import { settledOf, SettleRate } from './settle-rate';

/** Small jobs are watched in a dialog, and wait for nobody. */
const MOST_SMALL = 49;
export const isBig = (job: Job): boolean => job.total > MOST_SMALL;
/** Rates fall when nothing happens, and nobody says so. */
const TICK_MS = 1_000;

/** The runs of one job, one after the other, and how the one under way is doing. */
export class JobSender {
  readonly #care: Care;
  #isInLine = false;
  #pace = 0;
  #wait: Live['wait'] = null;
  #rate = new SettleRate();

  constructor(care: Care) {
    this.#care = care;
  }

  get isInLine(): boolean {
    return this.#isInLine;
  }

  get pace(): number {
    return this.#pace;
  }

  get wait(): Live['wait'] {
    return this.#wait;
  }

  perSecond(job: Job): number | null {
    return this.#rate.perSecond(settledOf(job), this.#care.now());
  }

  /** Never rejects: whatever goes wrong is why the job pauses. */
  async send(
    job: Job,
    {
      signal,
      mindsStrangers,
      onProgress,
    }: Required<Pick<JobRun, 'signal' | 'mindsStrangers' | 'onProgress'>>,
  ): Promise<RunEnd> {
    const ticking = setInterval(this.#care.onChange, TICK_MS);
    let release: Release | null = null;
    try {
      let found = await findProvider(job, this.#care);
      if (isBig(job) && !('pause' in found)) {
        release = await this.#queueUp(signal);
        // The key may have been forgotten meanwhile.
        found = await findProvider(job, this.#care);
      }
      if (signal.aborted) return { cause: 'stopped' };
      if ('pause' in found) return found;
      const isPinned = await this.#care.pinsOf(job.connectionId);
      this.#note(job);
      return await this.#care.run({
        provider: found.provider,
        ledger: this.#care.ledger,
        jobId: job.id,
        signal,
        ...{ isPinned, mindsStrangers },
        onProgress: (now) => {
          this.#note(now);
          onProgress(now);
        },
        onPace: (inFlight) => {
          this.#pace = inFlight;
          this.#care.onChange();
        },
        onWait: (wait) => {
          this.#wait = wait;
          this.#care.onChange();
        },
        onGone: this.#care.onGone,
      });
    } catch (error) {
      return stopFor(error);
    } finally {
      clearInterval(ticking);
      release?.();
      this.#isInLine = false;
      this.#pace = 0;
      this.#wait = null;
      this.#rate = new SettleRate();
    }
  }

  #note(job: Job): void {
    this.#rate.note(settledOf(job), this.#care.now());
  }

  async #queueUp(signal: AbortSignal): Promise<Release | null> {
    const { locks, onChange } = this.#care;
    const free = await locks.take(RUNNER_LOCK);
    if (free !== null) return free;
    this.#isInLine = true;
    onChange();
    const release = await locks.wait(RUNNER_LOCK, signal);
    this.#isInLine = false;
    onChange();
    return release;
  }
}

const stopFor = (error: unknown): Stop => ({
  cause: 'paused',
  pause:
    error instanceof LedgerError ? { cause: 'storage' } : { cause: 'refused', problem: problemOf(error) },
});
