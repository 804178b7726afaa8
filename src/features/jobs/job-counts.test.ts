import { expect, it } from 'vitest';

import { ITEM_STATES } from '@/domain/job';
import { aJob } from '@/testing/pretend-jobs';

import { countOf, leftOf, OUTCOMES, settledOf, statesOf } from './job-counts';

it('every state belongs to exactly one outcome, so the counts of a report add up to its plan', () => {
  expect(OUTCOMES.flatMap(statesOf).toSorted()).toEqual(ITEM_STATES.toSorted());
  // Different powers of two: no state can stand in for another.
  const job = aJob(Object.fromEntries(ITEM_STATES.map((state, place) => [state, 2 ** place])));
  expect(OUTCOMES.reduce((sum, outcome) => sum + countOf(job, outcome), 0)).toBe(job.total);
  expect(settledOf(job) + leftOf(job)).toBe(job.total);
  expect(leftOf(job)).toBe(1 + 2);
});
