import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Job, JobItem, Live } from '@/domain/job';
import {
  aJob,
  aJobItem,
  aLive,
  aProblem,
  countsOf,
  pretendCenter,
  pretendItems,
} from '@/testing/pretend-jobs';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import JobReport from './job-report';

let saved: Blob[] = [];

beforeEach(() => {
  saved = [];
  clearToasts();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
    saved.push(content as Blob);
    return 'blob:outcome';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});

const BROKEN = aProblem({ message: 'Disk 7 is down', status: 500, code: 'DISK', requestId: 'req-77' });
const LOCKED = aProblem({ title: 'Comfy Cloud refuses this for now', hint: 'It is in use.' });

const ENDED: readonly JobItem[] = [
  aJobItem(0, 'deleted', { name: 'fox.png' }),
  aJobItem(1, 'deleted', { name: 'owl.png' }),
  aJobItem(2, 'already-gone', { name: 'elk.png' }),
  aJobItem(3, 'protected', { name: 'yak.png', problem: LOCKED }),
  aJobItem(4, 'failed-retryable', { name: 'bee.png', problem: BROKEN }),
  aJobItem(5, 'failed-final', { name: 'fox.mp4', problem: BROKEN }),
  aJobItem(6, 'changed', { name: 'ant.png' }),
];

/** A job that fits its items. */
function jobOf(items: readonly JobItem[], about: Partial<Job> = {}): Job {
  const counts = countsOf();
  const sums = { ...counts };
  for (const { state } of items) sums[state] += 1;
  return aJob(sums, { phase: 'done', endedAt: Date.now(), ...about });
}

function open(items: readonly JobItem[] = ENDED, about: Partial<Job> = {}, live?: Live) {
  let list = items;
  const job = jobOf(items, about);
  const pretend = pretendCenter({ jobs: [job], live: new Map(live ? [[job.id, live]] : []) });
  const { reader, reads } = pretendItems(() => list);
  const told = { onOpenJob: vi.fn(), onOpenJobs: vi.fn(), onNeedKey: vi.fn() };
  const rendered = renderWithClient(
    <>
      <JobReport
        center={pretend.center}
        jobId="job-1"
        ledger={reader}
        deletionNote="The bytes are removed later."
        {...told}
      />
      <Toaster />
    </>,
  );
  return {
    ...rendered,
    ...told,
    ...pretend,
    reads,
    become: (next: readonly JobItem[], more: Partial<Job> = {}, now?: Live) => {
      list = next;
      act(() => pretend.show([jobOf(next, { ...about, ...more })], now ? { 'job-1': now } : {}));
    },
  };
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const table = () => screen.findByRole('table', { name: 'Assets of this job' });
const names = async () =>
  within(await table())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('bdi')?.textContent);
const outcomes = () =>
  within(screen.getByRole('group', { name: 'Show assets by outcome' }))
    .getAllByRole('button')
    .map((each) => each.textContent);

describe('the report', () => {
  it('begins at its heading, with what was planned and what was left out', () => {
    open(ENDED, { leftOut: [{ reason: 'pinned', count: 3 }] });
    expect(screen.getByRole('heading', { name: 'Delete 7 assets' })).toHaveFocus();
    const plan = screen.getByRole('region', { name: 'Plan' });
    expect(plan).toHaveTextContent('ConnectionComfy Cloud');
    expect(plan).toHaveTextContent('Sizeup to 5 MB');
    expect(plan).toHaveTextContent('Left out3 pinned by you');
    expect(plan).toHaveTextContent('The bytes are removed later.');
  });

  it('counts every asset in exactly one outcome', async () => {
    open();
    await table();
    expect(outcomes()).toEqual([
      '7 All assets',
      '2 Deleted',
      '1 Already gone',
      '1 Protected',
      '1 Changed',
      '2 Failed',
      '0 Unknown',
      '0 Not sent',
    ]);
  });

  it('groups by cause, the most frequent first', async () => {
    open();
    const causes = within(await screen.findByRole('list', { name: 'Causes' })).getAllByRole('listitem');
    expect(causes.map((each) => each.textContent)).toEqual([
      '2Failed: Comfy Cloud has a problemTry again in a moment.',
      '1Protected: Comfy Cloud refuses this for nowIt is in use.',
      '1Changed: It changed since it was selected, so it was not touched',
    ]);
  });

  it('gives the provider’s own words and what its support asks for', async () => {
    open();
    const row = within(await table()).getByRole('row', { name: /bee\.png/ });
    expect(row).toHaveTextContent('Failed');
    expect(row).toHaveTextContent('Comfy Cloud has a problemDisk 7 is down');
    expect(row).toHaveTextContent('status 500 · code DISK · request id req-77');
  });

  it('says so when the job is not here', () => {
    const { show } = open();
    act(() => show([]));
    expect(screen.getByRole('heading', { name: 'This job is not here' })).toBeVisible();
  });

  it('says so when its assets cannot be read, and tries again', async () => {
    const { reader } = pretendItems(() => ENDED);
    let broken = true;
    const { user } = renderWithClient(
      <JobReport
        center={pretendCenter({ jobs: [jobOf(ENDED)] }).center}
        jobId="job-1"
        ledger={{
          ...reader,
          items: (...asked) => (broken ? Promise.reject(new Error()) : reader.items(...asked)),
        }}
        deletionNote={null}
        onOpenJob={vi.fn()}
        onOpenJobs={vi.fn()}
        onNeedKey={vi.fn()}
      />,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('could not be read');
    broken = false;
    await user.click(button('Try again'));
    expect(await names()).toHaveLength(7);
  });
});

describe('finding assets', () => {
  it('by outcome', async () => {
    const { user } = open();
    await table();
    await user.click(button('2 Failed'));
    expect(button('2 Failed')).toHaveAttribute('aria-pressed', 'true');
    await waitFor(async () => expect(await names()).toEqual(['bee.png', 'fox.mp4']));
    await user.click(button('7 All assets'));
    await waitFor(async () => expect(await names()).toHaveLength(7));
  });

  it('by part of the name or the id', async () => {
    const { user } = open();
    await table();
    await user.type(screen.getByRole('searchbox', { name: 'Search by name or id' }), 'FOX');
    await waitFor(async () => expect(await names()).toEqual(['fox.png', 'fox.mp4']));
    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), 'asset-6');
    await waitFor(async () => expect(await names()).toEqual(['ant.png']));
    await user.type(screen.getByRole('searchbox'), 'x');
    expect(await screen.findByText('No asset of this job matches.')).toBeVisible();
  });

  it('page by page, 100 at a time', async () => {
    const { user, reads } = open(Array.from({ length: 230 }, (_, index) => aJobItem(index, 'deleted')));
    expect(await names()).toHaveLength(100);
    expect(screen.getByText('1–100 of 230')).toBeVisible();
    await user.click(button('Next page'));
    await user.click(button('Next page'));
    expect(await screen.findByText('201–230 of 230')).toBeVisible();
    await waitFor(async () => expect((await names())[0]).toBe('200.png'));
    expect(within(await table()).getAllByRole('row')[1]).toHaveAttribute('aria-rowindex', '202');
    await user.click(button('Next page'));
    expect(reads.at(-1)).toMatchObject({ offset: 200, limit: 100 });
  });
});

describe('while it runs', () => {
  const running = (deleted: number) =>
    Array.from({ length: 150 }, (_, index) => aJobItem(index, index < deleted ? 'deleted' : 'queued'));
  const about = { phase: 'running', endedAt: null } as const;

  it('counts live, follows the assets and can be paused', async () => {
    const { user, become, asked } = open(running(1), about, aLive({ pace: 8 }));
    await table();
    expect(outcomes()).toContain('149 Still to do');
    expect(screen.getByText('8 at a time')).toBeVisible();
    become(running(60), about, aLive());
    expect(outcomes()).toContain('60 Deleted');
    expect(screen.getByText('Deleting: 60 of 150 done')).toBeVisible();
    await waitFor(async () =>
      expect(within(await table()).getAllByRole('row', { name: /Deleted/ })).toHaveLength(60),
    );
    await user.click(button('Pause'));
    expect(asked).toEqual(['pause job-1']);
    expect(screen.queryByRole('button', { name: /^Retry/ })).not.toBeInTheDocument();
  });

  it('goes back to the last page that is left', async () => {
    const { user, become } = open(running(1), about);
    await table();
    await user.click(button('149 Still to do'));
    await waitFor(() => expect(screen.getByText('1–100 of 149')).toBeVisible());
    await user.click(button('Next page'));
    await waitFor(() => expect(screen.getByText('101–149 of 149')).toBeVisible());
    become(running(120), about);
    await waitFor(() => expect(screen.getByText('1–30 of 30')).toBeVisible());
  });

  it('reads the ledger at most once a second', async () => {
    const { become, reads } = open(running(0), about);
    await table();
    const before = reads.length;
    for (let deleted = 1; deleted <= 40; deleted += 1) become(running(deleted), about);
    await waitFor(async () =>
      expect(within(await table()).getAllByRole('row', { name: /Deleted/ })).toHaveLength(40),
    );
    expect(reads.length - before).toBeLessThanOrEqual(2);
  });
});

describe('what can be done with it', () => {
  it('tries again what failed, in a new job', async () => {
    const { user, asked, onOpenJob } = open();
    await user.click(button('Retry 2 failed'));
    expect(asked).toEqual(['retry job-1']);
    expect(onOpenJob).toHaveBeenCalledExactlyOnceWith('job-2');
  });

  it('tries again what is unknown as well', () => {
    open([...ENDED, aJobItem(7, 'unknown')]);
    expect(button('Retry 3 failed or unknown')).toBeVisible();
  });

  it('does not offer to try again what did not fail', () => {
    open(ENDED.slice(0, 3));
    expect(screen.queryByRole('button', { name: /^Retry/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('puts removed tags back', async () => {
    const { user, asked, onOpenJob } = open(
      [
        aJobItem(0, 'edited', { changedTags: ['draft'], unchangedTags: ['old'] }),
        aJobItem(1, 'edited', { changedTags: ['draft', 'old'] }),
      ],
      { action: { type: 'remove-tags', tags: ['draft', 'old'] } },
    );
    expect(screen.getByRole('heading', { name: 'Remove 2 tags from 2 assets' })).toBeVisible();
    expect(outcomes()).toContain('2 Tags removed');
    expect(within(await table()).getByRole('row', { name: /0\.png/ })).toHaveTextContent(
      'draftalready so: old',
    );
    await user.click(button('Undo'));
    expect(asked).toEqual(['undo job-1']);
    expect(onOpenJob).toHaveBeenCalledExactlyOnceWith('job-2');
  });

  it('saves the whole outcome as CSV or JSON Lines', async () => {
    const { user } = open();
    await user.click(button('Save outcome as CSV'));
    await waitFor(() => expect(saved).toHaveLength(1));
    const lines = (await saved[0]!.text()).trim().split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[5]).toMatch(/bee\.png.*failed-retryable.*Disk 7 is down.*500.*DISK.*req-77/);
    await user.click(button('Save outcome as JSON Lines'));
    await waitFor(() => expect(saved).toHaveLength(2));
    expect((await saved[1]!.text()).trim().split('\n')).toHaveLength(7);
  });

  it('says when it could not be saved', async () => {
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      throw new Error('disk full');
    });
    const { user } = open();
    await user.click(button('Save outcome as CSV'));
    expect(await screen.findByText('The outcome could not be saved.')).toBeVisible();
  });

  it('leads back to all jobs', async () => {
    const { user, onOpenJobs } = open();
    await user.click(button('All jobs'));
    expect(onOpenJobs).toHaveBeenCalledOnce();
  });
});

describe('the final check', () => {
  const check = () => screen.getByRole('region', { name: 'Final check' });

  it('proves how many are gone, and looks again', async () => {
    const { user, asked } = open(ENDED, {
      verification: { confirmed: 3, of: 3, stillThere: [], unclear: 0 },
    });
    expect(check()).toHaveTextContent('Confirmed gone: 3 of 3');
    await user.click(button('Check again'));
    expect(asked).toEqual(['verify job-1']);
  });

  it('names what is still there, and counts what could not be looked at', () => {
    open(ENDED, { verification: { confirmed: 1, of: 3, stillThere: ['asset-1'], unclear: 1 } });
    expect(check()).toHaveTextContent('Confirmed gone: 1 of 3; 1 could not be looked at');
    expect(check()).toHaveTextContent('1 asset is still there, though the provider said otherwise');
    expect(within(screen.getByRole('list', { name: 'Still there' })).getByRole('listitem')).toHaveTextContent(
      'asset-1',
    );
  });

  it('shows how far it is, and is not begun twice', async () => {
    const { user, asked } = open(ENDED, {}, aLive({ running: false, verifying: { looked: 1, of: 3 } }));
    expect(check()).toHaveTextContent('Checking that what was deleted is gone: 1 of 3');
    await user.click(button('Check now'));
    expect(asked).toEqual([]);
  });

  it('is not there where nothing was deleted', () => {
    open([aJobItem(0, 'failed-final', { problem: BROKEN })]);
    expect(screen.queryByRole('region', { name: 'Final check' })).not.toBeInTheDocument();
  });
});
