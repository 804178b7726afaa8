import { screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS } from '@/domain/library-query';
import type { IndexView } from '@/library/library-index';
import { anAsset } from '@/testing/assets';
import { indexOf } from '@/testing/pretend-index';
import { renderWithClient } from '@/testing/render';

import { propsForTest } from '../parts/props-for-test';

import OverviewView from './overview-view';

afterEach(() => localStorage.clear());

const SIZE = 1_000_000_000;
const LIBRARY = [
  anAsset({
    id: 'a',
    name: 'oldest.png',
    tags: ['output', 'fox'],
    sizeBytes: 3 * SIZE,
    createdAt: '2026-01-05T00:00:00Z',
  }),
  anAsset({
    id: 'b',
    name: 'b.png',
    tags: ['output', 'fox'],
    sizeBytes: 2 * SIZE,
    createdAt: '2026-01-31T23:59:59.9Z',
  }),
  anAsset({ id: 'c', name: 'c.webp', tags: ['output'], sizeBytes: SIZE, createdAt: '2026-03-02T00:00:00Z' }),
  anAsset({
    ...{ id: 'd', name: 'newest.mp4', kind: 'video', tags: [], sizeBytes: null },
    ...{ createdAt: '2026-03-03T00:00:00Z', lastAccessedAt: '2026-03-04T00:00:00Z' },
  }),
];

async function open(assets: readonly Asset[] = LIBRARY, about: Partial<IndexView> = {}) {
  const index = await indexOf(assets, about);
  const { props, done } = propsForTest(index);
  const rendered = renderWithClient(<OverviewView {...props} />);
  return { ...rendered, index, done };
}

const cells = (table: string) =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent));

it('counts by kind, tag and month, and says what it cannot count', async () => {
  await open();
  expect(await screen.findByText('4 assets, up to 6 GB, and 1 of unknown size.')).toBeVisible();
  expect(screen.getByText(/What is of unknown size is in no sum of bytes/)).toBeVisible();
  expect(screen.getByText('When it was last used is not known of 3 assets, up to 6 GB.')).toBeVisible();
  expect(cells('Assets by kind')).toEqual([
    ['Kind', 'Assets', 'Up to'],
    ['Image', '3', '6 GB'],
    ['Video', '1', 'unknown'],
  ]);
  expect(cells('Assets by tag')).toEqual([
    ['Tag', 'Assets', 'Up to'],
    ['output', '3', '6 GB'],
    ['fox', '2', '5 GB'],
    ['without tags', '1', 'unknown'],
  ]);
  expect(cells('Assets by month of creation').slice(1)).toEqual([
    ['Mar 2026', '2', '1 GB + 1 unknown'],
    ['Jan 2026', '2', '5 GB'],
  ]);
});

it('leads from every part to the table with just these, in picture and table alike', async () => {
  const { index, done, user } = await open();
  const parts = [
    ...['Kind and part', 'Created in', 'Tag', 'Kind'].map((head) =>
      screen.findByRole('columnheader', { name: head }),
    ),
    screen.findByRole('group', { name: 'Treemap' }),
  ];
  await Promise.all(parts);
  const links = screen
    .getAllByRole('link')
    .filter((link) => !link.getAttribute('href')?.startsWith('?asset'));
  for (const link of links) await user.click(link);
  expect(done.filtered).toHaveLength(links.length);
  for (const [at, filters] of done.filtered.entries()) {
    const query = { ...DEFAULT_QUERY, ...NO_FILTERS, ...filters };
    const { total } = await index.store.call('page', { query, now: Date.now() });
    const link = links[at];
    const said = link?.getAttribute('aria-label') ?? link?.closest('tr')?.textContent ?? '';
    const count = /(\d+) assets?/.exec(said)?.[1] ?? link?.closest('tr')?.children[1]?.textContent;
    expect(`${said}: ${total}`).toBe(`${said}: ${String(count)}`);
  }
});

it('takes one stop of Tab for a picture: arrows go from area to area', async () => {
  const { user } = await open();
  const chart = within(await screen.findByRole('group', { name: 'Chart of months' }));
  const bars = chart.getAllByRole('link');
  expect(bars.map((bar) => bar.getAttribute('aria-label'))).toEqual([
    'Jan 2026: 2 assets, up to 5 GB',
    'Feb 2026: 0 assets',
    'Mar 2026: 2 assets, up to 1 GB, and 1 of unknown size',
  ]);
  expect(bars.filter((bar) => bar.getAttribute('tabindex') === '0')).toEqual([bars[0]]);
  bars[0]?.focus();
  await user.keyboard('{ArrowRight}');
  expect(bars[1]).toHaveFocus();
  await user.keyboard('{End}');
  expect(bars[2]).toHaveFocus();
  await user.keyboard('{ArrowRight}{Home}{ArrowLeft}');
  expect(bars[0]).toHaveFocus();
  expect(bars.filter((bar) => bar.getAttribute('tabindex') === '0')).toEqual([bars[0]]);
});

it('divides kinds by tag or by extension, and by size or number', async () => {
  const { user } = await open();
  const areas = async () =>
    within(await screen.findByRole('group', { name: 'Treemap' }))
      .getAllByRole('link')
      .map((link) => link.getAttribute('aria-label'));
  expect(await areas()).toEqual(['Image, fox: 2 assets, up to 5 GB', 'Image, output: 1 asset, up to 1 GB']);
  await user.selectOptions(
    screen.getByRole('combobox', { name: 'Kinds divided by' }),
    'File name extensions',
  );
  await screen.findByRole('link', { name: 'Image, .png: 2 assets, up to 5 GB' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Areas and bars show' }), 'Number of assets');
  // What has no known size has an area now.
  await screen.findByRole('link', { name: 'Video, .mp4: 1 asset, of unknown size' });
  expect(await areas()).toHaveLength(3);
});

it('turns bytes into money at the price that the person gives, and into none before', async () => {
  const { user } = await open();
  const price = await screen.findByRole('textbox', { name: 'Price per GB and month' });
  expect(screen.queryByText(/a month, up to/i)).toBeNull();
  await user.type(price, '0,5');
  expect(screen.getByText(/At your price that is up to \$3\.00 a month\./)).toBeVisible();
  expect(cells('Assets by kind')[1]).toEqual(['Image', '3', '6 GB', '$3.00']);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Currency' }), 'EUR');
  expect(localStorage.getItem('winnow.price')).toBe('0.5 EUR');
  await user.clear(price);
  await user.type(price, 'free');
  expect(price).toBeInvalid();
  expect(screen.getByText(/This is not a price/)).toBeVisible();
  expect(screen.queryByText(/At your price/)).toBeNull();
  expect(localStorage.getItem('winnow.price')).toBe('');
});

it('says what changed at the last sync, and what is newest and oldest', async () => {
  const lastSync = {
    added: 1_200,
    changed: 3,
    gone: 1,
    requests: 4,
    startedAt: 0,
    endedAt: Date.now() - 180_000,
  };
  const { user, done } = await open(LIBRARY, { lastSync });
  const ago = await screen.findByText('3 minutes ago');
  expect(ago.parentElement).toHaveTextContent(
    'At the last sync, 3 minutes ago: 1,200 new, 3 changed, 1 gone.',
  );
  await user.click(screen.getByRole('link', { name: 'newest.mp4' }));
  await user.click(screen.getByRole('link', { name: 'oldest.png' }));
  expect(done.opened).toEqual(['d', 'a']);
});

it('says that the numbers grow while the index is being built', async () => {
  await open(LIBRARY, { state: 'building', syncedAt: null });
  expect(await screen.findByText(/still being built/)).toBeVisible();
});

it('shows numbers where no size is known', async () => {
  await open([anAsset({ sizeBytes: null, tags: ['fox'] })]);
  await screen.findByRole('link', { name: 'Image, fox: 1 asset, of unknown size' });
  expect(screen.getByRole('combobox', { name: 'Areas and bars show' })).toHaveDisplayValue(
    'Number of assets',
  );
});

it('says why there is nothing, and why there is no answer', async () => {
  const { unmount } = await open([]);
  expect(await screen.findByRole('heading', { name: 'There is nothing in the index' })).toBeVisible();
  unmount();
  const { index } = await open();
  await screen.findByRole('table', { name: 'Assets by kind' });
  index.store.close();
  const { props } = propsForTest(index);
  renderWithClient(<OverviewView {...props} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The index was closed.');
});

it('writes out what is hidden in names', async () => {
  await open([anAsset({ tags: ['a\u202Eb'], name: 'x\u200By.png' })]);
  await screen.findByRole('link', { name: 'Image, a[U+202E]b: 1 asset, up to 1 kB' });
  expect(screen.getAllByText('x', { exact: false }).some((each) => each.textContent.includes('\u200B'))).toBe(
    false,
  );
  expect(document.body.textContent).not.toContain('\u202E');
});
