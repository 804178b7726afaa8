import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { rememberKey } from '@/connections/keyring';
import { createLibraryIndex } from '@/library/create-library-index';
import type { LibraryIndex } from '@/library/library-index';
import { createLibraryStore } from '@/library/library-store';
import { SearchProvider } from '@/search/search-provider';
import { COMFY_URL, comfyProvider, deferred, idOf, pretendNetwork } from '@/testing/pretend-network';
import { libraryWorker } from '@/testing/library';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';
import { clearToasts, Toaster } from '@/ui/toaster';

import { indexExistence } from './index-existence';
import { ScreenForTest } from './screen-for-test';

const network = pretendNetwork();
let opened = 0;
let provider = comfyProvider();
let index: LibraryIndex | null = null;

beforeAll(async () => {
  await import('@/features/asset-deletion/delete-dialog');
});
beforeEach(() => {
  setViewportWidth(1280);
  clearToasts();
  localStorage.clear();
  // What a job of one test is still told afterwards must not reach the next one.
  opened += 1;
  provider = comfyProvider({ id: `cloud-${opened}` }, 'the-key');
  rememberKey(provider.connection.id, 'the-key', false);
  network.serveComfy([
    ...['fox 1.png', 'fox 2.png', 'fox 3.png'].map((name) => ({
      name,
      asset_hash: `blake3:${'f0'.repeat(32)}`,
    })),
    { name: 'owl.png', asset_hash: `blake3:${'01'.repeat(32)}` },
  ]);
});
afterEach(() => {
  ready = Promise.resolve();
  index?.close();
  index = null;
});

async function buildIndex() {
  const { id: connectionId } = provider.connection;
  index = createLibraryIndex({
    connectionId,
    provider: () => provider,
    openStore: () => createLibraryStore(connectionId, libraryWorker()),
    existence: indexExistence(connectionId),
  });
  await index.build();
}

/** The index answers only then. */
let ready: Promise<void> = Promise.resolve();
const openLibrary = async () => {
  await ready;
  if (index === null) throw new Error('None');
  return index;
};

const tick = (name: string) => screen.getByRole('checkbox', { name: `Select ${name}` });
const deleteButton = () => screen.getByRole('button', { name: 'Delete…' });

async function openScreen() {
  const { user } = renderWithClient(
    <NuqsTestingAdapter hasMemory>
      <SearchProvider>
        <ScreenForTest provider={provider} openLibrary={openLibrary} />
      </SearchProvider>
      <Toaster />
    </NuqsTestingAdapter>,
  );
  await screen.findByRole('link', { name: 'owl.png' });
  return user;
}

/** Ticks these among all assets, and asks for their deletion. */
async function askToDelete(names: readonly string[]) {
  const user = await openScreen();
  for (const name of names) await user.click(tick(name));
  await user.click(deleteButton());
  return { user, dialog: within(await screen.findByRole('alertdialog')) };
}

const deleted = () => network.requests('DELETE');
const deletionOf = (number: number) => `DELETE /api/assets/${idOf(number)}`;
/** Another client deletes it. */
const loses = (number: number) =>
  network.use(
    http.get(`${COMFY_URL}/api/assets/${idOf(number)}`, () =>
      HttpResponse.json({ code: 'ASSET_NOT_FOUND', message: 'Asset not found' }, { status: 404 }),
    ),
  );

it('leaves the copies of what is gone meanwhile, although they were ticked among all assets', async () => {
  await buildIndex();
  const { user, dialog } = await askToDelete(['fox 1.png', 'fox 2.png', 'owl.png']);
  loses(3);
  await user.click(dialog.getByRole('button', { name: 'Delete 3 forever' }));
  expect(await screen.findAllByText(/The copy to keep is gone/)).not.toEqual([]);
  expect(deleted()).toEqual([deletionOf(4)]);
});

it('deletes them while the copy that stays is there, and offers to look at it after the first', async () => {
  await buildIndex();
  const { user, dialog } = await askToDelete(['fox 1.png', 'fox 2.png']);
  expect(dialog.getByRole('checkbox', { name: /Delete one copy first/ })).toBeChecked();
  await user.click(dialog.getByRole('button', { name: 'Delete 2 forever' }));
  expect(await screen.findByText(/2 assets were deleted/)).toBeVisible();
  expect(deleted().toSorted()).toEqual([deletionOf(1), deletionOf(2)]);
});

it('names a content of which every copy was ticked, and keeps one at a click', async () => {
  await buildIndex();
  const { user, dialog } = await askToDelete(['fox 1.png', 'fox 2.png', 'fox 3.png']);
  await user.click(dialog.getByRole('button', { name: /Keep one/ }));
  await user.click(dialog.getByRole('button', { name: 'Delete 2 forever' }));
  expect(await screen.findByText(/2 assets were deleted/)).toBeVisible();
  expect(deleted()).toHaveLength(2);
});

it('deletes the only copy of what was asked for by itself, whatever the index says', async () => {
  await buildIndex();
  const { user, dialog } = await askToDelete(['owl.png']);
  await user.click(dialog.getByRole('button', { name: 'Delete forever' }));
  expect(await screen.findByText(/owl.png was deleted/)).toBeVisible();
});

it('asks for a plan without an index as well, and where it cannot be opened', async () => {
  indexExistence(provider.connection.id).set(true);
  const { user, dialog } = await askToDelete(['fox 1.png', 'owl.png']);
  expect(dialog.queryByRole('checkbox', { name: /Delete one copy first/ })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Delete 2 forever' }));
  expect(await screen.findByText(/2 assets were deleted/)).toBeVisible();
});

it('says what one waits for, and opens one plan of what was asked first', async () => {
  await buildIndex();
  const { promise, resolve } = deferred();
  ready = promise;
  const user = await openScreen();
  for (const name of ['fox 1.png', 'fox 2.png']) await user.click(tick(name));
  await user.click(deleteButton());
  expect(await screen.findByText('Looking for other copies of what is selected…')).toBeVisible();
  expect(screen.queryByRole('alertdialog')).toBeNull();
  await user.click(tick('owl.png'));
  await user.click(deleteButton());
  resolve();
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(screen.queryByText(/Looking for other copies/)).toBeNull();
  expect(dialog.getByRole('button', { name: 'Delete 2 forever' })).toBeVisible();
});
