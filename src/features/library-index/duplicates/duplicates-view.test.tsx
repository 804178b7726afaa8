import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { anAsset } from '@/testing/assets';
import { clearToasts } from '@/ui/toaster';

import { openView } from '../parts/view-for-test';

import DuplicatesView from './duplicates-view';

beforeEach(() => {
  clearToasts();
  localStorage.clear();
});

const copy = (id: string, contentHash: string, about: Partial<Asset> = {}): Asset =>
  anAsset({ id, name: `${id}.png`, contentHash, sizeBytes: 2_000_000, ...about });

/** Of foxes the oldest has no tag; of hens there are two. */
const FOXES = [
  copy('fox-1', 'aa', { createdAt: '2026-01-01T00:00:00Z' }),
  copy('fox-2', 'aa', { createdAt: '2026-01-02T00:00:00Z', tags: ['best'] }),
  copy('fox-3', 'aa', { createdAt: '2026-01-03T00:00:00Z' }),
];
const HENS = [
  copy('hen-1', 'bb', { createdAt: '2026-02-01T00:00:00Z' }),
  copy('hen-2', 'bb', { createdAt: '2026-02-02T00:00:00Z' }),
];
const ASSETS = [
  ...FOXES,
  ...HENS,
  copy('owl', 'cc'),
  copy('plain-1', 'x', { contentHash: null, name: 'same.png' }),
];

const group = (name: string) => screen.findByRole('article', { name: `Copies of ${name}` });
const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });

describe('duplicates', () => {
  it('shows what could be freed most first, and says which copy is kept and why', async () => {
    await openView(DuplicatesView, ASSETS);
    const foxes = await group('fox-1.png');
    expect(screen.getAllByRole('article').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Copies of fox-1.png',
      'Copies of hen-1.png',
    ]);
    expect(foxes).toHaveTextContent('Kept: copy 2 (most tags of 3).');
    expect(foxes).toHaveTextContent('They differ in: name, created, tags.');
    expect(await group('hen-1.png')).toHaveTextContent('Kept: copy 1 (oldest of 2).');
    expect(screen.getByText('2 groups, 3 copies more than needed: up to 6 MB.')).toBeVisible();
  });

  it('ticks all but the keepers with one click', async () => {
    const { user, selected, button } = await openView(DuplicatesView, ASSETS);
    await group('fox-1.png');
    await user.click(button('Select all but the keepers'));
    expect(await screen.findByText('Selected 3 copies. Nothing is deleted yet.')).toBeVisible();
    expect(selected()).toEqual(['fox-1', 'fox-3', 'hen-2']);
  });

  it('never lets the last copy be ticked, and says why', async () => {
    const { user, selected } = await openView(DuplicatesView, ASSETS);
    const hens = await group('hen-1.png');
    await user.click(box('hen-2.png'));
    expect(box('hen-1.png')).toBeDisabled();
    expect(hens).toHaveTextContent('It is the one to keep');
    // Another keeper is unticked; the old one may go then.
    await user.click(screen.getByRole('radio', { name: 'Keep this one: hen-2.png' }));
    await waitFor(() => expect(hens).toHaveTextContent('Kept: copy 2 (chosen by you).'));
    expect(selected()).toEqual([]);
    await user.click(box('hen-1.png'));
    expect(selected()).toEqual(['hen-1']);
    expect(box('hen-2.png')).toBeDisabled();
  });

  it('unticks what other rules keep when all are selected anew', async () => {
    const { user, selected, button } = await openView(DuplicatesView, ASSETS);
    await group('fox-1.png');
    await user.click(button('Select all but the keepers'));
    await waitFor(() => expect(selected()).toHaveLength(3));
    await user.click(button('Remove: Most tags'));
    await user.click(button('Remove: Oldest'));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Another rule' }), 'Newest');
    await user.click(button('Add rule'));
    const foxes = await group('fox-1.png');
    await waitFor(() => expect(foxes).toHaveTextContent('Kept: copy 3 (newest of 3).'));
    expect(foxes).toHaveTextContent('to keep, but ticked');
    // The last one left is not ticked, rule or not.
    expect(box('fox-2.png')).toBeDisabled();
    expect(foxes).toHaveTextContent('It is the last copy that is left');
    await user.click(button('Select all but the keepers'));
    await waitFor(() => expect(selected()).toEqual(['fox-1', 'fox-2', 'hen-1']));
  });

  it('orders, removes and remembers the rules', async () => {
    const { user, button } = await openView(DuplicatesView, ASSETS);
    const foxes = await group('fox-1.png');
    await user.click(button('Move up: Oldest'));
    await waitFor(() => expect(foxes).toHaveTextContent('Kept: copy 1 (oldest of 3).'));
    expect(localStorage.getItem('winnow.keeper-rules')).toBe(
      JSON.stringify([{ type: 'pinned' }, { type: 'oldest' }, { type: 'most-tags' }]),
    );
    await user.type(screen.getByRole('textbox', { name: 'Tag of the copy to keep' }), 'best{Enter}');
    await user.click(button('Remove: Oldest'));
    await user.click(button('Remove: Most tags'));
    await waitFor(() => expect(foxes).toHaveTextContent('Kept: copy 2 (has the tag “best”).'));
  });

  it('never ticks what is pinned or protected', async () => {
    const locked = copy('hen-3', 'bb', { protection: 'immutable', createdAt: '2026-03-01T00:00:00Z' });
    const { user, selected, button } = await openView(DuplicatesView, [...ASSETS, locked], {
      pinned: FOXES.slice(2),
    });
    expect(await group('hen-1.png')).toHaveTextContent('Kept: copy 3 (cannot be deleted).');
    expect(await group('fox-1.png')).toHaveTextContent('Kept: copy 3 (pinned).');
    await user.click(button('Select all but the keepers'));
    await waitFor(() => expect(selected()).toEqual(['fox-1', 'fox-2', 'hen-1', 'hen-2']));
    expect(box('hen-3.png')).toBeDisabled();
    expect(box('fox-3.png')).toBeDisabled();
  });

  it('lets only matching copies go, and keeps one where all match', async () => {
    const { user, selected, button } = await openView(DuplicatesView, ASSETS);
    await group('fox-1.png');
    await user.type(screen.getByRole('textbox', { name: 'Tag of copies to go' }), 'best');
    // The only match is the keeper.
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1));
    await user.click(button('Remove: Most tags'));
    await waitFor(async () =>
      expect(await group('fox-1.png')).toHaveTextContent('Kept: copy 1 (oldest of 3).'),
    );
    await user.click(button('Select all but the keepers'));
    await waitFor(() => expect(selected()).toEqual(['fox-2']));
  });

  it('goes by keys: numbers keep, n and p lead to other groups', async () => {
    const { user } = await openView(DuplicatesView, ASSETS);
    const foxes = await group('fox-1.png');
    const hens = await group('hen-1.png');
    foxes.focus();
    await user.keyboard('3');
    await waitFor(() => expect(foxes).toHaveTextContent('Kept: copy 3 (chosen by you).'));
    await user.keyboard('n');
    expect(hens).toHaveFocus();
    await user.keyboard('p');
    expect(foxes).toHaveFocus();
    fireEvent.keyDown(foxes, { key: '1', ctrlKey: true });
    expect(foxes).toHaveTextContent('Kept: copy 3 (chosen by you).');
  });

  it('hides groups that are no duplicates, and shows them again', async () => {
    const { user } = await openView(DuplicatesView, ASSETS);
    const hens = await group('hen-1.png');
    await user.click(within(hens).getByRole('button', { name: 'Not duplicates: hide' }));
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Copies of hen-1.png' })).toBeNull());
    expect(screen.getByRole('heading', { name: 'Duplicates' })).toHaveFocus();
    await user.click(screen.getByRole('checkbox', { name: 'Only hidden groups' }));
    await user.click(within(await group('hen-1.png')).getByRole('button', { name: 'Show this group again' }));
    expect(await screen.findByText('No group is hidden')).toBeVisible();
  });

  it('forgets at once what is gone', async () => {
    const { index } = await openView(DuplicatesView, ASSETS);
    await group('hen-1.png');
    await index.applyGone(['hen-2', 'fox-1']);
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Copies of hen-1.png' })).toBeNull());
    expect(await group('fox-2.png')).toHaveTextContent('2 copies of 2 MB each');
  });

  it('shows suspects apart, and selects none of them by itself', async () => {
    const twins = ['a', 'b'].map((id) => anAsset({ id, name: 'Same.png', sizeBytes: 7 }));
    const { user, selected } = await openView(DuplicatesView, twins);
    expect(await screen.findByText('No duplicates')).toBeVisible();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Compare by' }), 'maybe');
    const same = await group('Same.png');
    expect(same).toHaveTextContent('Only their size and name are equal; that proves nothing.');
    expect(screen.queryByRole('button', { name: 'Select all but the keepers' })).toBeNull();
    await user.click(within(same).getByRole('button', { name: 'Select the other 1' }));
    expect(selected()).toEqual(['b']);
  });

  it('shows more of many copies when asked', async () => {
    const many = Array.from({ length: 90 }, (_, at) => copy(`c${String(at).padStart(2, '0')}`, 'aa'));
    const { user, selected } = await openView(DuplicatesView, many);
    const all = await group('c00.png');
    expect(within(all).getAllByRole('radio')).toHaveLength(6);
    await user.click(within(all).getByRole('button', { name: 'Show 60 more of 84' }));
    await waitFor(() => expect(within(all).getAllByRole('radio')).toHaveLength(66));
    await user.click(box('c65.png'));
    expect(selected()).toEqual(['c65']);
  });
});
