import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { calmed } from './calmed';

const CALM = { firstGapMs: 400, longestGapMs: 3_000, quietMs: 250 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The times of all calls, when it is asked for so often for so long. */
function callsWhenAsked({ everyMs, forMs }: { everyMs: number; forMs: number }, calm = CALM): number[] {
  const start = performance.now();
  const calls: number[] = [];
  const ask = calmed(calm, () => calls.push(performance.now() - start));
  for (let at = 0; at < forMs; at += everyMs) {
    ask();
    vi.advanceTimersByTime(everyMs);
  }
  vi.advanceTimersByTime(60_000);
  return calls;
}

describe('a calmed call', () => {
  it('comes at once when it was quiet before', () => {
    expect(callsWhenAsked({ everyMs: 1, forMs: 1 })).toEqual([0]);
  });

  it('comes ever less often while it is asked for, and soon after the last time', () => {
    expect(callsWhenAsked({ everyMs: 50, forMs: 10_000 })).toEqual([
      0, 400, 1_200, 2_800, 5_800, 8_800, 10_200,
    ]);
  });

  it('comes when it seems to be over, although it could wait longer', () => {
    const calls: number[] = [];
    const ask = calmed(CALM, () => calls.push(performance.now()));
    ask();
    vi.advanceTimersByTime(50);
    ask();
    vi.advanceTimersByTime(249);
    expect(calls).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(calls).toHaveLength(2);
  });

  it('is as quick as at first after a long quiet', () => {
    const calls: number[] = [];
    const ask = calmed(CALM, () => calls.push(performance.now()));
    for (let at = 0; at < 6_000; at += 50) {
      ask();
      vi.advanceTimersByTime(50);
    }
    vi.advanceTimersByTime(10_000);
    const start = performance.now();
    calls.length = 0;
    for (let at = 0; at < 500; at += 50) {
      ask();
      vi.advanceTimersByTime(50);
    }
    expect(calls.map((call) => call - start)).toEqual([0, 400]);
  });
});
