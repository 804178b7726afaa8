import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { JobsView } from '@/cleanup/job-center';
import { aJob, aLive, pretendCenter } from '@/testing/pretend-jobs';
import { renderWithClient } from '@/testing/render';

import JobsPage from './jobs-page';

beforeEach(() => localStorage.clear());

function open(view: Partial<JobsView>) {
  const pretend = pretendCenter(view);
  const onOpenJob = vi.fn();
  const rendered = renderWithClient(<JobsPage center={pretend.center} onOpenJob={onOpenJob} />);
  return {
    ...rendered,
    onOpenJob,
    asked: pretend.asked,
    show: (...next: Parameters<typeof pretend.show>) => act(() => pretend.show(...next)),
  };
}

const DONE = aJob(
  { deleted: 4_980, 'already-gone': 12, 'failed-final': 8 },
  { id: 'old', phase: 'done', createdAt: Date.now() - 3.1 * 86_400_000 },
);
const rows = () =>
  within(screen.getByRole('table', { name: 'Jobs' }))
    .getAllByRole('row')
    .slice(1);

describe('history', () => {
  it('names each job with its connection, time, state and outcome, in words', () => {
    open({
      jobs: [
        aJob({ deleted: 1, queued: 2 }, { id: 'new' }),
        aJob(
          { edited: 7, queued: 1 },
          { id: 'tags', action: { type: 'remove-tags', tags: ['draft'] }, phase: 'cancelled' },
        ),
        DONE,
      ],
      live: new Map([['new', aLive({ here: false })]]),
    });
    const cells = rows().map((row) =>
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    );
    expect(cells.map(([what]) => what)).toEqual([
      'Delete 3 assets',
      'Remove tag draft from 8 assets',
      'Delete 5,000 assets',
    ]);
    expect(cells[2]?.slice(1, 5)).toEqual([
      'Comfy Cloud',
      '3 days ago',
      'Done, not all of it',
      '4,980 deleted, 12 already gone, 8 failed',
    ]);
    expect(cells[0]?.[3]).toBe('Running, in another tab');
    expect(cells[1]?.slice(3, 5)).toEqual(['Cancelled', 'tags removed from 7, 1 not sent']);
    expect(screen.getByText('3 days ago')).toHaveAttribute('title', expect.stringMatching(/\d\d:\d\d/));
  });

  it('begins at its heading and leads to each report', async () => {
    const { user, onOpenJob } = open({ jobs: [DONE] });
    expect(screen.getByRole('heading', { name: 'Jobs' })).toHaveFocus();
    await user.click(screen.getByRole('button', { name: /^Open report/ }));
    expect(onOpenJob).toHaveBeenCalledExactlyOnceWith('old');
  });

  it('forgets a job only after a question, and keeps the focus', async () => {
    const { user, asked, show } = open({ jobs: [DONE] });
    const forget = screen.getByRole('button', { name: 'Forget: Delete 5,000 assets' });
    await user.click(forget);
    await user.click(screen.getByRole('button', { name: 'Keep' }));
    expect(asked).toEqual([]);
    await waitFor(() => expect(forget).toHaveFocus());
    await user.click(forget);
    expect(screen.getByRole('alertdialog')).toHaveTextContent('Nothing changes at Comfy Cloud.');
    await user.click(screen.getByRole('button', { name: 'Forget' }));
    expect(asked).toEqual(['forget old']);
    show([]);
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Jobs' })).toHaveFocus());
  });

  it('cannot forget a job that is not over', () => {
    open({ jobs: [aJob()] });
    expect(screen.queryByRole('button', { name: /^Forget/ })).not.toBeInTheDocument();
  });

  it('follows what happens', () => {
    const { show } = open({ jobs: [aJob({ queued: 3 })] });
    expect(rows()[0]).toHaveTextContent('3 still to do');
    show([aJob({ deleted: 3 }, { phase: 'done' })]);
    expect(rows()[0]).toHaveTextContent('3 deleted');
  });
});

describe('without jobs', () => {
  it('says that they are being read', () => {
    open({ jobs: null });
    expect(screen.getByRole('status')).toHaveTextContent('Reading jobs…');
  });

  it('says what will be listed', () => {
    open({ jobs: [] });
    expect(screen.getByRole('heading', { name: 'No jobs yet' })).toBeVisible();
  });

  it('says why there can be none', () => {
    open({ jobs: null, problem: 'This browser does not let Winnow store anything.' });
    expect(screen.getByRole('alert')).toHaveTextContent('does not let Winnow store anything');
  });
});

describe('settings', () => {
  const field = () => screen.getByRole('spinbutton', { name: 'Wait before deleting' });
  const stored = () => JSON.parse(localStorage.getItem('winnow.jobs.settings') ?? 'null') as unknown;

  it('start with 10 seconds and skipping what changed', () => {
    open({});
    expect(field()).toHaveValue(10);
    expect(screen.getByRole('checkbox', { name: /^Skip assets that changed/ })).toBeChecked();
  });

  it.each([0, 60])('take %d seconds and are kept', async (seconds) => {
    const { user } = open({});
    await user.clear(field());
    await user.type(field(), String(seconds));
    expect(stored()).toEqual({ graceSeconds: seconds, checksChanges: true });
    await user.tab();
    expect(field()).toHaveValue(seconds);
  });

  it.each(['61', '-1', '7.5', ''])('do not take "%s", and say so', async (text) => {
    localStorage.setItem('winnow.jobs.settings', '{"graceSeconds":20,"checksChanges":true}');
    const { user } = open({});
    await user.clear(field());
    if (text !== '') {
      await user.click(field());
      await user.paste(text);
    }
    expect(field()).toBeInvalid();
    expect(screen.getByText('A whole number from 0 to 60.')).toBeVisible();
    expect(stored()).toMatchObject({ graceSeconds: 20 });
    await user.tab();
    expect(field()).toHaveValue(20);
    expect(field()).toBeValid();
  });

  it.each(['{"graceSeconds":900}', 'nonsense', '[]'])('fall back from what somebody stored: %s', (text) => {
    localStorage.setItem('winnow.jobs.settings', text);
    open({});
    expect(field()).toHaveValue(10);
  });

  it('let changed assets be deleted only by choice', async () => {
    const { user } = open({});
    await user.click(screen.getByRole('checkbox'));
    expect(stored()).toEqual({ graceSeconds: 10, checksChanges: false });
  });
});
