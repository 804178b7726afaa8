// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { useThrottled } from './use-throttled';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('follows at most once in its time, even when the value never rests, and ends on the last', () => {
  const { result, rerender } = renderHook(({ value }) => useThrottled(value, 1_000), {
    initialProps: { value: 0 },
  });
  const seen = new Set<number>();
  for (let value = 1; value <= 35; value += 1) {
    rerender({ value });
    act(() => void vi.advanceTimersByTime(100));
    seen.add(result.current);
  }
  expect(seen.size).toBeGreaterThanOrEqual(4);
  expect(seen.size).toBeLessThanOrEqual(5);
  act(() => void vi.advanceTimersByTime(1_000));
  expect(result.current).toBe(35);
});
