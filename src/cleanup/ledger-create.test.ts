import 'fake-indexeddb/auto';

import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { aJob, aJobItem } from '@/testing/pretend-jobs';

import { openDatabase } from './database';
import { openLedger } from './idb-ledger';
import { LedgerError } from './ledger';

const ledger = openLedger();

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await deleteDB('winnow-jobs');
});

const MANY = 5_001;
const items = Array.from({ length: MANY }, (_, at) => aJobItem(at, 'queued').item);
const stored = async () => {
  const database = await openDatabase();
  return { jobs: await database.count('jobs'), items: await database.count('items') };
};
const turn = () => new Promise(setImmediate);

/** Storage gives out at this write, and from then on for deletions too if the whole page ends. */
function endAt(write: number, what: 'storage' | 'page') {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the store below
  const { put, delete: remove } = IDBObjectStore.prototype;
  let written = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
    written += 1;
    if (written >= write) throw new DOMException('said by the browser', 'QuotaExceededError');
    return put.apply(this, row);
  });
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, key) {
    if (what === 'page') throw new DOMException('said by the browser', 'UnknownError');
    return remove.call(this, key);
  });
}

describe('a large job', () => {
  it('is written down whole, in the order of the plan', async () => {
    const job = await ledger.create(aJob(), items);
    expect(job).toEqual(aJob({ queued: MANY }));
    const ids: string[] = [];
    for await (const batch of ledger.batches('job-1', 700)) {
      expect(batch.length).toBeLessThanOrEqual(700);
      ids.push(...batch.map(({ item }) => item.id));
    }
    expect(ids).toEqual(items.map(({ id }) => id));
  });

  it('lets the page breathe while it is written down', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const creating = ledger.create(aJob(), items).then(() => 'done');
    let most = 0;
    for (let before = 0; ; before = put.mock.calls.length) {
      const now = await Promise.race([creating, turn()]);
      most = Math.max(most, put.mock.calls.length - before);
      if (now === 'done') break;
    }
    expect(put.mock.calls.length).toBeGreaterThan(MANY);
    expect(most).toBeLessThanOrEqual(251);
  });

  it('is seen by nobody until all of it is there', async () => {
    const creating = ledger.create(aJob(), items).then(() => 'done');
    let writtenUnseen = 0;
    for (let now: unknown = null; now !== 'done'; now = await Promise.race([creating, turn()])) {
      const jobs = await ledger.jobs();
      const written = (await stored()).items;
      if (jobs.length === 0) writtenUnseen = Math.max(writtenUnseen, written);
      else expect([written, jobs]).toEqual([MANY, [aJob({ queued: MANY })]]);
      if (written < MANY) {
        expect(await ledger.job('job-1')).toBeNull();
        await expect(ledger.claim('job-1', 1)).rejects.toThrow(LedgerError);
      }
    }
    expect(writtenUnseen).toBeGreaterThan(0);
  });

  it('leaves nothing behind when the storage fills up half-way', async () => {
    endAt(4_500, 'storage');
    await expect(ledger.create(aJob(), items)).rejects.toThrow(
      'There is no space left for Winnow on this device.',
    );
    expect(await stored()).toEqual({ jobs: 0, items: 0 });
  });

  it('of a page that ended half-way is hidden, and taken away when the ledger is opened later', async () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] });
    await ledger.create(aJob({}, { id: 'other' }), items.slice(0, 3));
    endAt(4_500, 'page');
    await expect(ledger.create(aJob(), items)).rejects.toThrow(LedgerError);
    vi.restoreAllMocks();
    expect(await stored()).toEqual({ jobs: 2, items: 4_003 });
    expect((await ledger.jobs()).map(({ id }) => id)).toEqual(['other']);

    vi.setSystemTime(1_030_000);
    openLedger();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await stored()).toEqual({ jobs: 2, items: 4_003 });

    vi.setSystemTime(1_030_001);
    openLedger();
    await vi.waitFor(async () => expect(await stored()).toEqual({ jobs: 1, items: 3 }));
    expect((await ledger.jobs()).map(({ id }) => id)).toEqual(['other']);
  });

  it('fails whole when another tab took it for a crashed one', async () => {
    const creating = ledger.create(aJob(), items);
    const failing = expect(creating).rejects.toThrow(LedgerError);
    expect(await ledger.jobs()).toEqual([]);
    await ledger.remove('job-1');
    await failing;
    expect(await stored()).toEqual({ jobs: 0, items: 0 });
  });
});
