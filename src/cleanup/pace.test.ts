import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pace } from './pace';

const succeed = (pace: Pace, times: number) => {
  for (let at = 0; at < times; at += 1) pace.succeeded();
};

describe('the pace', () => {
  it('starts at 3 and grows by one with every 10 successes, up to 8', () => {
    const changes: number[] = [];
    const pace = new Pace((inFlight) => changes.push(inFlight));
    expect(pace.inFlight).toBe(3);
    succeed(pace, 9);
    expect(pace.inFlight).toBe(3);
    succeed(pace, 200);
    expect(changes).toEqual([4, 5, 6, 7, 8]);
  });

  it('halves at a strain, never below 1', () => {
    const pace = new Pace();
    succeed(pace, 50);
    const paces = [1, 2, 3, 4].map(() => {
      pace.strained(pace.round);
      return pace.inFlight;
    });
    expect(paces).toEqual([4, 2, 1, 1]);
  });

  it('halves once for requests that were under way together', () => {
    const pace = new Pace();
    succeed(pace, 50);
    const { round } = pace;
    expect([pace.strained(round), pace.strained(round), pace.strained(round)]).toEqual([true, false, false]);
    expect(pace.inFlight).toBe(4);
    expect(pace.strained(pace.round)).toBe(true);
  });

  it('counts successes anew after a strain', () => {
    const pace = new Pace();
    succeed(pace, 9);
    pace.strained(pace.round);
    succeed(pace, 9);
    expect(pace.inFlight).toBe(1);
    succeed(pace, 1);
    expect(pace.inFlight).toBe(2);
  });

  it('stays between 1 and 8 and tells every change, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ok', 'ok', 'ok', 'strain', 'late strain'), { maxLength: 300 }),
        (events) => {
          const told: number[] = [3];
          const pace = new Pace((inFlight) => told.push(inFlight));
          for (const event of events) {
            if (event === 'ok') pace.succeeded();
            else pace.strained(event === 'strain' ? pace.round : pace.round - 1);
            expect(pace.inFlight).toBe(told.at(-1));
          }
          expect(Math.min(...told)).toBeGreaterThanOrEqual(1);
          expect(Math.max(...told)).toBeLessThanOrEqual(8);
        },
      ),
    );
  });
});
