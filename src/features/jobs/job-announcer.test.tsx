import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Job, PauseReason } from '@/domain/job';
import { aJob, aProblem, pretendCenter } from '@/testing/pretend-jobs';
import { clearToasts, Toaster } from '@/ui/toaster';

import { JobAnnouncer } from './job-announcer';

beforeEach(() => {
  clearToasts();
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const at = (deleted: number, about: Partial<Job> = {}) => aJob({ deleted, queued: 5_000 - deleted }, about);
const texts = (role: string) =>
  screen
    .getAllByRole(role)
    .map((each) => each.textContent)
    .join('|');
/** What the region of progress says at the moment. */
const progress = () =>
  screen.getByText((_, element) => element?.matches('p[role=status]') ?? false).textContent;
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

function listen(jobs: readonly Job[] | null) {
  const pretend = pretendCenter({ jobs });
  const onOpenJob = vi.fn();
  const screenOf = () => (
    <>
      <JobAnnouncer center={pretend.center} onOpenJob={onOpenJob} />
      <Toaster />
    </>
  );
  const { unmount } = render(screenOf());
  return {
    onOpenJob,
    unmount,
    screenOf,
    show: (...next: Job[]) => act(() => pretend.show(next)),
  };
}

describe('progress', () => {
  it('is said politely and at most every 5 s, the newest count each time', () => {
    const { show } = listen([at(0)]);
    pass(10_000);
    expect(progress()).toBe('');
    show(at(1));
    pass(0);
    expect(progress()).toBe('Deleted 1 of 5,000');
    show(at(600));
    pass(4_000);
    show(at(1_204));
    pass(999);
    expect(progress()).toBe('Deleted 1 of 5,000');
    pass(1);
    expect(progress()).toBe('Deleted 1,204 of 5,000');
    pass(60_000);
    expect(progress()).toBe('Deleted 1,204 of 5,000');
  });

  it('counts what was confirmed, and what failed', () => {
    const { show } = listen([]);
    show(aJob({ deleted: 3 }));
    show(aJob({ deleted: 3, 'already-gone': 1, 'failed-final': 2, queued: 4 }));
    pass(5_000);
    expect(progress()).toBe('Deleted 3 of 10, 2 failed');
  });

  it('tells of a new job while it can be called off', () => {
    const { show } = listen([]);
    show(aJob({ queued: 5_000 }, { phase: 'grace', graceUntil: Date.now() + 10_000 }));
    pass(0);
    expect(progress()).toBe('Deleting 5,000 assets in 10 s. It can be cancelled at the top of the page.');
  });

  it('is taken back once it is no longer true', () => {
    const { show } = listen([at(0)]);
    show(at(10));
    pass(0);
    show(at(5_000, { phase: 'done' }));
    expect(progress()).toBe('');
    pass(60_000);
    expect(progress()).toBe('');
  });
});

describe('a job that ends', () => {
  it('is told of once, and leads to its report', () => {
    const { show, onOpenJob } = listen([at(4_000)]);
    const done = aJob({ deleted: 4_980, 'already-gone': 12, 'failed-final': 8 }, { phase: 'done' });
    show(done);
    show({ ...done });
    const said = 'Deleting 5,000 assets is done: 4,980 deleted, 12 already gone, 8 failed';
    expect(screen.getAllByText(said)).toHaveLength(1);
    expect(texts('alert')).toBe('');
    act(() => screen.getByRole('button', { name: 'Open report' }).click());
    expect(onOpenJob).toHaveBeenCalledExactlyOnceWith('job-1');
  });

  it('by the person says what stays', () => {
    const { show } = listen([at(100)]);
    show(at(100, { phase: 'cancelled', cancelledBy: 'person' }));
    expect(texts('status')).toContain(
      'was cancelled: 100 deleted, 4,900 not sent. What was deleted stays deleted.',
    );
    expect(texts('alert')).toBe('');
  });

  it('before anything was sent says that', () => {
    const { show } = listen([at(0, { phase: 'grace' })]);
    show(at(0, { phase: 'cancelled', cancelledBy: 'person' }));
    expect(texts('status')).toContain('Deleting 5,000 assets was cancelled: nothing was sent');
  });
});

describe('a job that stops by itself', () => {
  it.each<[PauseReason, string]>([
    [{ cause: 'refused', problem: aProblem({ status: 401 }) }, 'The key was not accepted.'],
    [{ cause: 'failing', problem: aProblem() }, 'More than 30 % of the last 20 failed'],
    [{ cause: 'strangers' }, 'Is this the right account?'],
    [{ cause: 'storage' }, 'nothing more is sent'],
  ])('is an alert, once: %o', (pause, words) => {
    const { show } = listen([at(100)]);
    const stopped = at(100, { phase: 'paused', pause });
    show(stopped);
    show({ ...stopped });
    expect(texts('alert')).toContain(words);
    expect(texts('alert').split('Deleting 5,000 assets stopped.')).toHaveLength(2);
  });

  it('is no alert when the person paused it', () => {
    const { show } = listen([at(100)]);
    show(at(100, { phase: 'paused', pause: { cause: 'person' } }));
    pass(0);
    expect(texts('alert')).toBe('');
    expect(progress()).toBe('Paused. Deleted 100 of 5,000');
  });
});

describe('at the start', () => {
  const closed = at(0, { phase: 'cancelled', cancelledBy: 'closed-tab', endedAt: 1_000 });
  const words = 'A deletion of 5,000 assets was cancelled: its tab was closed before it began';

  it('says of a tab that was closed during the grace that nothing was done, and never again', () => {
    const { unmount, screenOf } = listen([closed]);
    expect(screen.getAllByText(words)).toHaveLength(1);
    unmount();
    clearToasts();
    render(screenOf());
    expect(screen.queryByText(words)).not.toBeInTheDocument();
  });

  it('says so of each such tab, also once the jobs were read later', () => {
    const { show } = listen(null);
    expect(screen.queryByText(words)).not.toBeInTheDocument();
    show({ ...closed, id: 'b', endedAt: 2_000 }, closed);
    expect(screen.getAllByText(words)).toHaveLength(2);
  });

  it('says what waits to be resumed, and nothing of what is long over', () => {
    listen([
      at(5_000, { id: 'a', phase: 'done' }),
      at(1_000, { id: 'b', phase: 'paused', pause: { cause: 'interrupted' } }),
    ]);
    pass(0);
    expect(progress()).toMatch(/^Deleting 5,000 assets was interrupted; 4,000 of 5,000 are left/);
    expect(texts('status').replace(progress(), '')).toBe('|');
  });
});
