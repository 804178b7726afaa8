import { describe, expect, it } from 'vitest';

import type { Job } from '@/domain/job';
import { aJob, aJobItem, pretendCenter, pretendItems } from '@/testing/pretend-jobs';

import { attendJob, settledCount } from './attend-job';

const LIST = Array.from({ length: 1_201 }, (_, index) => aJobItem(index, 'deleted'));

function attend(job: Job, signal?: AbortSignal, list = LIST) {
  const jobs = pretendCenter({ jobs: [job] });
  let ended: Job | null = null;
  const attended = attendJob(
    { center: jobs.center, items: pretendItems(() => list).reader.items },
    job.id,
    signal,
  );
  attended.then(
    (end) => (ended = end.job),
    () => undefined,
  );
  return { ...jobs, attended, ended: () => ended };
}

/** Everything that was about to happen has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('attending a job', () => {
  it('ends with it, and reads how each of its assets ended, however many', async () => {
    const { attended, asked } = attend(aJob({ deleted: 1_201 }, { phase: 'done' }));
    const { items } = await attended;
    expect([...items.keys()]).toEqual(LIST.map(({ item }) => item.id));
    expect(asked).toEqual(['finished job-1']);
  });

  it('ends when it pauses', async () => {
    const pause = { cause: 'strangers' } as const;
    const { attended } = attend(aJob({ queued: 3 }, { phase: 'paused', pause }));
    expect((await attended).job.pause).toEqual(pause);
  });

  it('does not wait for ever for a job that another tab forgets', async () => {
    const { attended, show } = attend(aJob({ queued: 3 }));
    await settled();
    show([]);
    await expect(attended).rejects.toThrow('forgotten');
  });

  it('waits for another tab that runs it', async () => {
    const { show, ended } = attend(aJob({ queued: 3 }));
    await settled();
    show([aJob({ queued: 1, deleted: 2 })]);
    await settled();
    expect(ended()).toBeNull();
    show([aJob({ deleted: 3 }, { phase: 'done' })]);
    await settled();
    expect(ended()).toMatchObject({ phase: 'done' });
  });

  it('waits for the answers to what was under way when it was called off', async () => {
    const { show, ended } = attend(aJob({ queued: 1, sending: 2 }, { phase: 'cancelled' }));
    await settled();
    expect(ended()).toBeNull();
    show([aJob({ queued: 1, deleted: 2 }, { phase: 'cancelled' })]);
    await settled();
    expect(ended()).toMatchObject({ phase: 'cancelled' });
  });

  it.each(['before', 'after'])('calls it off when the signal says so, %s it began', async (when) => {
    const stop = new AbortController();
    if (when === 'before') stop.abort();
    const { asked, show, attended } = attend(aJob({ queued: 3 }), stop.signal);
    await settled();
    stop.abort();
    expect(asked.filter((each) => each === 'cancel job-1')).toHaveLength(1);
    show([aJob({ queued: 3 }, { phase: 'cancelled' })]);
    await attended;
  });
});

it('counts what has an outcome', () => {
  const job = aJob({ queued: 5, sending: 2, deleted: 3, 'already-gone': 1, protected: 1, unknown: 1 });
  expect(settledCount(job)).toBe(6);
});
