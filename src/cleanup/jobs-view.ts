import type { Job, Live } from '@/domain/job';

import { paced } from './paced';

export interface JobsView {
  /** Newest first; null until they were read. */
  readonly jobs: readonly Job[] | null;
  /** Of every job that is not over, or whose end is being looked at. */
  readonly live: ReadonlyMap<string, Live>;
  /** Why jobs can be neither kept nor run here; null when they can. */
  readonly problem: string | null;
}

/** More often than this nobody reads. */
const SHOW_MS = 100;

const NOTHING: JobsView = { jobs: null, live: new Map(), problem: null };

/** What is known of all jobs, as one object that changes only when its listeners are told. */
export class JobsStore {
  readonly #jobs = new Map<string, Job>();
  readonly #live = new Map<string, Live>();
  readonly #listeners = new Set<() => void>();
  readonly #publishing = paced(SHOW_MS, () => this.#publish());
  #view = NOTHING;
  /** The list for the next view; null when it must be made. */
  #list: readonly Job[] | null = null;
  #isRead = false;
  #problem: string | null = null;

  get view(): JobsView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  job(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** Turns of a job are shown at once, its progress soon. */
  set(job: Job, live: Live | null): void {
    const was = this.#jobs.get(job.id);
    this.#jobs.set(job.id, job);
    if (job !== was) this.#list = null;
    if (live === null) this.#live.delete(job.id);
    else this.#live.set(job.id, live);
    if (was === undefined || isTurn(was, job)) this.#publishing.now();
    else this.#publishing.soon();
  }

  drop(id: string): void {
    this.#live.delete(id);
    if (!this.#jobs.delete(id)) return;
    this.#list = null;
    this.#publishing.now();
  }

  setRead(): void {
    this.#isRead = true;
    this.#problem = null;
    this.#publishing.now();
  }

  setProblem(problem: string): void {
    this.#problem = problem;
    this.#publishing.now();
  }

  #publish(): void {
    this.#list ??= this.jobs().toSorted((left, right) => right.createdAt - left.createdAt);
    this.#view = {
      jobs: this.#isRead ? this.#list : null,
      live: new Map(this.#live),
      problem: this.#problem,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a job is at another point of its life, and not only further on. */
export const isTurn = (was: Job, is: Job): boolean =>
  was.phase !== is.phase || was.pause !== is.pause || was.verification !== is.verification;
