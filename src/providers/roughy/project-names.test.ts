import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Project } from '../provider';
import { createProjectNames } from './project-names';

const PODCAST: Project = { id: 'p', name: 'Podcast', archived: false };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Names from a list that answers when the test lets it. */
function slowNames() {
  const answers: ((projects: readonly Project[]) => void)[] = [];
  const load = vi.fn(() => new Promise<readonly Project[]>((resolve) => answers.push(resolve)));
  const names = createProjectNames(load);
  /** What a look-up came to, and after how long. */
  const lookUp = async (signal?: AbortSignal) => {
    const start = Date.now();
    const known = await names.lookUp(['p'], signal && { signal });
    return { name: known.get('p') ?? null, after: Date.now() - start };
  };
  return { load, lookUp, answer: () => answers.shift()?.([PODCAST]) };
}

it('are waited for while they come soon', async () => {
  const { lookUp, answer } = slowNames();
  const found = lookUp();
  await vi.advanceTimersByTimeAsync(2_000);
  answer();
  expect(await found).toEqual({ name: 'Podcast', after: 2_000 });
});

it('are done without after 3 s, and there once they have come', async () => {
  const { load, lookUp, answer } = slowNames();
  const found = lookUp();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await found).toEqual({ name: null, after: 3_000 });
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(await lookUp()).toEqual({ name: 'Podcast', after: 0 });
  expect(load).toHaveBeenCalledOnce();
});

it('cost no further page its 3 s while they hang, and are not asked for twice', async () => {
  const { load, lookUp } = slowNames();
  const first = lookUp();
  await vi.advanceTimersByTimeAsync(3_000);
  await first;
  const second = lookUp();
  await vi.advanceTimersByTimeAsync(1);
  expect((await second).after).toBeLessThanOrEqual(1);
  expect(load).toHaveBeenCalledOnce();
});

it('are read once for all who wait', async () => {
  const { load, lookUp, answer } = slowNames();
  const both = [lookUp(), lookUp()];
  answer();
  expect((await Promise.all(both)).map(({ name }) => name)).toEqual(['Podcast', 'Podcast']);
  expect(load).toHaveBeenCalledOnce();
});

it('do not hold back who has left, and go on for the others', async () => {
  const { lookUp, answer } = slowNames();
  const controller = new AbortController();
  const left = lookUp(controller.signal);
  const stays = lookUp();
  const reason = new Error('left');
  controller.abort(reason);
  await expect(left).rejects.toBe(reason);
  answer();
  expect((await stays).name).toBe('Podcast');
});
