import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import { anAsset } from '@/testing/assets';
import { indexOf } from '@/testing/pretend-index';
import { renderWithClient } from '@/testing/render';

import { propsForTest } from '../parts/props-for-test';

import LargeColdView from './large-cold-view';

afterEach(() => localStorage.clear());

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const LIBRARY = [
  anAsset({ id: 'huge', sizeBytes: 8_000_000_000, lastAccessedAt: ago(400) }),
  anAsset({ id: 'kept', sizeBytes: 1_000_000_000, lastAccessedAt: ago(400), protection: 'immutable' }),
  anAsset({ id: 'never', sizeBytes: 1_000_000_000, createdAt: ago(100), kind: 'video' }),
  anAsset({ id: 'used', sizeBytes: 9_000_000, lastAccessedAt: ago(3) }),
  anAsset({ id: 'small', sizeBytes: 500, lastAccessedAt: ago(400) }),
  anAsset({ id: 'unknown', sizeBytes: null, lastAccessedAt: ago(500) }),
];

async function open(assets: readonly Asset[] = LIBRARY) {
  const index = await indexOf(assets);
  const { props, done } = propsForTest(index);
  const rendered = renderWithClient(<LargeColdView {...props} />);
  await screen.findByRole('slider', { name: 'Not used for' });
  const set = (name: string, stops: readonly number[], value: number) =>
    fireEvent.change(screen.getByRole('slider', { name }), { target: { value: stops.indexOf(value) } });
  return { ...rendered, index, done, set };
}

const said = () => screen.getByRole('status').textContent;

it('says what is beyond the cut-off, and what of it is not certain', async () => {
  const { set } = await open();
  expect(said()).toBe('3 assets, up to 10 GB.');
  expect(screen.getByText(/^Of 1 of them the last use is not known/)).toBeVisible();
  expect(screen.getByText(/^1 of them is immutable or public, and will not be selected/)).toBeVisible();
  expect(screen.getByText(/1 asset of unknown size is not in the plot/)).toBeVisible();
  set('Not used for', DAY_STOPS, 365);
  expect(said()).toBe('2 assets, up to 9 GB.');
  expect(screen.getByRole('slider', { name: 'Not used for' })).toHaveAttribute('aria-valuetext', '365 days');
  set('At least this large', SIZE_STOPS, 0);
  expect(said()).toBe('4 assets, up to 9 GB, and 1 of unknown size.');
});

it('ticks just what it says, and links to the table that shows it', async () => {
  const { user, done, index, set } = await open();
  set('Not used for', DAY_STOPS, 365);
  await user.click(screen.getByRole('link', { name: 'Show them in the table' }));
  const [filters] = done.filtered;
  const query = { ...DEFAULT_QUERY, ...filters, index: filters!.index! };
  const page = await index.store.call('page', { query, now: Date.now() });
  expect(page.assets.map(({ id }) => id).sort()).toEqual(['huge', 'kept']);
  await user.click(screen.getByRole('button', { name: 'Select these 1' }));
  expect(await screen.findByText(/1 asset selected\./)).toBeVisible();
  // The screen ticks no protected ones, whatever it is handed.
  expect(done.ticked.sort()).toEqual(['huge', 'kept']);
  expect(done.deleted).toEqual([]);
});

it('has nothing to select where nothing is beyond', async () => {
  const { user, done, set } = await open();
  set('At least this large', SIZE_STOPS, 1e12);
  expect(said()).toBe('0 assets.');
  await user.click(screen.getByRole('button', { name: 'Select these 0' }));
  expect(done.ticked).toEqual([]);
});

it('says how much the largest hold together', async () => {
  await open();
  expect(await screen.findByText('The largest 1 % (1 asset) holds 80 % of the bytes.')).toBeVisible();
  const table = within(screen.getByRole('table', { name: 'What the largest assets hold together' }));
  expect(table.getAllByRole('row').at(-1)).toHaveTextContent('50 %310 GBover 99 %');
  expect(screen.getByText('1 of unknown size are not in it.')).toBeVisible();
});

it('says the same in the plot’s table', async () => {
  await open();
  const table = within(screen.getByRole('table', { name: 'Assets by size and by days without use' }));
  const rows = table.getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows.slice(1)).toEqual([
    ['1 GB or more', '–', '–', '–', '1 (1 GB)', '2 (9 GB)'],
    ['100 MB to 1 GB', '–', '–', '–', '–', '–'],
    ['10 to 100 MB', '–', '–', '–', '–', '–'],
    ['1 to 10 MB', '1 (9 MB)', '–', '–', '–', '–'],
    ['under 1 MB', '–', '–', '–', '–', '1 (500 B)'],
    ['unknown size', '–', '–', '–', '–', '1'],
  ]);
});

it('moves the cut-off to where the plot is pressed, and along', async () => {
  await open();
  const plot = screen.getByRole('img', { name: /^Size against days without use/ });
  plot.setPointerCapture = () => undefined;
  const slider = screen.getByRole('slider', { name: 'Not used for' });
  fireEvent.pointerDown(plot, { button: 0, clientX: 639, clientY: 10, pointerId: 1 });
  expect(slider).toHaveAttribute('aria-valuetext', '3,650 days');
  fireEvent.pointerMove(plot, { clientX: 66, clientY: 400, pointerId: 1 });
  expect(slider).toHaveAttribute('aria-valuetext', 'any time');
  fireEvent.pointerUp(plot, { pointerId: 1 });
  fireEvent.pointerMove(plot, { clientX: 639, clientY: 10, pointerId: 1 });
  expect(slider).toHaveAttribute('aria-valuetext', 'any time');
});

it('looks at one kind', async () => {
  const { user } = await open();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Video');
  await screen.findByText('1 asset, up to 1 GB.');
  expect(screen.getByText(/When they were last used is not known of any/)).toBeVisible();
});

it('says what it may cost, at the price that was given', async () => {
  localStorage.setItem('winnow.price', '0.02 USD');
  await open();
  expect(said()).toBe('3 assets, up to 10 GB. At your price that is up to $0.20 a month.');
});
