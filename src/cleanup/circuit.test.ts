import { describe, expect, it } from 'vitest';

import type { FinalState } from '@/domain/job';

import { Circuit } from './circuit';
import { outcomeOf } from './deed';

const times = (count: number, state: FinalState): FinalState[] => Array.from({ length: count }, () => state);

/** @returns how many outcomes it took, and why; null when it never paused */
function pausesAfter(states: readonly FinalState[], mindsStrangers = true) {
  const circuit = new Circuit(mindsStrangers);
  for (const [at, state] of states.entries()) {
    const reason = circuit.note(outcomeOf(state));
    if (reason !== null) return [at + 1, reason.cause];
  }
  return null;
}

describe('the circuit', () => {
  it.each(['failed-retryable', 'failed-final', 'unknown'] as const)(
    'opens at the seventh %s of the last 20',
    (state) => {
      expect(pausesAfter(times(40, state))).toEqual([7, 'failing']);
      expect(pausesAfter([...times(6, state), ...times(13, 'deleted'), state])).toEqual([20, 'failing']);
      expect(pausesAfter([...times(6, state), ...times(14, 'deleted'), ...times(6, state)])).toBeNull();
    },
  );

  it.each(['deleted', 'edited', 'protected', 'changed'] as const)('takes %s for no failure', (state) => {
    expect(pausesAfter(times(40, state))).toBeNull();
  });

  it('opens at five in a row that are not there, unless the person has said that this is right', () => {
    expect(pausesAfter(times(40, 'already-gone'))).toEqual([5, 'strangers']);
    expect(pausesAfter([...times(4, 'already-gone'), 'deleted', ...times(4, 'already-gone')])).toBeNull();
    expect(pausesAfter(times(40, 'already-gone'), false)).toBeNull();
  });
});
