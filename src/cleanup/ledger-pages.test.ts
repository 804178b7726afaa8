import 'fake-indexeddb/auto';

import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { ITEM_STATES, type ItemState, type JobItem } from '@/domain/job';
import { aJob, aJobItem } from '@/testing/pretend-jobs';

import { openLedger } from './idb-ledger';

const ledger = openLedger();
const COUNT = 2_345;

/** Deleted for the most part; a few failed here and there, and the last ones are not sent yet. */
function stateAt(at: number): ItemState {
  if (at >= 2_200) return at < 2_208 ? 'sending' : 'queued';
  if (at % 97 === 0) return 'failed-retryable';
  if (at % 500 === 7) return 'unknown';
  return at % 10 === 3 ? 'already-gone' : 'deleted';
}

const expected: readonly JobItem[] = Array.from({ length: COUNT }, (_, at) =>
  aJobItem(at, stateAt(at), { name: at % 3 === 0 ? `Fox ${at}.png` : `hen ${at}.png` }),
);

/** The rest of an item is not what these tests are about. */
const told = (items: readonly JobItem[]) =>
  items.map(({ index, item: { id, name }, state, outcome }) => ({ index, id, name, state, outcome }));

beforeAll(async () => {
  await ledger.create(aJob({}, { id: 'job-0' }), [aJobItem(0, 'queued').item]);
  await ledger.create(
    aJob(),
    expected.map(({ item }) => item),
  );
  await ledger.create(aJob({}, { id: 'job-2' }), [aJobItem(0, 'queued').item]);
  await ledger.claim('job-1', 2_208);
  const ended = expected.flatMap(({ index, outcome }) => (outcome === null ? [] : [{ index, outcome }]));
  await ledger.settle('job-1', ended);
});

const anyPage = fc.record({
  states: fc.option(fc.array(fc.constantFrom(...ITEM_STATES), { maxLength: 4 }), { nil: undefined }),
  text: fc.constantFrom(undefined, '', 'FOX', 'fox 1', 'Asset-22', '9.png', 'asset-1\nfox', 'owl'),
  offset: fc.oneof(fc.nat(20), fc.nat(COUNT + 10)),
  limit: fc.oneof(fc.nat(50), fc.constant(COUNT)),
});

describe('a page of items', () => {
  it('is what a look at every item would give', async () => {
    await fc.assert(
      fc.asyncProperty(anyPage, async ({ states, text, offset, limit }) => {
        const part = text?.toLowerCase() ?? '';
        const all = expected.filter(
          ({ state, item: { id, name } }) =>
            (states?.includes(state) ?? true) && [name, id].some((each) => each.toLowerCase().includes(part)),
        );
        const page = { offset, limit, ...(states && { states }), ...(text !== undefined && { text }) };
        const { items, total } = await ledger.items('job-1', page);
        expect(told(items)).toEqual(told(all.slice(offset, offset + limit)));
        expect(total).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });

  it('in a few states reads no other rows', async () => {
    const spies = [
      vi.spyOn(IDBObjectStore.prototype, 'getAll'),
      vi.spyOn(IDBIndex.prototype, 'getAll'),
      vi.spyOn(IDBObjectStore.prototype, 'openCursor'),
    ];
    const get = vi.spyOn(IDBObjectStore.prototype, 'get');
    const { total } = await ledger.items('job-1', {
      states: ['failed-retryable', 'unknown'],
      offset: 5,
      limit: 10,
    });
    expect(total).toBe(28);
    expect(get.mock.calls).toHaveLength(11); // the job and the ten
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});

describe('batches', () => {
  it.each([1, 500, COUNT, 10_000])('of %i are all items in the order of the plan', async (size) => {
    const limit = size === 1 ? 50 : Infinity;
    const found: JobItem[] = [];
    for await (const batch of ledger.batches('job-1', size)) {
      expect(batch.length).toBeLessThanOrEqual(size);
      found.push(...batch);
      if (found.length >= limit) break;
    }
    expect(told(found)).toEqual(told(expected.slice(0, limit)));
  });

  it('of a job without items are none', async () => {
    await ledger.create(aJob({}, { id: 'empty' }), []);
    for await (const batch of ledger.batches('empty', 10)) expect(batch).toBeNull();
    expect((await ledger.job('empty'))?.total).toBe(0);
  });

  it('fail when the job is forgotten half-way, for half a list must not pass for the whole', async () => {
    await ledger.create(
      aJob({}, { id: 'short' }),
      expected.slice(0, 4).map(({ item }) => item),
    );
    const batches = ledger.batches('short', 2)[Symbol.asyncIterator]();
    expect((await batches.next()).value).toHaveLength(2);
    await ledger.remove('short');
    await expect(batches.next()).rejects.toThrow('no longer kept');
  });
});
