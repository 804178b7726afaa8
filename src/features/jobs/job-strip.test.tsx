import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LedgerError } from '@/cleanup/ledger';
import type { Job, Live, PauseReason } from '@/domain/job';
import { aJob, aLive, aProblem, pretendCenter } from '@/testing/pretend-jobs';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import { JobStrip } from './job-strip';

beforeEach(clearToasts);
afterEach(() => vi.useRealTimers());

const button = (name: string) => screen.getByRole('button', { name });
const strip = () => screen.getByRole('region', { name: 'Jobs under way' });

function show(jobs: readonly Job[], live: Record<string, Live> = {}) {
  const pretend = pretendCenter({ jobs, live: new Map(Object.entries(live)) });
  const told = { onOpenJob: vi.fn(), onOpenJobs: vi.fn(), onNeedKey: vi.fn() };
  const rendered = renderWithClient(
    <>
      <JobStrip center={pretend.center} {...told} />
      <Toaster />
    </>,
  );
  return {
    ...rendered,
    ...told,
    asked: pretend.asked,
    failNext: pretend.failNext,
    showNext: (...view: Parameters<typeof pretend.show>) => act(() => pretend.show(...view)),
  };
}

const HALF = { deleted: 1_180, 'already-gone': 12, 'failed-final': 8, 'failed-retryable': 4, queued: 3_796 };
const paused = (pause: PauseReason, about: Partial<Job> = {}) =>
  aJob(HALF, { phase: 'paused', pause, ...about });

it('is not there while nothing is under way', () => {
  const { showNext } = show([
    aJob({ deleted: 3 }, { phase: 'done' }),
    aJob({ queued: 3 }, { phase: 'cancelled' }),
  ]);
  expect(screen.queryByRole('region')).not.toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  showNext([aJob()]);
  expect(strip()).toBeVisible();
});

describe('before the first request', () => {
  const grace = (seconds: number) =>
    aJob({ queued: 5_000 }, { phase: 'grace', graceUntil: Date.now() + seconds * 1_000 });

  it('counts down the seconds in which it can be called off', () => {
    vi.useFakeTimers();
    show([grace(8)]);
    expect(screen.getByText('Deleting 5,000 assets in 8 s')).toBeVisible();
    act(() => void vi.advanceTimersByTime(2_250));
    expect(screen.getByText('Deleting 5,000 assets in 6 s')).toBeVisible();
    act(() => void vi.advanceTimersByTime(6_000));
    expect(screen.getByText('Deleting 5,000 assets now')).toBeVisible();
  });

  it('cancels at once, without another question', async () => {
    const { user, asked } = show([grace(60)]);
    await user.click(button('Cancel'));
    expect(asked).toEqual(['cancel job-1']);
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  });

  it('begins at once when told to', async () => {
    const { user, asked } = show([grace(60)]);
    await user.click(button('Start now'));
    expect(asked).toEqual(['startNow job-1']);
  });

  it('takes a double click for one, though another button stands there by then', async () => {
    const { user, asked, showNext } = show([grace(60)]);
    const start = button('Start now');
    await user.click(start);
    showNext([aJob({ queued: 5_000 })]);
    expect(button('Pause')).toBe(start);
    await user.dblClick(start);
    expect(asked).toEqual(['startNow job-1', 'pause job-1']);
  });

  it.each([
    [
      aJob({ queued: 2 }, { action: { type: 'remove-tags', tags: ['draft'] } }),
      'Removing tags from 2 assets in 9 s',
    ],
    [
      aJob({ queued: 2 }, { action: { type: 'restore-tags', undoes: 'x' } }),
      'Putting tags back on 2 assets in 9 s',
    ],
  ])('names the action', (job, text) => {
    vi.useFakeTimers();
    show([{ ...job, phase: 'grace', graceUntil: Date.now() + 9_000 }]);
    expect(screen.getByText(text)).toBeVisible();
  });
});

describe('while it runs', () => {
  it('shows what was settled, how fast it goes and how long it takes', () => {
    show([aJob(HALF)], { 'job-1': aLive({ pace: 8, perSecond: 35 }) });
    expect(screen.getByText('Deleting: 1,204 of 5,000 done, 12 failed')).toBeVisible();
    expect(screen.getByText('8 at a time · 35 per second · about 2 min left')).toBeVisible();
    const bar = screen.getByRole('progressbar', { name: 'Deleting 5,000 assets at Comfy Cloud' });
    expect(bar).toHaveAttribute('value', '1204');
    expect(bar).toHaveAttribute('max', '5000');
  });

  it('says why it waits, and until when', () => {
    vi.useFakeTimers();
    const wait = {
      until: Date.now() + 12_000,
      problem: aProblem({ title: 'Comfy Cloud asks to slow down' }),
    };
    show([aJob(HALF)], { 'job-1': aLive({ wait }) });
    expect(screen.getByText('Comfy Cloud asks to slow down: going on in 12 s')).toBeVisible();
    act(() => void vi.advanceTimersByTime(3_250));
    expect(screen.getByText('Comfy Cloud asks to slow down: going on in 9 s')).toBeVisible();
  });

  it('says so when another tab runs it', () => {
    show([aJob(HALF)], { 'job-1': aLive({ here: false, pace: 8 }) });
    expect(screen.getByText('in another tab · 8 at a time')).toBeVisible();
  });

  it('pauses and opens the report', async () => {
    const { user, asked, onOpenJob } = show([aJob(HALF)]);
    await user.click(button('Pause'));
    await user.click(button('Details'));
    expect(asked).toEqual(['pause job-1']);
    expect(onOpenJob).toHaveBeenCalledExactlyOnceWith('job-1');
  });

  it('is stopped only after a question', async () => {
    const { user, asked } = show([aJob(HALF)]);
    await user.click(button('Cancel…'));
    const dialog = await screen.findByRole('alertdialog', { name: 'Stop deleting?' });
    expect(dialog).toHaveTextContent('Deleted 1,180 of 5,000, 12 failed. What was deleted stays deleted.');
    expect(button('Keep going')).toHaveFocus();
    await user.click(button('Keep going'));
    expect(asked).toEqual([]);
    expect(button('Cancel…')).toHaveFocus();
    await user.click(button('Cancel…'));
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    expect(asked).toEqual(['cancel job-1']);
  });

  it('takes the question away when there is nothing left to stop', async () => {
    const { user, showNext } = show([aJob(HALF)]);
    await user.click(button('Cancel…'));
    await screen.findByRole('alertdialog');
    showNext([aJob({ deleted: 5_000 }, { phase: 'done' })]);
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
  });

  it('says when a step could not be written down', async () => {
    const { user, failNext } = show([aJob(HALF)]);
    failNext(new LedgerError('full'));
    await user.click(button('Pause'));
    expect(await screen.findByText(/could not be written down, so nothing was changed/)).toBeVisible();
  });
});

describe('when it does not go on', () => {
  it.each<[PauseReason, RegExp]>([
    [{ cause: 'person' }, /^Paused: 3,796 of 5,000 are left/],
    [{ cause: 'refused', problem: aProblem({ status: 401 }) }, /^The key was not accepted/],
    [
      { cause: 'refused', problem: aProblem({ status: 403, title: 'Comfy Cloud does not allow this' }) },
      /^Comfy Cloud does not allow this\. Try again/,
    ],
    [
      { cause: 'failing', problem: aProblem() },
      /^More than 30 % of the last 20 failed: Comfy Cloud has a problem\./,
    ],
    [{ cause: 'strangers' }, /^5 assets in a row were not there\. Is this the right account\?/],
    [{ cause: 'storage' }, /cannot be written down, so nothing more is sent/],
    [{ cause: 'interrupted' }, /^Deleting 5,000 assets was interrupted; 3,796 of 5,000 are left/],
  ])('says why: $cause', async (pause, words) => {
    const { user, asked } = show([paused(pause)]);
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByText('Deleting: 1,204 of 5,000 done, 12 failed')).toBeVisible();
    await user.click(button('Resume'));
    expect(asked).toEqual(['resume job-1']);
  });

  it('asks for the key where the key is why', async () => {
    const { user, onNeedKey, showNext } = show([
      paused({ cause: 'refused', problem: aProblem({ status: 401 }) }),
    ]);
    await user.click(button('Enter key'));
    expect(onNeedKey).toHaveBeenCalledExactlyOnceWith('comfy-cloud');
    showNext([paused({ cause: 'strangers' })]);
    expect(screen.queryByRole('button', { name: 'Enter key' })).not.toBeInTheDocument();
  });

  it('offers to resume what no tab runs any more', () => {
    show([aJob(HALF)], { 'job-1': aLive({ running: false }) });
    expect(screen.getByText(/was interrupted; 3,796 of 5,000 are left/)).toBeVisible();
    expect(button('Resume')).toBeVisible();
  });
});

it('shows how far the final check is', () => {
  show([aJob({ deleted: 5_000 }, { phase: 'done' })], {
    'job-1': aLive({ running: false, verifying: { looked: 312, of: 5_000 } }),
  });
  expect(screen.getByText('Checking that what was deleted is gone: 312 of 5,000')).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', '312');
  expect(screen.getAllByRole('button').map((each) => each.textContent)).toEqual(['Details']);
});

it('shows two jobs, what can least wait first, and leads to the others', async () => {
  const { user, onOpenJobs } = show([
    paused({ cause: 'person' }, { id: 'a' }),
    paused({ cause: 'person' }, { id: 'b' }),
    aJob({ queued: 7 }, { id: 'c' }),
    aJob({ queued: 9 }, { id: 'd', phase: 'grace', graceUntil: Date.now() + 60_000 }),
  ]);
  const lines = within(strip()).getAllByRole('listitem');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toHaveTextContent(/^Deleting 9 assets in/);
  expect(lines[1]).toHaveTextContent(/^Deleting: 0 of 7 done/);
  await user.click(button('and 2 more'));
  expect(onOpenJobs).toHaveBeenCalledOnce();
});

it('keeps the focus when the line that has it goes away', async () => {
  const { user, showNext } = show([aJob(HALF)]);
  await user.click(button('Pause'));
  showNext([aJob({ deleted: 5_000 }, { phase: 'done' })]);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(document.body).not.toHaveFocus();
});
