import type { ItemOutcome, PauseReason, Problem } from '@/domain/job';

import { plainProblem } from './problem';

const LAST = 20;
const SHARE_OF_FAILURES = 0.3;
const STRANGERS_IN_A_ROW = 5;

const UNKNOWN_PROBLEM: Problem = plainProblem('Many failed', 'The provider did not say why.');

/** Says when going on would do harm or no good: a person has to look first. */
export class Circuit {
  readonly #minds: boolean;
  #last: ItemOutcome[] = [];
  #strangers = 0;

  /** @param mindsStrangers whether many that are not there, one after the other, are a reason to ask */
  constructor(mindsStrangers: boolean) {
    this.#minds = mindsStrangers;
  }

  /** To be told every outcome as it comes. @returns why to pause; null to go on */
  note(outcome: ItemOutcome): PauseReason | null {
    this.#strangers = outcome.state === 'already-gone' ? this.#strangers + 1 : 0;
    if (this.#minds && this.#strangers >= STRANGERS_IN_A_ROW) return { cause: 'strangers' };
    this.#last = [...this.#last, outcome].slice(-LAST);
    const failed = this.#last.filter(hasFailed);
    return hasFailed(outcome) && failed.length > LAST * SHARE_OF_FAILURES
      ? { cause: 'failing', problem: outcome.problem ?? UNKNOWN_PROBLEM }
      : null;
  }
}

const hasFailed = ({ state }: ItemOutcome): boolean =>
  state === 'failed-retryable' || state === 'failed-final' || state === 'unknown';
