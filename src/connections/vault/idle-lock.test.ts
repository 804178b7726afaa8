// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { onTold } from '../tabs';
import { watchIdleness } from './idle-lock';

const MINUTE = 60_000;
let stop: () => void;
let busy = false;
const onIdle = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onIdle.mockReset();
  busy = false;
  stop = watchIdleness({ minutes: 5, isBusy: () => busy, onIdle });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('nobody is there', () => {
  it('after the time that was chosen, and not before', () => {
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel'])('counted from the last %s', (type) => {
    vi.advanceTimersByTime(4 * MINUTE);
    window.dispatchEvent(new Event(type));
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(onIdle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('counted from when the tab was last looked at', () => {
    vi.advanceTimersByTime(4 * MINUTE);
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(4 * MINUTE);
    expect(onIdle).not.toHaveBeenCalled();
  });

  it('found out at the first sign after the computer slept, which comes too late', () => {
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    window.dispatchEvent(new Event('pointermove'));
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('but a job that runs puts it off until it ends', () => {
    busy = true;
    vi.advanceTimersByTime(60 * MINUTE);
    expect(onIdle).not.toHaveBeenCalled();
    busy = false;
    vi.advanceTimersByTime(5 * MINUTE);
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it('but somebody uses another tab', async () => {
    vi.advanceTimersByTime(4 * MINUTE);
    const other = new BroadcastChannel('winnow-keys');
    const heard = new Promise<void>((resolve) => {
      const leave = onTold('active', () => {
        leave();
        resolve();
      });
    });
    other.postMessage('active');
    await heard;
    other.close();
    vi.advanceTimersByTime(4 * MINUTE);
    expect(onIdle).not.toHaveBeenCalled();
  });
});

it('is no longer looked for once it is stopped', () => {
  stop();
  vi.advanceTimersByTime(60 * MINUTE);
  expect(onIdle).not.toHaveBeenCalled();
});
