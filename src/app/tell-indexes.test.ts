// @vitest-environment happy-dom
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createLibraryIndex } from '@/library/create-library-index';
import type { LibraryIndex } from '@/library/library-index';
import { createLibraryStore } from '@/library/library-store';
import { removeTagsMutation } from '@/queries/change-tags';
import { libraryWorker } from '@/testing/library';
import { MemoryLedger } from '@/testing/memory-ledger';
import { comfyProvider, idOf, pretendNetwork, readAssets } from '@/testing/pretend-network';
import type { TagEditor } from '@/providers/provider';

import { indexExistence } from './index-existence';
import { tellIndexes } from './tell-indexes';

const network = pretendNetwork();

let provider: TagEditor;
let index: LibraryIndex;
let opened = 0;

beforeEach(() => {
  opened = 0;
  provider = comfyProvider();
  network.serveComfy([{ tags: ['output', 'draft'] }, { tags: ['output', 'draft'] }]);
  index = createLibraryIndex({
    connectionId: provider.connection.id,
    provider: () => provider,
    openStore: () => createLibraryStore(provider.connection.id, libraryWorker()),
    existence: indexExistence(provider.connection.id),
  });
});
afterEach(() => {
  index.close();
  localStorage.clear();
});

const tell = (client: QueryClient) =>
  tellIndexes(
    client,
    new MemoryLedger(),
    () => provider.connection,
    () => {
      opened += 1;
      return Promise.resolve(index);
    },
  );

async function removeDraft(client: QueryClient, place: number) {
  const asset = (await readAssets(provider))[place]!;
  await client
    .getMutationCache()
    .build(client, removeTagsMutation(provider))
    .execute({ asset, tags: ['draft'] });
}

const tagsOf = async (number: number) =>
  (await index.store.call('assets', { ids: [idOf(number)] })).map(({ tags }) => tags);

it('tells the index of tags taken off in the table, before and after it listens', async () => {
  await index.build();
  const client = new QueryClient();
  await removeDraft(client, 0);
  tell(client);
  await vi.waitFor(async () => expect(await tagsOf(1)).toEqual([['output']]));
  await removeDraft(client, 1);
  await vi.waitFor(async () => expect(await tagsOf(2)).toEqual([['output']]));
});

it('tells the index what a job deleted', async () => {
  await index.build();
  tell(new QueryClient()).gone(provider.connection.id, [idOf(1)]);
  await vi.waitFor(async () => expect(await tagsOf(1)).toEqual([]));
  expect(await tagsOf(2)).toEqual([['output', 'draft']]);
});

it('opens and makes nothing where there is no index', async () => {
  const client = new QueryClient();
  const indexes = tell(client);
  indexes.gone(provider.connection.id, [idOf(1)]);
  indexes.edited(provider.connection.id);
  await removeDraft(client, 0);
  await indexes.forget(provider.connection.id);
  expect(opened).toBe(0);
  expect(indexExistence(provider.connection.id).get()).toBe(false);
});
