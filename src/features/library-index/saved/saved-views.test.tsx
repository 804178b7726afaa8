import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS, NO_INDEX_FILTERS } from '@/domain/library-query';
import type { SeenAsset } from '@/domain/plan';
import type { Policy, SavedView } from '@/domain/saved-view';
import { writeStored } from '@/lib/use-stored';
import { NOTHING_SAVED, parseSaved, SAVED_NAME, writeSaved } from '@/library/saved/saved-items';
import { anAsset } from '@/testing/assets';
import { comfyProvider } from '@/testing/pretend-network';
import { clearToasts } from '@/ui/toaster';

import { openView } from '../parts/view-for-test';
import SavedViews from './saved-views';

const { kind } = comfyProvider().connection;
const { sort, order } = DEFAULT_QUERY;
const EVERYTHING = { ...NO_FILTERS, includePublic: false, sort, order };
const DRAFTS: SavedView = {
  ...{ id: 'drafts', name: 'Drafts', kind },
  query: { ...EVERYTHING, includeTags: ['draft'], index: { ...NO_INDEX_FILTERS, unusedDays: 90 } },
};
const ALL: SavedView = { id: 'all', name: 'All', kind, query: EVERYTHING };
const aPolicy = (about: Partial<Policy> = {}): Policy => ({
  ...{ id: 'weekly', name: 'Weekly', kind, viewId: 'all', keep: { type: 'none' }, keepTags: [] },
  ...{ action: { type: 'delete' }, ...about },
});

const keep = (views: readonly SavedView[], policies: readonly Policy[] = []) =>
  writeStored(SAVED_NAME, writeSaved({ ...NOTHING_SAVED, views, policies }));
const kept = () => parseSaved(localStorage.getItem(SAVED_NAME) ?? '')!;
/** All that is said at once: toasts have a region of their own. */
const alerts = () =>
  screen
    .getAllByRole('alert')
    .map(({ textContent }) => textContent)
    .join(' ');
const policies = () => within(screen.getByRole('list', { name: 'Policies' })).getAllByRole('listitem');
const asset = (id: string, about: Partial<Asset> = {}) => anAsset({ id, name: `${id}.png`, ...about });

beforeEach(() => {
  clearToasts();
  writeStored(SAVED_NAME, '');
});

describe('saved views', () => {
  it('begin with what the table shows, under a name', async () => {
    const query = { ...EVERYTHING, text: 'fox' };
    const { user, button } = await openView(SavedViews, [], { query });
    await user.click(button('Save what the table shows now…'));
    await user.click(button('Save'));
    expect(alerts()).toContain('Give it a name.');
    const field = screen.getByRole('textbox', { name: 'Name of the view' });
    expect(field).toHaveFocus();
    expect(field).toHaveAccessibleDescription('Give it a name.');
    await user.type(field, 'Foxes{Enter}');
    expect(screen.getByRole('link', { name: 'Foxes' })).toHaveFocus();
    expect(screen.getByText('Name contains “fox”, by creation, descending')).toBeVisible();
    expect(kept().views).toMatchObject([{ name: 'Foxes', kind, query }]);
  });

  it('open in the table with their filters and order, also in a tab of their own', async () => {
    keep([DRAFTS]);
    const { user, filtered } = await openView(SavedViews, []);
    const link = screen.getByRole('link', { name: 'Drafts' });
    expect(link).toHaveAttribute('href', `?${JSON.stringify(kept().views[0]?.query)}`);
    expect(screen.getByText('Tag draft · Not used for 90 days, by creation, descending')).toBeVisible();
    await user.click(link);
    expect(filtered).toEqual([DRAFTS.query]);
  });

  it('are those of this provider alone', async () => {
    keep([DRAFTS, { ...DRAFTS, id: 'films', name: 'Films', kind: 'roughy' }]);
    await openView(SavedViews, []);
    expect(within(screen.getByRole('list', { name: 'Saved views' })).getAllByRole('listitem')).toHaveLength(
      1,
    );
  });

  it('are renamed to a name that is free', async () => {
    keep([DRAFTS, ALL]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Rename Drafts'));
    const field = screen.getByRole('textbox', { name: 'New name' });
    await user.clear(field);
    await user.type(field, 'ALL{Enter}');
    expect(alerts()).toContain('Another view has this name.');
    await user.type(field, ' drafts{Enter}');
    expect(screen.getByRole('link', { name: 'ALL drafts' })).toHaveFocus();
    expect(kept().views.map(({ name }) => name)).toEqual(['ALL drafts', 'All']);
  });

  it('keep their name when renaming is called off', async () => {
    keep([DRAFTS]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Rename Drafts'));
    await user.keyboard('x{Escape}');
    expect(screen.getByRole('link', { name: 'Drafts' })).toHaveFocus();
    expect(kept().views).toEqual([DRAFTS]);
  });

  it('take over the filters of the table, and give them back', async () => {
    keep([DRAFTS]);
    const query = { ...EVERYTHING, text: 'fox' };
    const { user, button } = await openView(SavedViews, [], { query });
    await user.click(button('Update Drafts to what the table shows now'));
    expect(kept().views).toEqual([{ ...DRAFTS, query }]);
    expect(screen.queryByRole('button', { name: /^Update/ })).not.toBeInTheDocument();
    await user.click(button('Undo'));
    expect(kept().views).toEqual([DRAFTS]);
  });

  it('are duplicated, and deleted with a way back to where they were', async () => {
    keep([DRAFTS, ALL]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Duplicate Drafts'));
    expect(screen.getByRole('link', { name: 'Drafts 2' })).toHaveFocus();
    await user.click(button('Delete Drafts'));
    expect(screen.getByRole('heading', { name: 'Saved views' })).toHaveFocus();
    expect(kept().views.map(({ name }) => name)).toEqual(['Drafts 2', 'All']);
    await user.click(button('Undo'));
    expect(kept().views.map(({ name }) => name)).toEqual(['Drafts', 'Drafts 2', 'All']);
  });

  it('stay as long as a policy needs them', async () => {
    keep([ALL], [aPolicy(), aPolicy({ id: 'b', name: 'B' })]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Delete All'));
    expect(alerts()).toContain(
      'It is used by the policy “Weekly” and 1 other policy: delete that first, or let it use another view.',
    );
    expect(kept().views).toEqual([ALL]);
  });

  it('follow what another tab does', async () => {
    await openView(SavedViews, []);
    localStorage.setItem(SAVED_NAME, writeSaved({ ...NOTHING_SAVED, views: [DRAFTS] }));
    window.dispatchEvent(new StorageEvent('storage', { key: SAVED_NAME }));
    expect(await screen.findByRole('link', { name: 'Drafts' })).toBeVisible();
  });

  it('that cannot be read are neither shown nor written over until that is asked for', async () => {
    writeStored(SAVED_NAME, '{"version":2}');
    const { user, button } = await openView(SavedViews, []);
    expect(alerts()).toContain('The views kept in this browser cannot be read');
    expect(screen.queryByRole('button', { name: /^Save what/ })).not.toBeInTheDocument();
    expect(localStorage.getItem(SAVED_NAME)).toBe('{"version":2}');
    await user.click(button('Start anew'));
    expect(button('Save what the table shows now…')).toBeVisible();
  });
});

describe('files of views', () => {
  const file = (content: string) => new File([content], 'views.json', { type: 'application/json' });
  const input = () => screen.getByLabelText('File of views and policies');

  it('are shown before anything of them is added', async () => {
    keep([{ ...DRAFTS, query: EVERYTHING }]);
    const { user, button } = await openView(SavedViews, []);
    const content = {
      ...{ application: 'winnow', content: 'views', version: 1 },
      views: [DRAFTS, { ...ALL, apiKey: 'sk_1' }],
      policies: [aPolicy({ viewId: 'drafts' })],
    };
    await user.upload(input(), file(JSON.stringify(content)));
    const dialog = await screen.findByRole('alertdialog', { name: 'Import 1 view and 1 policy?' });
    expect(dialog).toHaveTextContent('View 2 cannot be used: “apiKey” is not known here');
    expect(dialog).toHaveTextContent('Drafts 2View · Comfy Cloud · The file calls it “Drafts”');
    expect(kept().views).toHaveLength(1);
    await user.click(button('Import'));
    expect(kept().views.map(({ name }) => name)).toEqual(['Drafts', 'Drafts 2']);
    expect(kept().policies[0]).toMatchObject({ name: 'Weekly', viewId: kept().views[1]?.id });
    expect(screen.getByText('1 view and 1 policy imported')).toBeVisible();
  });

  it('that are something else are refused', async () => {
    const { user } = await openView(SavedViews, []);
    await user.upload(input(), file('{"connections":[]}'));
    await waitFor(() =>
      expect(alerts()).toContain('Nothing was imported. This is not a file of views that Winnow exported.'),
    );
  });
});

describe('a policy', () => {
  it('is made of a view, with what is wrong said beside its field', async () => {
    keep([DRAFTS]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Make a policy of Drafts'));
    const name = screen.getByRole('textbox', { name: 'Name' });
    expect(name).toHaveFocus();
    expect(name).toHaveValue('Drafts');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'What is done to the rest' }),
      'Remove tags',
    );
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'What stays' }),
      'The first few of each job',
    );
    const count = screen.getByRole('textbox', { name: 'How many' });
    await user.clear(count);
    await user.type(count, '2.5');
    await user.click(button('Save policy'));
    expect(count).toHaveFocus();
    expect(count).toHaveAccessibleDescription('Enter a whole number from 1 to 1000000.');
    const tags = screen.getByRole('textbox', { name: 'Tags to remove, with commas between them' });
    expect(tags).toHaveAccessibleDescription('Name at least one tag to remove.');
    await user.clear(count);
    await user.type(count, '2');
    await user.type(tags, 'draft, wip,,draft');
    await user.type(
      screen.getByRole('textbox', { name: 'Always keep what is tagged, with commas between tags' }),
      'keep',
    );
    await user.click(button('Save policy'));
    expect(kept().policies).toMatchObject([
      {
        ...{ name: 'Drafts', kind, viewId: 'drafts', keepTags: ['keep'] },
        keep: { type: 'first', rank: 'newest', count: 2, of: 'job' },
        action: { type: 'remove-tags', tags: ['draft', 'wip'] },
      },
    ]);
    expect(policies()).toHaveLength(1);
    expect(policies()[0]).toHaveTextContent(
      'Removes the tags draft, wip from what “Drafts” shows. The newest 2 of each job are kept. Pinned assets, and those tagged keep, always stay.',
    );
  });

  it('comes back into its form as it is', async () => {
    const policy = aPolicy({ keep: { type: 'copy', rank: 'newest' }, keepTags: ['a', 'b'] });
    keep([DRAFTS, ALL], [policy]);
    const { user, button } = await openView(SavedViews, []);
    await user.click(button('Edit Weekly'));
    await user.click(button('Save policy'));
    expect(kept().policies).toEqual([policy]);
    expect(screen.getByRole('heading', { name: 'Weekly' })).toHaveFocus();
  });

  it('says that nothing runs it on a schedule', async () => {
    await openView(SavedViews, []);
    expect(screen.getByText(/cannot run a policy on a schedule/)).toBeVisible();
  });

  it('whose view is gone cannot run', async () => {
    keep([DRAFTS], [aPolicy()]);
    const { user, button } = await openView(SavedViews, []);
    expect(screen.getByText('The view that it was for is gone. Edit it to choose another.')).toBeVisible();
    await user.click(button('Dry run of Weekly'));
    expect(screen.getByRole('heading', { name: 'Policies' })).toBeVisible();
  });
});

describe('a dry run', () => {
  const LIBRARY = [
    asset('old', { createdAt: '2024-01-01T00:00:00Z', sizeBytes: 3_000 }),
    asset('new', { createdAt: '2026-01-01T00:00:00Z', sizeBytes: null }),
    asset('locked', { protection: 'immutable' }),
    asset('mine'),
    asset('kept', { tags: ['keep'] }),
  ];
  const open = async (
    policy = aPolicy({ keepTags: ['keep'] }),
    options: Parameters<typeof openView>[2] = {},
  ) => {
    keep([ALL], [policy]);
    const handed: (readonly [readonly SeenAsset[], unknown])[] = [];
    const view = await openView(SavedViews, LIBRARY, {
      ...{ pinned: [asset('mine')], onDelete: (assets, about) => handed.push([assets, about]) },
      ...options,
    });
    await view.user.click(view.button('Dry run of Weekly'));
    return { ...view, handed };
  };
  const status = (text: string) => screen.findByText(text);

  it('tells what would go, what stays and why, and does nothing', async () => {
    const { handed } = await open();
    expect(screen.getByRole('heading', { name: 'Dry run of Weekly' })).toHaveFocus();
    expect(await status('2 of the 5 assets that the view shows would be deleted, up to 3 kB.')).toBeVisible();
    expect(screen.getByText(/The size of 1 is not known\./)).toBeVisible();
    const list = screen.getByRole('table', { name: 'The first on the list' });
    expect(
      within(list)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['old.png', 'new.png']);
    const rows = within(screen.getByRole('table', { name: 'Kept, and why' }))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Immutable: the provider does not let anyone change or delete it1locked.png',
      'Pinned by you: unpin it to delete it1mine.png',
      'Tagged keep1kept.png',
    ]);
    expect(screen.getByText(/first dry run of this policy here/)).toBeVisible();
    expect(handed).toEqual([]);
  });

  it('hands its list to the plan, and remembers that it was confirmed', async () => {
    const { user, button, handed, index } = await open();
    await user.click(await screen.findByRole('button', { name: 'Delete 2…' }));
    await waitFor(() => expect(handed).toHaveLength(1));
    const [assets, options] = handed[0]!;
    expect(assets.map(({ id }) => id)).toEqual(['old', 'new']);
    expect(options).toMatchObject({ unseen: true });
    await user.click(button('Back to the list'));
    expect(screen.getByRole('heading', { name: 'Weekly' })).toHaveFocus();
    await waitFor(() =>
      expect(policies()[0]).toHaveTextContent(
        'Last dry run just now: 2 assets would be deleted, up to 3 kB.',
      ),
    );
    (options as { onConfirmed: (count: number) => void }).onConfirmed(2);
    await waitFor(async () =>
      expect(await index.store.call('policyRuns', { policyIds: ['weekly'] })).toMatchObject({
        weekly: { confirmed: { count: 2 } },
      }),
    );
    await waitFor(() => expect(policies()[0]).toHaveTextContent('Confirmed just now for 2 assets.'));
  });

  it('shows the list anew instead of handing it over when it is another one by now', async () => {
    const { user, handed, index } = await open();
    const go = await screen.findByRole('button', { name: 'Delete 2…' });
    await index.store.call('remove', { ids: ['old'] });
    await user.click(go);
    expect(await screen.findByRole('button', { name: 'Delete 1…' })).toBeVisible();
    expect(alerts()).toContain('The library changed after this dry run');
    expect(handed).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Delete 1…' }));
    await waitFor(() => expect(handed).toHaveLength(1));
  });

  it('compares itself with the last one', async () => {
    const { user, index } = await open();
    await status('2 of the 5 assets that the view shows would be deleted, up to 3 kB.');
    await index.store.call('remove', { ids: ['new'] });
    await index.store.call('write', { assets: [asset('fresh')], pass: 1 });
    await user.click(screen.getByRole('button', { name: 'Dry run again' }));
    const difference = await screen.findByRole('list', { name: 'Difference to the last run' });
    const lines = within(difference).getAllByRole('listitem');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      '1 new: fresh.png',
      '0 no longer on the list',
      '1 no longer in the library',
      '1 the same',
    ]);
  });

  it('picks the tags to remove for the dialog that removes them', async () => {
    const action = { type: 'remove-tags', tags: ['keep', 'x'] } as const;
    const { user, removals } = await open(aPolicy({ action }));
    await user.click(await screen.findByRole('button', { name: 'Remove tags from 1…' }));
    await waitFor(() => expect(removals).toHaveLength(1));
    const [assets, options] = removals[0]!;
    expect(assets.map(({ id }) => id)).toEqual(['kept']);
    expect(options).toMatchObject({ unseen: true, picked: ['keep', 'x'] });
  });

  it('waits for an index that is old, and says so', async () => {
    const { user, button, become, asked } = await open(aPolicy(), {
      view: { syncedAt: Date.now() - 2 * 3_600_000 },
    });
    expect(screen.getByText(/more than an hour old/)).toBeVisible();
    expect(screen.queryByText(/that the view shows would be deleted/)).not.toBeInTheDocument();
    await user.click(button('Sync first'));
    expect(asked).toEqual(['sync']);
    become({ syncedAt: Date.now() });
    await user.click(await screen.findByRole('button', { name: 'Dry run' }));
    expect(await screen.findByText(/that the view shows would be deleted/)).toBeVisible();
  });

  it('runs over an index that is incomplete only when that is wanted', async () => {
    const { user, button } = await open(aPolicy(), { view: { state: 'building' } });
    expect(screen.getByText(/not complete yet/)).toBeVisible();
    await user.click(button('Dry run anyway'));
    expect(await screen.findByText(/that the view shows would be deleted/)).toBeVisible();
    expect(screen.getByText(/not complete yet/)).toBeVisible();
  });

  it('needs an index', async () => {
    const { user, button, asked } = await open(aPolicy(), { view: { state: 'none' } });
    expect(screen.queryByRole('button', { name: 'Dry run anyway' })).not.toBeInTheDocument();
    await user.click(button('Build it first'));
    expect(asked).toEqual(['build']);
  });
});
