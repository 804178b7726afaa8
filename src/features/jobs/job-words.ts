import type { Job } from '@/domain/job';
import type { PlanAction } from '@/domain/plan';
import { formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';

import { achievedOf, countOf, leftOf, type Outcome } from './job-counts';

interface ActionWords {
  /** Before a colon. */
  readonly doing: string;
  /** Before "5,000 assets". */
  readonly doingTo: string;
  readonly did: string;
  readonly noun: string;
  readonly stop: string;
  readonly stays: string;
}

const WORDS: Readonly<Record<PlanAction['type'], ActionWords>> = {
  delete: {
    doing: 'Deleting',
    doingTo: 'Deleting',
    did: 'Deleted',
    noun: 'A deletion of',
    stop: 'Stop deleting?',
    stays: 'What was deleted stays deleted.',
  },
  'remove-tags': {
    doing: 'Removing tags',
    doingTo: 'Removing tags from',
    did: 'Removed tags from',
    noun: 'A removal of tags from',
    stop: 'Stop removing tags?',
    stays: 'Tags that were removed stay removed; the report can put them back.',
  },
  'restore-tags': {
    doing: 'Putting tags back',
    doingTo: 'Putting tags back on',
    did: 'Put tags back on',
    noun: 'A return of tags to',
    stop: 'Stop putting tags back?',
    stays: 'Tags that were put back stay.',
  },
};

export const wordsOf = (job: Job): ActionWords => WORDS[job.action.type];

const assetsOf = (job: Job) => formatCount(job.total, 'asset');

/** `Delete 5,000 assets`. */
export function titleOf(job: Job): string {
  const { action } = job;
  switch (action.type) {
    case 'delete':
      return `Delete ${assetsOf(job)}`;
    case 'remove-tags': {
      const [only] = action.tags;
      const what =
        action.tags.length === 1 && only !== undefined
          ? `tag ${isolate(only)}`
          : formatCount(action.tags.length, 'tag');
      return `Remove ${what} from ${assetsOf(job)}`;
    }
    case 'restore-tags':
      return `Put tags back on ${assetsOf(job)}`;
  }
}

/** `Deleting 5,000 assets`. */
export const doingText = (job: Job): string => `${wordsOf(job).doingTo} ${assetsOf(job)}`;

/** `A deletion of 5,000 assets`. */
export const nounText = (job: Job): string => `${wordsOf(job).noun} ${assetsOf(job)}`;

/** `Deleted 1,204 of 5,000, 12 failed`: what the provider confirmed so far. */
export function confirmedText(job: Job): string {
  const failed = countOf(job, 'failed');
  return `${wordsOf(job).did} ${formatNumber(achievedOf(job))} of ${formatNumber(job.total)}${failed === 0 ? '' : `, ${formatNumber(failed)} failed`}`;
}

const SUMMARY: readonly (readonly [Outcome, string])[] = [
  ['already-gone', 'already gone'],
  ['protected', 'protected'],
  ['changed', 'changed'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
];

/** `4,980 deleted, 12 already gone, 8 failed`: only what there is any of. */
export function summaryText(job: Job): string {
  const achieved = formatNumber(achievedOf(job));
  const parts =
    achievedOf(job) === 0
      ? []
      : [
          {
            delete: `${achieved} deleted`,
            'remove-tags': `tags removed from ${achieved}`,
            'restore-tags': `tags put back on ${achieved}`,
          }[job.action.type],
        ];
  for (const [outcome, word] of SUMMARY) {
    if (countOf(job, outcome) > 0) parts.push(`${formatNumber(countOf(job, outcome))} ${word}`);
  }
  const left = leftOf(job);
  if (left > 0) parts.push(`${formatNumber(left)} ${notSentText(job).toLowerCase()}`);
  return parts.join(', ');
}

/** What is queued or on its way is not sent for good only when the job is over. */
export const notSentText = ({ phase }: Job): string =>
  phase === 'done' || phase === 'cancelled' ? 'Not sent' : 'Still to do';
