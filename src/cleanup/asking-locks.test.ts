import { afterEach, expect, it } from 'vitest';

import { askingLocks } from './asking-locks';
import { openLocks, webLocks, type JobLocks } from './job-locks';

const open: JobLocks[] = [];
afterEach(() => {
  for (const locks of open.splice(0)) locks.close();
});

function openTab(): JobLocks {
  const locks = askingLocks();
  open.push(locks);
  return locks;
}

const soon = () => AbortSignal.timeout(700);

it('gives a lock to one tab at a time, also within a tab', async () => {
  const [first, second] = [openTab(), openTab()];
  const release = await first.take('job');
  expect(release).not.toBeNull();
  expect(await first.take('job')).toBeNull();
  expect(await second.take('job')).toBeNull();
  expect(await second.take('other')).not.toBeNull();
  release?.();
  expect(await second.take('job')).not.toBeNull();
});

it('gives a lock to exactly one of all who ask at the same moment', async () => {
  const tabs = Array.from({ length: 5 }, openTab);
  const taken = await Promise.all(tabs.map((tab) => tab.take('job')));
  expect(taken.filter((release) => release !== null)).toHaveLength(1);
});

it('lets the next one in as soon as a lock is free', async () => {
  const [first, second] = [openTab(), openTab()];
  const release = await first.take('job');
  const order: string[] = [];
  const waiting = second.wait('job', AbortSignal.timeout(4_000)).then((got) => {
    order.push('taken');
    return got;
  });
  expect(await second.wait('job', soon())).toBeNull();
  order.push('released');
  release?.();
  expect(await waiting).not.toBeNull();
  expect(order).toEqual(['released', 'taken']);
});

it('notices that the tab with the lock is gone', async () => {
  const [first, second] = [openTab(), openTab()];
  await first.take('job');
  first.close();
  expect(await second.wait('job', AbortSignal.timeout(4_000))).not.toBeNull();
});

it('stands in for Web Locks only where there are none', async () => {
  const asked: string[] = [];
  const request = (name: string) => {
    asked.push(name);
    return Promise.reject(new Error('closed'));
  };
  const native = openLocks({ locks: { request } as unknown as LockManager });
  await expect(native.take('job')).rejects.toThrow('closed');
  await expect(native.wait('job', AbortSignal.timeout(1_000))).rejects.toThrow('closed');
  await expect(webLocks({ request }).wait('job', AbortSignal.abort())).resolves.toBeNull();
  const own = openLocks({});
  open.push(own);
  expect(await own.take('job')).not.toBeNull();
  expect(asked).toEqual(['job', 'job', 'job']);
});
