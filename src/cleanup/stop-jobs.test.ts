import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { aJob, aLive, pretendCenter } from '@/testing/pretend-jobs';

import { pauseJobs, stopJobs } from './stop-jobs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const here = aJob({ queued: 3 }, { id: 'here' });
const elsewhere = aJob({ queued: 3 }, { id: 'elsewhere', connectionId: 'roughy' });
const over = aJob({ deleted: 3 }, { id: 'over', phase: 'done' });

it('calls off every job that is not over, and waits until each has come to rest', async () => {
  const { center, asked, show } = pretendCenter();
  show([here, elsewhere, over], { here: aLive(), elsewhere: aLive({ here: false }) });
  const rests = vi.fn();
  const stopping = stopJobs(center).then(rests);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(['cancel here', 'cancel elsewhere']);
  show([here, elsewhere, over], { elsewhere: aLive({ here: false }) });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rests).not.toHaveBeenCalled();
  show([here, elsewhere, over]);
  await stopping;
  expect(rests).toHaveBeenCalledOnce();
});

it('says so when one goes on all the same', async () => {
  const { center, show } = pretendCenter();
  show([elsewhere], { elsewhere: aLive({ here: false }) });
  const stopping = expect(stopJobs(center)).rejects.toThrow('A job in another tab does not stop.');
  await vi.advanceTimersByTimeAsync(10_000);
  await stopping;
});

it('waits until it is known which jobs there are', async () => {
  const { center, asked, show } = pretendCenter({ jobs: null });
  const stopping = stopJobs(center);
  await vi.advanceTimersByTimeAsync(100);
  show([here]);
  await stopping;
  expect(asked).toEqual(['cancel here']);
});

it('pauses those of this tab whose key goes, and no others', async () => {
  const { center, asked, show } = pretendCenter();
  const free = aJob({ queued: 1 }, { id: 'free', connectionId: 'comfyui' });
  show([here, elsewhere, free], { here: aLive(), elsewhere: aLive({ here: false }), free: aLive() });
  await pauseJobs(center, (id) => id !== 'comfyui');
  expect(asked).toEqual(['pause here']);
});
