import { act, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createRoughyLibrary } from '@/demo/roughy-library';
import { roughyAsset, roughyProject } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import type { IndexView, LibraryIndex } from '@/library/library-index';
import { LibraryError } from '@/library/library-error';
import type { AssetProvider } from '@/providers/provider';
import { SearchProvider } from '@/search/search-provider';
import {
  comfyProvider,
  pretendNetwork,
  readAssets,
  ROUGHY_URL,
  roughyProvider,
} from '@/testing/pretend-network';
import { pretendIndex } from '@/testing/pretend-index';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';

import { LibraryScreen } from './library-screen';

const network = pretendNetwork();
const PROJECT = roughyProject({ name: 'Podcast' });
let opened: Awaited<ReturnType<typeof pretendIndex>> | null = null;

// What the page loads on demand, so that no test waits for it to be compiled.
beforeAll(async () => {
  await import('./index-parts');
  await import('@/features/select-all/collect-dialog');
});
beforeEach(() => {
  setViewportWidth(1280);
  localStorage.clear();
});
afterEach(() => {
  opened?.index.close();
  opened = null;
});

/** Roughy's recordings: oldest first, each larger than the one before. */
function serveRoughy(count = 4) {
  const assets = Array.from({ length: count }, (_, index) =>
    roughyAsset({
      project_id: PROJECT.id,
      extension: index % 2 === 0 ? 'mp3' : 'wav',
      size_bytes: (index + 1) * 1_000_000,
    }),
  );
  network.use(
    ...roughyHandlers({ baseUrl: ROUGHY_URL, library: createRoughyLibrary({ projects: [PROJECT], assets }) }),
  );
}

function Screen({
  provider,
  openLibrary,
}: {
  provider: AssetProvider;
  openLibrary: () => Promise<LibraryIndex>;
}) {
  return (
    <LibraryScreen
      {...{ provider, openLibrary }}
      local={null}
      loadLocal={() => new Promise(() => undefined)}
      onSettled={() => undefined}
    />
  );
}

async function open(
  searchParams: string,
  about: {
    provider?: AssetProvider;
    view?: Partial<IndexView>;
    openLibrary?: () => Promise<LibraryIndex>;
  } = {},
) {
  const provider = about.provider ?? roughyProvider();
  const assets = await readAssets(provider);
  const pretended = (opened = await pretendIndex(provider.connection.id, assets, about.view));
  const asked = network.sent.length;
  const urls: string[] = [];
  const openLibrary = about.openLibrary ?? (() => Promise.resolve(pretended.index));
  const rendered = renderWithClient(
    <NuqsTestingAdapter
      searchParams={searchParams}
      onUrlUpdate={({ queryString }: UrlUpdateEvent) => urls.push(queryString)}
      hasMemory
    >
      <SearchProvider>
        <Screen {...{ provider, openLibrary }} />
      </SearchProvider>
    </NuqsTestingAdapter>,
  );
  const lists = () => network.sent.slice(asked).filter((each) => /^GET \/(?:v1|api)\/assets\?/.test(each));
  return { ...rendered, ...pretended, urls, lists, assets };
}

const button = (name: string) => screen.getByRole('button', { name });
const sizes = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => /\d+ MB/.exec(row.textContent)?.[0]);
const shows = (...expected: string[]) => waitFor(() => expect(sizes()).toEqual(expected));

describe('a Roughy library', () => {
  it('is live as long as Roughy can answer, and from the index as soon as it cannot', async () => {
    serveRoughy();
    const { user, urls, lists } = await open('');
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    expect(screen.getByText(/^Live, updated/)).toBeVisible();
    const before = lists().length;
    await user.click(button('Size'));
    await user.click(button('Size'));
    await shows('1 MB', '2 MB', '3 MB', '4 MB');
    expect(screen.getByText('Index, less than a minute old')).toBeVisible();
    expect(screen.queryByText(/^Live/)).not.toBeInTheDocument();
    expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'ascending');
    expect(button('Size')).toHaveFocus();
    expect(urls.at(-1)).toBe('?sort=size&order=asc');
    expect(lists()).toHaveLength(before);
  });

  it('is searched by name through the index', async () => {
    serveRoughy();
    const { user, assets, lists } = await open('');
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    const before = lists().length;
    await user.type(screen.getByRole('searchbox', { name: 'Search by name' }), `${assets[1]!.name}{Enter}`);
    await shows('2 MB');
    expect(screen.getByRole('listitem')).toHaveTextContent(`Name contains “${assets[1]!.name}”`);
    await user.click(button('Clear all'));
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    expect(screen.getByText(/^Live, updated/)).toBeVisible();
    expect(lists()).toHaveLength(before);
  });

  it('says what it would take when there is no index, and goes back to what is live', async () => {
    serveRoughy();
    const { user, asked, become, urls } = await open('?sort=size&q=x', {
      view: { state: 'none', syncedAt: null },
    });
    expect(await screen.findByRole('heading', { name: 'This needs the library index' })).toBeVisible();
    expect(screen.getByText(/^Roughy cannot search by name or sort by size\./)).toBeVisible();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    await user.click(button('Build the index'));
    expect(asked).toEqual(['build']);
    act(() => become({ state: 'building' }));
    expect(await screen.findByRole('heading', { name: 'Nothing found so far' })).toBeVisible();
    await user.click(button('Back to the live list'));
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    expect(urls.at(-1)).toBe('');
  });

  it('marks what an unfinished index answers', async () => {
    serveRoughy();
    await open('?sort=size', { view: { state: 'building', syncedAt: null } });
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    expect(screen.getByText('Index, incomplete')).toBeVisible();
  });

  it('explains why an index cannot be used', async () => {
    serveRoughy();
    await open('?sort=size', {
      view: { state: 'failed', error: new LibraryError('newer', 'A newer Winnow wrote it.') },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The index was made by a newer Winnow');
    expect(alert).toHaveTextContent('A newer Winnow wrote it.');
    expect(button('Back to the live list')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('opens an index once more that had no room', async () => {
    serveRoughy();
    const { user, asked } = await open('?sort=size', {
      view: { state: 'failed', error: new LibraryError('quota', 'No more room.') },
    });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(asked).toEqual(['reopen']);
  });

  it('explains why a question failed, and asks it again', async () => {
    serveRoughy();
    const { store, index } = await open('?sort=size');
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
    store.close();
    await userSearches(index);
  });

  it('selects all that match from the index, page or not', async () => {
    serveRoughy(25);
    const { user, lists } = await open('?sort=size&order=asc&size=20');
    await screen.findByText('1–20 of 25');
    await user.click(screen.getByRole('checkbox', { name: 'Select page' }));
    await user.click(button('Select all 25 matching'));
    expect(await screen.findByText('All 25 matching selected')).toBeVisible();
    expect(lists()).toEqual([]);
  });

  it('says when its part of the page cannot be loaded, and tries again', async () => {
    serveRoughy();
    let fails = true;
    const { user } = await open('?sort=size', {
      openLibrary: () => (fails ? Promise.reject(new Error('offline')) : Promise.resolve(opened!.index)),
    });
    expect(await screen.findByText('A part of this page could not be loaded')).toBeVisible();
    fails = false;
    await user.click(button('Try again'));
    await shows('4 MB', '3 MB', '2 MB', '1 MB');
  });
});

/** Another question, to an index that is closed. */
async function userSearches(index: LibraryIndex) {
  expect(index.view().state).toBe('ready');
  const { userEvent } = await import('@testing-library/user-event');
  const user = userEvent.setup();
  await user.click(button('Name'));
  expect(await screen.findByRole('alert')).toHaveTextContent('The index was closed');
}

describe('filters that only the index has', () => {
  const files = [
    { name: 'fox.png', size: 1_000_000, mime_type: 'image/png', tags: ['output'] },
    { name: 'film.mp4', size: 5_000_000, mime_type: 'video/mp4', tags: ['output'] },
    { name: 'hen.jpg', size: 2_000_000, mime_type: 'image/jpeg', tags: ['input'] },
  ];

  it('come from the URL, show as chips, and leave one by one', async () => {
    network.serveComfy(files);
    const { user, urls, lists } = await open('?where=kind:image;size:1500000..;nonsense:1', {
      provider: comfyProvider(),
    });
    await shows('2 MB');
    expect(lists()).toEqual([]);
    const chips = () => screen.getAllByRole('listitem').map((chip) => chip.textContent);
    expect(chips()).toEqual(['Kind: Image', 'Size: 1.5 MB or more']);
    await user.click(button('Remove filter: Kind: Image'));
    await shows('2 MB', '5 MB');
    expect(urls.at(-1)).toBe('?where=size:1500000..');
    await user.click(button('Remove filter: Size: 1.5 MB or more'));
    await shows('2 MB', '5 MB', '1 MB');
    expect(screen.getByText(/^Live, /)).toBeVisible();
    expect(urls.at(-1)).toBe('');
  });

  it('are none when nothing in the URL can be read: the provider answers', async () => {
    network.serveComfy(files);
    const { lists } = await open('?where=nonsense', { provider: comfyProvider() });
    await shows('2 MB', '5 MB', '1 MB');
    expect(screen.getByText(/^Live, /)).toBeVisible();
    expect(lists()).toHaveLength(1);
  });

  it('are picked in a panel that counts what each would leave', async () => {
    network.serveComfy(files);
    const { user, urls } = await open('', { provider: comfyProvider() });
    await shows('2 MB', '5 MB', '1 MB');
    await user.click(button('More filters'));
    const panel = await screen.findByRole('complementary', { name: 'More filters' });
    expect(within(panel).getByRole('heading', { name: 'More filters' })).toHaveFocus();
    const box = (name: RegExp) => within(panel).findByRole('checkbox', { name });
    expect(await box(/^Video\s*1\s*5 MB$/)).not.toBeChecked();
    await user.click(await box(/^Image/));
    await shows('2 MB', '1 MB');
    expect(urls.at(-1)).toBe('?where=kind:image');
    expect(screen.getByText(/^Index,/)).toBeVisible();
    // Its own filter does not narrow a facet; those of the others do.
    expect(await box(/^Video\s*1\s*5 MB$/)).not.toBeChecked();
    await waitFor(() =>
      expect(within(panel).queryByRole('checkbox', { name: /^\.mp4/ })).not.toBeInTheDocument(),
    );
    await user.type(within(panel).getByRole('textbox', { name: 'Size, at least' }), '1.5 MB{Enter}');
    await shows('2 MB');
    expect(urls.at(-1)).toBe('?where=kind:image;size:1500000..');
    await user.type(within(panel).getByRole('textbox', { name: 'Size, at most' }), 'much{Enter}');
    expect(within(panel).getByRole('alert')).toHaveTextContent('Write a size like 10 MB.');
    expect(urls.at(-1)).toBe('?where=kind:image;size:1500000..');
    await user.click(within(panel).getByRole('button', { name: 'Close filters' }));
    expect(panel).not.toBeInTheDocument();
    expect(button('More filters')).toHaveFocus();
  });

  it('are a sheet of their own on a phone', async () => {
    setViewportWidth(390);
    network.serveComfy(files);
    const { user } = await open('', { provider: comfyProvider() });
    await user.click(await screen.findByRole('button', { name: 'Filters' }));
    await user.click(button('More filters'));
    const sheet = await screen.findByRole('dialog', { name: 'More filters' });
    await user.click(await within(sheet).findByRole('checkbox', { name: /^Video/ }));
    await user.click(within(sheet).getByRole('button', { name: 'Show the list' }));
    expect(sheet).not.toBeInTheDocument();
    await shows('5 MB');
    expect(button('More filters')).toHaveFocus();
  });
});
