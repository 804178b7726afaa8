import { describe, expect, it } from 'vitest';

import type { ItemState } from '@/domain/job';
import { aJobItem, aProblem } from '@/testing/pretend-jobs';

import { failureReason, latest, outcomeSentence } from './outcome';

const resultsOf = (states: readonly ItemState[]) =>
  new Map(states.map((state, index) => aJobItem(index, state)).map((each) => [each.item.id, each]));
const sentence = (...states: ItemState[]) => {
  const results = resultsOf(states);
  return outcomeSentence(
    [...results.values()].map(({ item }) => item),
    results,
  );
};

describe('the outcome in a sentence', () => {
  it.each<readonly [ItemState, string]>([
    ['deleted', '0.png was deleted'],
    ['already-gone', '0.png was already gone'],
    ['protected', '0.png was not deleted'],
    ['changed', '0.png was not deleted'],
    ['failed-final', '0.png was not deleted'],
    ['queued', '0.png was not deleted'],
    ['unknown', 'Nobody knows whether 0.png was deleted'],
    ['sending', 'Nobody knows whether 0.png was deleted'],
  ])('of one asset that is %s', (state, text) => {
    expect(sentence(state)).toBe(text);
  });

  it('counts each of several apart, and names no more than there is', () => {
    expect(sentence('deleted', 'deleted')).toBe('2 assets were deleted');
    expect(sentence('deleted', 'already-gone', 'changed', 'unknown', 'sending', 'queued', 'protected')).toBe(
      '1 asset was deleted, 1 already gone, 1 changed meanwhile, 2 unknown, 2 not deleted',
    );
  });
});

describe('what is known after another try', () => {
  const states = (before: ItemState, after: ItemState) =>
    [...latest(resultsOf([before]), resultsOf([after])).values()].map(({ state }) => state);

  it('is what happened last', () => {
    expect(states('failed-final', 'deleted')).toEqual(['deleted']);
    expect(states('failed-final', 'sending')).toEqual(['sending']);
  });

  it('is not hidden by a try that was never made', () => {
    expect(states('protected', 'queued')).toEqual(['protected']);
  });
});

describe('the reason of a failure', () => {
  const problem = aProblem({
    title: 'Refused',
    message: 'In use',
    status: 409,
    code: 'IN_USE',
    requestId: 'r1',
  });

  it('is the provider’s, with its own words and what its support needs', () => {
    expect(failureReason(aJobItem(0, 'protected', { problem }))).toEqual({
      reason: 'Protected: Refused',
      said: 'In use',
      details: 'status 409 · code IN_USE · request id r1',
    });
    expect(failureReason(aJobItem(0, 'failed-final', { problem })).reason).toBe('Refused');
    expect(failureReason(aJobItem(0, 'unknown', { problem })).reason).toBe('Unknown: Refused');
  });

  it('is told where the provider gave none', () => {
    const reason = (state: ItemState) => failureReason(aJobItem(0, state)).reason;
    expect(reason('queued')).toBe('Not tried: the work was stopped before');
    expect(reason('sending')).toBe('Unknown: it was being deleted when the work stopped');
    expect(reason('changed')).toBe('Changed since it was selected, so it was not touched');
    expect(reason('unknown')).toBe('Unknown: nobody could find out whether it is gone');
  });
});
