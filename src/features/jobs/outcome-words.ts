import { isOver, type ItemState, type Job } from '@/domain/job';
import type { LeftOutReason } from '@/domain/plan';

import { OUTCOMES, statesOf, type Outcome } from './job-counts';
import { notSentText } from './job-words';

/** What each count of a report is called. */
export function outcomeLabel(job: Job, outcome: Outcome): string {
  switch (outcome) {
    case 'deleted':
      return 'Deleted';
    case 'edited':
      return job.action.type === 'restore-tags' ? 'Tags put back' : 'Tags removed';
    case 'already-gone':
      return 'Already gone';
    case 'protected':
      return 'Protected';
    case 'changed':
      return 'Changed';
    case 'failed':
      return 'Failed';
    case 'unknown':
      return 'Unknown';
    case 'not-sent':
      return notSentText(job);
  }
}

export const outcomeOf = (state: ItemState): Outcome =>
  OUTCOMES.find((outcome) => statesOf(outcome).includes(state)) ?? 'unknown';

/** One asset's state; `sending` is told apart while the job runs. */
export const stateLabel = (job: Job, state: ItemState): string =>
  state === 'sending' && !isOver(job.phase) ? 'Being sent' : outcomeLabel(job, outcomeOf(state));

/** Why an asset ended so, where the provider gave no reason of its own. */
export const REASONS: Readonly<Partial<Record<Outcome, string>>> = {
  'already-gone': 'The provider no longer had it',
  protected: 'The provider refuses this',
  changed: 'It changed since it was selected, so it was not touched',
  failed: 'It failed',
  unknown: 'Nobody could find out whether it happened',
};

export const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, string>> = {
  immutable: 'immutable: the provider does not let anyone change them',
  public: 'public: they belong to the provider’s shared library',
  pinned: 'pinned by you',
  'preview-in-use': 'preview of an asset that is kept',
  'last-copy': 'last copy of its content',
  'no-such-tag': 'without these tags',
};
