import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { beforeAll, beforeEach, expect, it } from 'vitest';

import { isAsset, type AssetRow } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';
import { SearchProvider } from '@/search/search-provider';
import { COMFY_URL, comfyProvider, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';

import { preloadDrawer } from './drawer-pane';
import { preloadDeleteDialog } from './library-dialogs';
import type { LocalData } from './local-data';
import { ScreenForTest } from './screen-for-test';

const network = pretendNetwork();
let kept: LocalData | null = null;

beforeAll(async () => {
  await Promise.all([preloadDrawer(), preloadDeleteDialog()]);
});
beforeEach(() => {
  setViewportWidth(1280);
  localStorage.clear();
});

/** A provider whose assets tell when their name is read, as each row does once when it is drawn. */
function watchedProvider() {
  const provider = comfyProvider();
  const drawn: string[] = [];
  const asked: string[] = [];
  const watched = (row: AssetRow): AssetRow => {
    if (!isAsset(row)) return row;
    const { name } = row;
    return Object.defineProperty({ ...row }, 'name', {
      enumerable: true,
      get: () => {
        drawn.push(name);
        return name;
      },
    });
  };
  const watching: AssetProvider = {
    ...provider,
    // The filters ask each time they are drawn.
    filters: Object.assign(new Set(provider.filters), {
      has(filter: string) {
        asked.push(filter);
        return Set.prototype.has.call(this, filter);
      },
    }),
    async listAssets(query, scope) {
      const page = await provider.listAssets(query, scope);
      return { ...page, rows: page.rows.map(watched) };
    },
  };
  return { watching, drawn, asked };
}

/** A page that has come to rest. `redrawn` says what was drawn again since it was last asked. */
async function open(count: number, searchParams = '') {
  network.serveComfy(
    Array.from({ length: count }, (_, index) => ({ name: `${index + 1}.png`, size: 12_000_000 })),
  );
  const { watching, drawn, asked } = watchedProvider();
  const { user } = renderWithClient(
    <NuqsTestingAdapter searchParams={searchParams} hasMemory>
      <SearchProvider>
        <ScreenForTest provider={watching} onOpened={(local) => (kept = local)} />
      </SearchProvider>
    </NuqsTestingAdapter>,
  );
  await screen.findByRole('link', { name: `${count}.png` });
  await waitFor(() => expect(kept?.pins.view().all).not.toBeNull());
  const redrawn = () => ({ rows: drawn.splice(0), filters: asked.splice(0) });
  redrawn();
  return { user, redrawn };
}

const box = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
const others = (rows: readonly string[], ...names: string[]) => rows.filter((name) => !names.includes(name));

it('opens an asset at once with what its row knows, and draws neither another row nor the filters', async () => {
  const { user, redrawn } = await open(9);
  network.use(http.get(`${COMFY_URL}/api/assets/:id`, () => new Promise<never>(() => undefined)));
  fireEvent.click(screen.getByRole('link', { name: '5.png' }));
  const drawer = screen.getByRole('complementary', { name: '5.png' });
  expect(drawer).toHaveTextContent('Image');
  expect(drawer).toHaveTextContent('12 MB');
  await waitFor(() => expect(box('5.png').closest('tr')).toHaveAttribute('data-open'));
  const opened = redrawn();
  expect(others(opened.rows, '5.png')).toEqual([]);
  expect(opened.filters).toEqual([]);

  await user.click(within(drawer).getByRole('button', { name: 'Next asset' }));
  await waitFor(() => expect(box('4.png').closest('tr')).toHaveAttribute('data-open'));
  const stepped = redrawn();
  expect(others(stepped.rows, '5.png', '4.png')).toEqual([]);
  expect(stepped.filters).toEqual([]);

  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(box('4.png').closest('tr')).not.toHaveAttribute('data-open'));
  const closed = redrawn();
  expect(others(closed.rows, '4.png')).toEqual([]);
  expect(closed.filters).toEqual([]);
});

it('draws a row that is ticked, and it alone', async () => {
  const { redrawn } = await open(9);
  fireEvent.click(box('5.png'));
  expect(screen.getByRole('toolbar', { name: 'Selection' })).toHaveTextContent('1 selected');
  expect(redrawn()).toEqual({ rows: ['5.png'], filters: [] });
  fireEvent.click(box('3.png'));
  expect(redrawn()).toEqual({ rows: ['3.png'], filters: [] });
});

it('draws each row in the document once when a long page is ticked', async () => {
  const { redrawn } = await open(300, 'size=500');
  const boxes = () => screen.getAllByRole('checkbox', { name: /^Select \d/ });
  // Those just out of view follow a moment after the first.
  await waitFor(() => expect(boxes().length).toBeGreaterThan(window.innerHeight / 56));
  const shown = boxes().length;
  expect(shown).toBeLessThan(60);
  redrawn();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select page' }));
  expect(screen.getByRole('toolbar', { name: 'Selection' })).toHaveTextContent('300 selected');
  const { rows, filters } = redrawn();
  expect(rows).toHaveLength(shown);
  expect(new Set(rows).size).toBe(shown);
  expect(filters).toEqual([]);
});

it('draws neither rows nor filters for what is typed, until it settles', async () => {
  const { redrawn } = await open(9);
  const search = screen.getByRole('searchbox', { name: 'Search by name' });
  for (const text of ['5', '5.', '5.p']) fireEvent.change(search, { target: { value: text } });
  expect(search).toHaveValue('5.p');
  expect(redrawn()).toEqual({ rows: [], filters: [] });
  await waitFor(() => expect(screen.queryByRole('link', { name: '4.png' })).not.toBeInTheDocument());
  expect(redrawn().filters).not.toEqual([]);
});

it('asks before it deletes without drawing the other rows or the filters', async () => {
  const { redrawn } = await open(9);
  fireEvent.click(screen.getByRole('button', { name: 'Delete 5.png…' }));
  await screen.findByRole('alertdialog', { name: 'Delete 5.png?' });
  const { rows, filters } = redrawn();
  expect(others(rows, '5.png')).toEqual([]);
  expect(filters).toEqual([]);
});
