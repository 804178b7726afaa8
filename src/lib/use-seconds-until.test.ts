// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { useSecondsUntil } from './use-seconds-until';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('counts whole seconds down to 0, drawing once for each', () => {
  const instant = Date.now() + 3_000;
  let drawn = 0;
  const { result } = renderHook(() => {
    drawn += 1;
    return useSecondsUntil(instant);
  });
  const seen = [result.current];
  for (let quarter = 0; quarter < 20; quarter += 1) {
    act(() => void vi.advanceTimersByTime(250));
    if (seen.at(-1) !== result.current) seen.push(result.current);
  }
  expect(seen).toEqual([3, 2, 1, 0]);
  expect(drawn).toBe(4);
});
