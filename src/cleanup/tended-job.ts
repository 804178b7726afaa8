import { isOver, type Job, type Live, type PauseReason } from '@/domain/job';

import { callOff } from './call-off';
import type { Care } from './care';
import { takeFinalLook } from './final-look';
import { isBig, JobSender } from './job-sender';
import type { JobChange } from './ledger';
import { pause } from './pause';

/** One job in the hands of this tab: from its start, or its take-over, until it is over or somebody else's. */
export class TendedJob {
  readonly #care: Care;
  readonly #sender: JobSender;
  #job: Job;
  /** What the person asked for last. */
  #wish: 'go' | 'pause' | 'cancel' = 'go';
  /** Ends what is waited for or sent; then the wish is looked at. */
  #halt = new AbortController();
  #graceIsOver = false;
  /** Until the person has said that it is all right if many are not there. */
  #mindsStrangers = true;
  #isClosed = false;
  #working: Promise<void> | null = null;
  #onRunning: () => void = () => undefined;
  /** Why the last step could not be written down. */
  #failure: Error | null = null;
  #looking: Promise<void> | null = null;
  #looked: Live['verifying'] = null;

  constructor(job: Job, care: Care) {
    this.#job = job;
    this.#care = care;
    this.#sender = new JobSender(care);
  }

  get job(): Job {
    return this.#job;
  }

  /** Null when the job is over, and nobody looks whether it did what it said. */
  get live(): Live | null {
    const { phase } = this.#job;
    if (isOver(phase) && this.#looked === null) return null;
    const { isInLine, pace, wait } = this.#sender;
    return {
      running: phase === 'grace' || (phase === 'running' && !isInLine),
      here: true,
      waitsForOther: isInLine,
      pace,
      perSecond: this.#sender.perSecond(this.#job),
      wait,
      verifying: this.#looked,
    };
  }

  /** Whether the end of the page would break it off. */
  get isUnderWay(): boolean {
    return this.#job.phase === 'grace' || this.#job.phase === 'running';
  }

  begin(): void {
    if (this.#working !== null) return;
    this.#failure = null;
    this.#working = this.#work();
    void this.#working.then(() => this.#afterWork());
  }

  async startNow(): Promise<void> {
    if (this.#job.phase !== 'grace') return;
    this.#graceIsOver = true;
    this.#halt.abort();
    await this.#untilRunning();
  }

  async pause(): Promise<void> {
    if (this.#working === null || this.#wish === 'cancel') return;
    this.#wish = 'pause';
    this.#halt.abort();
    await this.#written(this.#working);
  }

  async resume(): Promise<void> {
    if (isOver(this.#job.phase) || this.#wish === 'cancel') return;
    // One that is about to pause goes on after all.
    this.#wish = 'go';
    this.begin();
    if (this.#job.phase === 'paused') await this.#untilRunning();
  }

  async cancel(): Promise<void> {
    if (isOver(this.#job.phase)) return;
    this.#wish = 'cancel';
    this.#halt.abort();
    this.begin();
    await this.#written(this.#working);
  }

  /** Looks whether what counts as gone is gone, and writes it down. */
  async look(): Promise<void> {
    if (!isOver(this.#job.phase) || this.#job.action.type !== 'delete') return;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  /** @returns the job as it stands when no further item of it is sent by this tab */
  async finished(): Promise<Job> {
    await this.#working;
    return this.#job;
  }

  /** Stops at the next item, and leaves the record as it is found after the end of a page. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#halt.abort();
    this.letGoIfIdle();
    await this.#working;
    await this.#looking?.catch(() => undefined);
  }

  /** What is over needs nobody, and whoever has the key may go on with what was refused. */
  letGoIfIdle(): void {
    if (this.#working !== null || this.#looking !== null) return;
    const { phase, pause: reason } = this.#job;
    if (this.#isClosed || isOver(phase) || reason?.cause === 'refused') this.#care.onLetGo();
  }

  async #work(): Promise<void> {
    try {
      while (!this.#isClosed && !(await this.#step())) {
        // What ended the step was a wish, or the end of the grace.
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error('Unknown failure', { cause: error });
      // Nor can this be written down: whoever reads the ledger next finds an interrupted job.
      this.#job = { ...this.#job, phase: 'paused', graceUntil: null, pause: { cause: 'storage' } };
      this.#care.onChange();
      this.#care.onStopped(this.#job);
    }
  }

  /** @returns whether there is nothing more to do for now @throws LedgerError */
  async #step(): Promise<boolean> {
    const { signal } = (this.#halt = new AbortController());
    if (this.#wish === 'cancel') {
      this.#job = await callOff(this.#job, this.#care);
      this.#care.onChange();
      return true;
    }
    if (this.#wish === 'pause') {
      await this.#stopFor({ cause: 'person' });
      return !this.#isCalledOff();
    }
    if (this.#job.phase === 'grace' && !this.#graceIsOver) {
      await pause((this.#job.graceUntil ?? 0) - this.#care.now(), signal);
      this.#graceIsOver ||= !signal.aborted;
      return false;
    }
    if (this.#job.phase !== 'running') {
      // Whoever goes on after that question has answered it, until the job changes hands: after a refusal it always
      // does, for the next key may be another account's.
      if (this.#job.pause?.cause === 'strangers') this.#mindsStrangers = false;
      await this.#write({ phase: 'running', graceUntil: null, pause: null });
    }
    this.#onRunning();
    const end = await this.#sender.send(this.#job, {
      ...{ signal, mindsStrangers: this.#mindsStrangers },
      onProgress: (job) => this.#progress(job),
    });
    if (end.cause === 'stopped' || (end.cause === 'paused' && this.#isCalledOff())) return false;
    if (end.cause === 'paused') await this.#stopFor(end.pause);
    else await this.#write({ phase: 'done', endedAt: this.#care.now() });
    // It may have been called off while the pause was written down.
    return isOver(this.#job.phase) || !this.#isCalledOff();
  }

  /** A method, since the wish may have changed during an `await`. */
  #isCalledOff(): boolean {
    return this.#wish === 'cancel';
  }

  async #afterWork(): Promise<void> {
    this.#working = null;
    this.#wish = 'go';
    const { phase, counts } = this.#job;
    const gone = counts.deleted + counts['already-gone'];
    // Of a few the answers themselves were seen, one by one; who wants to look again can.
    if (phase === 'done' && gone > 0 && isBig(this.#job) && !this.#isClosed) {
      // What cannot be looked at now can be later, when somebody asks.
      await this.look().catch(() => undefined);
    }
    this.letGoIfIdle();
  }

  #progress(job: Job): void {
    const isEdit = job.counts.edited > this.#job.counts.edited;
    this.#job = job;
    this.#care.onChange();
    if (isEdit) this.#care.onEdited();
  }

  async #look(): Promise<void> {
    const { signal } = (this.#halt = new AbortController());
    const show = (looked: Live['verifying']) => {
      this.#looked = looked;
      this.#care.onChange();
    };
    try {
      const verification = await takeFinalLook(this.#job, this.#care, signal, show);
      this.#looked = null;
      await this.#write({ verification });
    } finally {
      show(null);
    }
  }

  async #stopFor(reason: PauseReason): Promise<void> {
    await this.#write({ phase: 'paused', graceUntil: null, pause: reason });
    if (reason.cause !== 'person') this.#care.onStopped(this.#job);
  }

  async #write(change: JobChange): Promise<void> {
    this.#job = await this.#care.ledger.update(this.#job.id, change);
    this.#care.onChange();
  }

  async #untilRunning(): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      this.#onRunning = resolve;
    });
    await this.#written(Promise.race([begun, this.#working]));
  }

  async #written(step: Promise<unknown> | null): Promise<void> {
    await step;
    if (this.#failure !== null) throw this.#failure;
  }
}
