import { afterEach, beforeEach, expect, it } from 'vitest';

import type { PlanAction } from '@/domain/plan';
import { createLibraryIndex } from '@/library/create-library-index';
import type { LibraryIndex } from '@/library/library-index';
import { createLibraryStore } from '@/library/library-store';
import { libraryWorker } from '@/testing/library';
import { MemoryLedger } from '@/testing/memory-ledger';
import { planFor } from '@/testing/open-tabs';
import { PretendLibrary } from '@/testing/pretend-library';

import { catchUpWithJobs } from './index-catch-up';

let library: PretendLibrary;
let index: LibraryIndex;
let ledger: MemoryLedger;

beforeEach(async () => {
  library = new PretendLibrary();
  library.addMany(6, { tags: ['output', 'draft'] });
  ledger = new MemoryLedger();
  index = createLibraryIndex({
    connectionId: 'pretend',
    provider: () => library.provider,
    openStore: () => createLibraryStore('pretend', libraryWorker()),
    existence: { get: () => true, set: () => undefined },
  });
  await index.build();
});
afterEach(() => index.close());

const ids = () => [...library.assets.keys()];
const indexed = () => index.store.call('assets', { ids: ids() });

/** A job that ended while nobody told the index. */
async function aJob(
  id: string,
  action: PlanAction,
  outcomes: readonly { readonly id: string; readonly state: 'deleted' | 'edited' | 'failed-final' }[],
  about: { readonly connectionId?: string; readonly settledAt?: number } = {},
) {
  const { connectionId = 'pretend', settledAt = Date.now() } = about;
  const plan = planFor(
    outcomes.map((each) => each.id),
    action,
    ['draft'],
  );
  await ledger.create(
    {
      ...{ id, connectionId, connectionLabel: 'Pretend', providerKind: 'comfyui', action },
      ...{ createdAt: settledAt, phase: 'running', graceUntil: null, pause: null, cancelledBy: null },
      ...{ checksChanges: false, upToBytes: 0, unknownSizes: 0, leftOut: [], retries: null },
      ...{ attended: false, endedAt: null, verification: null },
    },
    plan.items,
  );
  await ledger.claim(id, outcomes.length);
  await ledger.settle(
    id,
    outcomes.map(({ state }, at) => ({
      index: at,
      outcome: {
        ...{ state, problem: null, settledAt, unchangedTags: [] },
        changedTags: state === 'edited' ? ['draft'] : [],
      },
    })),
  );
}

it('takes out what a job deleted before it could say so, and nothing else', async () => {
  const [first = '', second = ''] = ids();
  await aJob('one', { type: 'delete' }, [
    { id: first, state: 'deleted' },
    { id: second, state: 'failed-final' },
  ]);
  await catchUpWithJobs(index, ledger);
  expect((await indexed()).map(({ id }) => id)).toEqual(ids().slice(1));
});

it('takes tags off as jobs did, and puts them back as their undo did', async () => {
  const [first = '', second = ''] = ids();
  const remove: PlanAction = { type: 'remove-tags', tags: ['draft'] };
  await aJob('one', remove, [
    { id: first, state: 'edited' },
    { id: second, state: 'edited' },
  ]);
  await catchUpWithJobs(index, ledger);
  expect((await indexed()).slice(0, 3).map(({ tags }) => tags)).toEqual([
    ['output'],
    ['output'],
    ['output', 'draft'],
  ]);
  await aJob('two', { type: 'restore-tags', undoes: 'one' }, [{ id: first, state: 'edited' }]);
  await catchUpWithJobs(index, ledger);
  expect((await indexed()).slice(0, 2).map(({ tags }) => tags)).toEqual([['output', 'draft'], ['output']]);
});

it('leaves alone what happened before the index was built, and at other connections', async () => {
  const [first = '', second = ''] = ids();
  await aJob('old', { type: 'delete' }, [{ id: first, state: 'deleted' }], {
    settledAt: Date.now() - 3_600_000,
  });
  await aJob('other', { type: 'delete' }, [{ id: second, state: 'deleted' }], { connectionId: 'other' });
  await catchUpWithJobs(index, ledger);
  expect(await indexed()).toHaveLength(6);
});
