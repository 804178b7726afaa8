import type { QueryClient } from '@tanstack/react-query';

import type { Ledger } from '@/cleanup/ledger';
import type { Connection } from '@/domain/connection';
import { calmed, type Calm } from '@/lib/calmed';
import type { LibraryIndex } from '@/library/library-index';
import { announceProblem } from '@/ui/toaster';

import { indexExistence } from './index-existence';

/** A job changes the tags of many assets; its record is read for them at most so often. */
const EDITS: Calm = { firstGapMs: 500, longestGapMs: 15_000, quietMs: 1_000 };

/**
 * Whatever Winnow changes at a provider reaches the index of that connection at once. Where there is no index, nothing
 * is opened, loaded or made.
 */
export function tellIndexes(
  client: QueryClient,
  ledger: Ledger,
  connectionOf: (id: string) => Connection | null,
  open: (connection: Connection) => Promise<LibraryIndex> = openIndex,
) {
  const stale = new Set<string>();

  async function withIndex(connectionId: string, work: (index: LibraryIndex) => Promise<void>) {
    const connection = connectionOf(connectionId);
    if (connection === null || !indexExistence(connectionId).get()) return;
    try {
      await work(await open(connection));
    } catch {
      // What an index could not be told now it finds in the record of jobs, or by its counts, at the next opportunity.
    }
  }

  const catchUpSoon = calmed(EDITS, () => {
    for (const connectionId of stale) {
      void withIndex(connectionId, async (index) => {
        const { catchUpWithJobs } = await import('./index-catch-up');
        await catchUpWithJobs(index, ledger);
      });
    }
    stale.clear();
  });

  const told = new WeakSet<object>();
  const cache = client.getMutationCache();
  const hearEdits = () => {
    for (const { state, options } of cache.findAll({ mutationKey: ['tag-edit'], status: 'success' })) {
      const { data, variables } = state;
      const connectionId = options.mutationKey?.[1];
      if (!isChange(data) || !isEdit(variables) || told.has(data) || typeof connectionId !== 'string')
        continue;
      told.add(data);
      const tags = new Map([[variables.asset.id, data.totalTags]]);
      void withIndex(connectionId, (index) => index.applyTags(tags));
    }
  };
  // Those of before as well: this part of the page comes a little later than the first of them may.
  hearEdits();
  cache.subscribe(({ type }) => {
    if (type === 'updated') hearEdits();
  });

  return {
    gone: (connectionId: string, ids: readonly string[]) =>
      void withIndex(connectionId, (index) => index.applyGone(ids)),
    edited: (connectionId: string) => {
      stale.add(connectionId);
      catchUpSoon();
    },
    /** Of a connection that was removed. */
    forget: async (connectionId: string) => {
      if (!indexExistence(connectionId).get()) return;
      try {
        const { forgetIndexOf } = await import('./library-indexes');
        await forgetIndexOf(connectionId);
      } catch {
        announceProblem('The library index of the removed connection could not be deleted from this device.');
      }
    },
  };
}

async function openIndex(connection: Connection): Promise<LibraryIndex> {
  const { libraryIndexOf } = await import('./library-indexes');
  return libraryIndexOf({ connection });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isEdit = (value: unknown): value is { readonly asset: { readonly id: string } } =>
  isObject(value) &&
  'asset' in value &&
  isObject(value.asset) &&
  'id' in value.asset &&
  typeof value.asset.id === 'string';

const isChange = (value: unknown): value is { readonly totalTags: readonly string[] } =>
  isObject(value) && 'totalTags' in value && Array.isArray(value.totalTags);
