import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { NO_INDEX_FILTERS } from '@/domain/library-query';
import { anAsset } from '@/testing/assets';
import { clearToasts } from '@/ui/toaster';

import { openView } from '../parts/view-for-test';

import ByJobView from './by-job-view';

beforeEach(clearToasts);

/** The higher the number, the newer and the smaller. */
const made = (jobId: string, number: number, about = {}) =>
  anAsset({
    id: `${jobId}-${number}`,
    name: `${jobId}-${number}.png`,
    jobId,
    sizeBytes: (10 - number) * 1_000_000,
    createdAt: `2026-03-${10 + number}T08:00:00Z`,
    ...about,
  });

const FOXES = [1, 2, 3].map((number) => made('fox', number));
const HENS = [made('hen', 1, { tags: ['best'] }), made('hen', 2)];
const ASSETS = [...FOXES, ...HENS, made('owl', 1), anAsset({ id: 'upload', name: 'upload.png' })];

const job = (id: string) => screen.findByRole('article', { name: `Job ${id}` });
const saysOf = (article: HTMLElement, name: string) =>
  within(article).getByRole('link', { name }).closest('li')?.textContent;

describe('by job', () => {
  it('shows the assets of each generation together, and says what the rule makes of each', async () => {
    await openView(ByJobView, ASSETS);
    const foxes = await job('fox');
    expect(within(foxes).getByRole('heading')).toHaveTextContent('3 assets, up to 24 MB');
    expect(foxes).toHaveTextContent('2 may go');
    expect(saysOf(foxes, 'fox-3.png')).toContain('Stays: newest · 7 MB');
    expect(saysOf(foxes, 'fox-1.png')).toContain('May go');
    expect(screen.getAllByRole('article').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Job fox',
      'Job hen',
    ]);
    expect(screen.getByText('2 jobs. 1 asset belongs to no known job.')).toBeVisible();
  });

  it('ticks what the rule lets go of all jobs with one click, and nothing else', async () => {
    const { user, selected } = await openView(ByJobView, ASSETS);
    expect(
      await screen.findByText(
        'The newest asset of each job stays. 3 assets, up to 26 MB, may go from 2 jobs; 3 assets stay.',
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Select these 3' }));
    expect(await screen.findByText('Selected 3 assets. Nothing is deleted yet.')).toBeVisible();
    expect(selected()).toEqual(['fox-1', 'fox-2', 'hen-1']);
    expect(screen.getByRole('checkbox', { name: 'Select fox-1.png' })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Select fox-3.png' })).not.toBeChecked();
  });

  it('follows the rule: how many, and by what', async () => {
    const { user, button } = await openView(ByJobView, ASSETS);
    const count = await screen.findByRole('textbox', { name: 'How many' });
    await user.clear(count);
    expect(screen.getByText('A whole number from 1.')).toBeVisible();
    expect(button('Select these 3')).toBeVisible();
    await user.type(count, '2');
    await waitFor(() => expect(button('Select these 1')).toBeVisible());
    await user.selectOptions(screen.getByRole('combobox', { name: 'Keep of each job' }), 'the largest');
    await waitFor(async () => expect(saysOf(await job('fox'), 'fox-1.png')).toContain('Stays: largest'));
  });

  it('keeps what has a chosen tag, and the newest where nothing has it', async () => {
    const { user } = await openView(ByJobView, ASSETS);
    await user.selectOptions(
      await screen.findByRole('combobox', { name: 'Keep of each job' }),
      'what has a tag',
    );
    expect(screen.getByText('Until you choose one, the rule stays as it was.')).toBeVisible();
    await user.type(screen.getByRole('combobox', { name: 'Tag to keep' }), 'be');
    await user.click(await screen.findByRole('option', { name: /best/ }));
    await waitFor(async () => expect(saysOf(await job('hen'), 'hen-1.png')).toContain('Stays: has the tag'));
    expect(saysOf(await job('hen'), 'hen-2.png')).toContain('May go');
    expect(saysOf(await job('fox'), 'fox-3.png')).toContain('Stays: newest');
  });

  it('lets nothing go that is pinned, protected or the preview of another', async () => {
    const [oldest, middle] = FOXES;
    const locked = made('fox', 0, { id: 'locked', name: 'locked.png', protection: 'immutable' });
    const owner = anAsset({ id: 'owner', previewAssetId: middle?.id ?? null });
    const { user, selected } = await openView(ByJobView, [...FOXES, locked, owner], {
      pinned: oldest === undefined ? [] : [oldest],
    });
    const foxes = await job('fox');
    expect(saysOf(foxes, 'fox-1.png')).toContain('Stays: pinned by you');
    expect(saysOf(foxes, 'fox-2.png')).toContain('Stays: preview of another asset');
    expect(saysOf(foxes, 'locked.png')).toContain('Stays: immutable');
    expect(screen.getByRole('checkbox', { name: 'Select locked.png' })).toBeDisabled();
    expect(await screen.findByText(/Nothing is left to go: all 4 assets of jobs stay/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Select these/ })).toBeNull();
    // By hand it can still be ticked: the plan says what it leaves out.
    await user.click(screen.getByRole('checkbox', { name: 'Select fox-1.png' }));
    expect(selected()).toEqual(['fox-1']);
  });

  it('lets nothing be selected by the rule before all assets are known', async () => {
    const { user, button, selected, become, index } = await openView(ByJobView, ASSETS, {
      view: { state: 'building' },
    });
    expect(await screen.findByText(/jobs may have more assets than it knows/)).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Select these 3' }));
    // Answered in order: what the click had asked for would be there by now.
    await act(() => index.store.call('notes', { keys: [] }));
    expect(selected()).toEqual([]);
    expect(button('Select these 3')).toHaveAttribute('aria-disabled', 'true');
    act(() => become({ state: 'ready' }));
    await user.click(button('Select these 3'));
    await waitFor(() => expect(selected()).toEqual(['fox-1', 'fox-2', 'hen-1']));
  });

  it('leads to the assets of a job in the table', async () => {
    const { user, filtered } = await openView(ByJobView, ASSETS);
    await job('hen');
    await user.click(screen.getByRole('link', { name: 'Job hen in the table' }));
    expect(filtered).toEqual([{ index: { ...NO_INDEX_FILTERS, jobId: 'hen' } }]);
  });

  it('forgets at once what is gone', async () => {
    const { index } = await openView(ByJobView, ASSETS);
    await job('hen');
    await index.applyGone(['hen-1']);
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Job hen' })).toBeNull());
    expect(await screen.findByRole('button', { name: 'Select these 2' })).toBeVisible();
  });

  it('says so where no asset names its job', async () => {
    await openView(ByJobView, [anAsset()]);
    expect(await screen.findByRole('heading', { name: 'No jobs' })).toBeVisible();
    expect(await screen.findByText(/Nothing is left to go/)).toBeVisible();
  });
});
