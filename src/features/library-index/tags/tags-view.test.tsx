import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { NO_INDEX_FILTERS } from '@/domain/library-query';
import { anAsset } from '@/testing/assets';
import { clearToasts } from '@/ui/toaster';

import { openView } from '../parts/view-for-test';

import TagsView from './tags-view';

beforeEach(clearToasts);

const tagged = (id: string, tags: readonly string[], about: Partial<Asset> = {}) =>
  anAsset({ id, tags, createdAt: '2026-03-12T08:00:00Z', ...about });

const RECENT = new Date(Date.now() - 5 * 86_400_000).toISOString();
const ASSETS = [
  tagged('a', ['output', 'draft', 'fox']),
  tagged('b', ['output', 'draft', 'Foxes'], { sizeBytes: null }),
  tagged('c', ['output', 'draft'], { lastAccessedAt: RECENT }),
  tagged('d', ['output', 'a,b'], { protection: 'immutable' }),
];

const names = (table = 'Tags') =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('link')
    .map((link) => link.textContent);
const rowOf = (tag: string) => screen.getByRole('link', { name: tag }).closest('tr');
const show = () => screen.findByRole('combobox', { name: 'Show' });

describe('tags', () => {
  it('are listed with what has them, most used first, and sorted by any column', async () => {
    const { user, button } = await openView(TagsView, ASSETS);
    await screen.findByRole('table', { name: 'Tags' });
    expect(names()).toEqual(['output', 'draft', 'a,b', 'fox', 'Foxes']);
    expect(rowOf('draft')).toHaveTextContent('32 kB + 1 unknown');
    expect(rowOf('output')).toHaveTextContent('Says which folder an asset is in');
    await user.click(button('Tag'));
    await waitFor(() => expect(names()).toEqual(['a,b', 'draft', 'fox', 'Foxes', 'output']));
    expect(screen.getByRole('columnheader', { name: 'Tag' })).toHaveAttribute('aria-sort', 'ascending');
    await user.click(button('Tag'));
    await waitFor(() => expect(names()).toEqual(['output', 'Foxes', 'fox', 'draft', 'a,b']));
  });

  it('are found by a part of their name', async () => {
    const { user } = await openView(TagsView, ASSETS);
    await user.type(await screen.findByRole('searchbox', { name: 'Find tags' }), 'FOX');
    await waitFor(() => expect(names()).toEqual(['fox', 'Foxes']));
    expect(screen.getByText('2 of 5 tags')).toBeVisible();
    await user.type(screen.getByRole('searchbox', { name: 'Find tags' }), 'tail');
    expect(await screen.findByRole('heading', { name: 'No such tags' })).toBeVisible();
  });

  it('are rare, or not used lately, by numbers that can be changed', async () => {
    const { user } = await openView(TagsView, ASSETS);
    await user.selectOptions(await show(), 'Rare tags');
    await waitFor(() => expect(names()).toEqual(['a,b', 'fox', 'Foxes']));
    const most = screen.getByRole('textbox', { name: 'On at most so many assets' });
    await user.clear(most);
    expect(screen.getByText('A whole number from 1.')).toBeVisible();
    await user.type(most, '3');
    await waitFor(() => expect(names()).toEqual(['draft', 'a,b', 'fox', 'Foxes']));
    await user.selectOptions(await show(), 'Tags not used lately');
    await user.clear(screen.getByRole('textbox', { name: 'Not used for days' }));
    await user.type(screen.getByRole('textbox', { name: 'Not used for days' }), '6');
    await waitFor(() => expect(names()).toEqual(['a,b', 'fox', 'Foxes']));
  });

  it('are grouped where they are spellings of one', async () => {
    const { user, button } = await openView(TagsView, ASSETS);
    await user.selectOptions(await show(), 'Similar spellings');
    const group = await screen.findByRole('region', { name: 'Spellings of fox' });
    expect(group).toHaveTextContent('2 spellings');
    expect(names('Spellings of fox')).toEqual(['fox', 'Foxes']);
    await user.click(button('Pick all spellings of fox but the most used'));
    expect(screen.getByRole('checkbox', { name: 'Pick tag Foxes' })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Pick tag fox' })).not.toBeChecked();
  });

  it('are taken off every asset that has one of them, by the plan for that', async () => {
    const { user, removals } = await openView(TagsView, ASSETS);
    for (const tag of ['fox', 'draft', 'a,b']) {
      await user.click(await screen.findByRole('checkbox', { name: `Pick tag ${tag}` }));
    }
    const toolbar = await screen.findByRole('toolbar', { name: 'Picked tags' });
    await waitFor(() =>
      expect(toolbar).toHaveTextContent('3 tags picked, on 4 assets. 1 is protected and will keep them.'),
    );
    await user.click(within(toolbar).getByRole('button', { name: 'Remove from 4…' }));
    await waitFor(() => expect(removals).toHaveLength(1));
    const [assets, options] = removals[0] ?? [];
    expect(assets?.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(options).toEqual({ unseen: true, picked: ['a,b', 'draft', 'fox'] });
  });

  it('are never picked by the page when they say where assets belong, and by hand with a warning', async () => {
    const { user } = await openView(TagsView, ASSETS);
    const page = await screen.findByRole('checkbox', { name: /Pick the tags of this page/ });
    await user.click(page);
    expect(page).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Pick tag output' })).not.toBeChecked();
    await user.click(screen.getByRole('checkbox', { name: 'Pick tag output' }));
    expect(
      await screen.findByText(/Without “output” assets vanish from views that filter by it/),
    ).toBeVisible();
  });

  it('vanish with the last asset that has them, picked or not', async () => {
    const { user, index } = await openView(TagsView, ASSETS);
    await user.click(await screen.findByRole('checkbox', { name: 'Pick tag fox' }));
    await screen.findByRole('toolbar', { name: 'Picked tags' });
    await index.applyTags(new Map([['a', ['output', 'draft']]]));
    await waitFor(() => expect(names()).toEqual(['output', 'draft', 'a,b', 'Foxes']));
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
  });

  it('lead to what has them; what no provider can filter by, the index does', async () => {
    const { user, filtered } = await openView(TagsView, ASSETS);
    await user.click(await screen.findByRole('link', { name: 'draft' }));
    await user.click(screen.getByRole('link', { name: 'a,b' }));
    expect(filtered).toEqual([
      { includeTags: ['draft'] },
      { includeTags: ['a,b'], index: { ...NO_INDEX_FILTERS, hasTags: true } },
    ]);
  });

  it('are only looked at where the provider takes none off', async () => {
    await openView(TagsView, ASSETS, { canRemoveTags: false });
    await screen.findByRole('table', { name: 'Tags' });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('can all be picked where they do not fit a page', async () => {
    const many = Array.from({ length: 60 }, (_, at) => `t${String(at).padStart(2, '0')}`);
    const { user, button } = await openView(TagsView, [tagged('a', [...many, 'output'])]);
    await user.selectOptions(await show(), 'Rare tags');
    await user.click(await screen.findByRole('button', { name: 'Pick all 61' }));
    expect(await screen.findByText(/60 tags picked, on 1 asset\./)).toBeVisible();
    await user.click(button('Next page'));
    expect(await screen.findByText('51–61 of 61')).toBeVisible();
    await user.click(button('Clear'));
    expect(screen.queryByRole('toolbar')).toBeNull();
    expect(screen.getByRole('heading', { name: 'Tags' })).toHaveFocus();
  });
});
