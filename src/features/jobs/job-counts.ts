import { ITEM_STATES, isFinal, isOver, type Counts, type ItemState, type Job } from '@/domain/job';

const sum = (counts: Counts, states: readonly ItemState[]): number =>
  states.reduce((total, state) => total + counts[state], 0);

const FINAL_STATES = ITEM_STATES.filter(isFinal);

/** How an asset ended, as people think of it: one or more states of the ledger. Together they are all states. */
export const OUTCOMES = [
  'deleted',
  'edited',
  'already-gone',
  'protected',
  'changed',
  'failed',
  'unknown',
  'not-sent',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const STATES: Readonly<Record<Outcome, readonly ItemState[]>> = {
  deleted: ['deleted'],
  edited: ['edited'],
  'already-gone': ['already-gone'],
  protected: ['protected'],
  changed: ['changed'],
  failed: ['failed-retryable', 'failed-final'],
  unknown: ['unknown'],
  'not-sent': ['queued', 'sending'],
};

export const statesOf = (outcome: Outcome): readonly ItemState[] => STATES[outcome];

export const countOf = ({ counts }: Job, outcome: Outcome): number => sum(counts, STATES[outcome]);

/** Items whose outcome the provider settled, in whatever way. */
export const settledOf = ({ counts }: Job): number => sum(counts, FINAL_STATES);

export const leftOf = (job: Job): number => job.total - settledOf(job);

/** What the job was for, confirmed: deleted, or tags taken off or put back. */
export const achievedOf = ({ counts }: Job): number => counts.deleted + counts.edited;

export const goneOf = ({ counts }: Job): number => counts.deleted + counts['already-gone'];

/** What "retry" would try again: nothing before the job is over. */
export const retriableOf = (job: Job): number =>
  isOver(job.phase) ? countOf(job, 'failed') + countOf(job, 'unknown') : 0;

/** The outcomes worth showing for a job of this kind, even when none ended so. */
export const outcomesOf = (job: Job): readonly Outcome[] =>
  OUTCOMES.filter(
    (outcome) =>
      countOf(job, outcome) > 0 || outcome !== (job.action.type === 'delete' ? 'edited' : 'deleted'),
  );
