import 'fake-indexeddb/auto';

import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { FinalState, ItemOutcome, Job } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { anAsset } from '@/testing/assets';
import { aJob, aProblem, countsOf } from '@/testing/pretend-jobs';

import { openDatabase } from './database';
import { openLedger } from './idb-ledger';
import { LedgerError } from './ledger';

afterEach(() => deleteDB('winnow-jobs'));

const ledger = openLedger();

const item = (about: Partial<PlanItem> = {}): PlanItem => ({ ...anAsset(about), changeTags: [], ...about });
const items = (count: number) =>
  Array.from({ length: count }, (_, at) => item({ id: `asset-${at}`, name: `${at}.png` }));
const outcome = (state: FinalState, about: Partial<ItemOutcome> = {}): ItemOutcome => ({
  ...{ state, problem: null, changedTags: [], unchangedTags: [], settledAt: 5 },
  ...about,
});
const start = (count: number, about: Partial<Job> = {}) => ledger.create(aJob({}, about), items(count));
const settle = (state: FinalState, ...indexes: readonly number[]) =>
  ledger.settle(
    'job-1',
    indexes.map((index) => ({ index, outcome: outcome(state) })),
  );
const states = async (id = 'job-1') =>
  (await ledger.items(id, { offset: 0, limit: 100 })).items.map(({ state }) => state);
const closePage = async () => (await openDatabase()).close();
const full = () => new DOMException('said by the browser', 'QuotaExceededError');

describe('a job', () => {
  it('begins with all its items queued', async () => {
    const job = await start(3, { counts: countsOf({ deleted: 9 }), total: 9 });
    expect(job).toEqual(aJob({ queued: 3 }));
    expect(await ledger.job('job-1')).toEqual(job);
    expect(await states()).toEqual(['queued', 'queued', 'queued']);
  });

  it('gives each item back as it was planned', async () => {
    const planned: PlanItem = {
      ...{ id: 'fox', name: 'Füchse 🦊.mp4', kind: 'video', sizeBytes: 12, mimeType: 'video/mp4' },
      ...{ tags: ['output', 'draft'], contentHash: 'abc', createdAt: '2026-01-01T00:00:00.000001Z' },
      ...{ updatedAt: '2026-01-02T00:00:00Z', lastAccessedAt: '2026-01-03T00:00:00Z', previewAssetId: 'hen' },
      preview: { url: 'https://host.test/api/view', access: 'connection', isImage: true, expiresAt: null },
      ...{ protection: 'public', changeTags: ['draft'] },
    };
    await ledger.create(aJob(), [planned]);
    const [kept] = await ledger.claim('job-1', 1);
    expect(kept?.item).toEqual(planned);
  });

  it('keeps no preview that may be signed', async () => {
    const preview = {
      url: 'https://cdn.test/a?signature=s3cret',
      access: 'open',
      isImage: true,
      expiresAt: null,
    } as const;
    await ledger.create(aJob(), [item({ preview })]);
    const everything = await (await openDatabase()).getAll('items');
    expect(JSON.stringify(everything)).not.toContain('s3cret');
    expect((await ledger.claim('job-1', 1))[0]?.item.preview).toBeNull();
  });

  it('is not written over by another of the same id', async () => {
    await start(3);
    await expect(start(1)).rejects.toThrow(LedgerError);
    expect(await states()).toHaveLength(3);
  });

  it('changes as its runner says, and its counts do not', async () => {
    await start(2);
    await ledger.claim('job-1', 1);
    const change = { phase: 'paused', pause: { cause: 'refused', problem: aProblem() } } as const;
    const job = await ledger.update('job-1', change);
    expect(job).toEqual(aJob({ queued: 1, sending: 1 }, change));
    expect(await ledger.job('job-1')).toEqual(job);
  });

  it.each(['done', 'cancelled'] as const)('that is %s stays so, and is still looked at', async (phase) => {
    await start(1, { phase });
    await expect(ledger.update('job-1', { phase: 'running' })).rejects.toThrow(LedgerError);
    const verification = { confirmed: 1, of: 1, stillThere: [], unclear: 0 };
    expect(await ledger.update('job-1', { verification })).toMatchObject({ phase, verification });
  });

  it('is listed newest first, then by id', async () => {
    for (const [id, createdAt] of [
      ['b', 2],
      ['a', 2],
      ['d', 1],
      ['c', 3],
    ] as const)
      await start(0, { id, createdAt });
    expect((await ledger.jobs()).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('is the same in all tabs, and after the page was closed', async () => {
    await start(2);
    await ledger.claim('job-1', 1);
    const other = openLedger();
    expect(await other.jobs()).toEqual([aJob({ queued: 1, sending: 1 })]);
    await other.settle('job-1', [{ index: 0, outcome: outcome('deleted') }]);
    expect(await ledger.job('job-1')).toEqual(aJob({ queued: 1, deleted: 1 }));
    await closePage();
    expect(await openLedger().jobs()).toEqual([aJob({ queued: 1, deleted: 1 })]);
    expect(await states()).toEqual(['deleted', 'queued']);
  });

  it('that is not there can be neither changed nor claimed from', async () => {
    expect(await ledger.job('job-1')).toBeNull();
    await expect(ledger.update('job-1', { phase: 'done' })).rejects.toThrow(LedgerError);
    await expect(ledger.claim('job-1', 1)).rejects.toThrow(LedgerError);
    await expect(settle('deleted', 0)).rejects.toThrow(LedgerError);
  });
});

describe('claiming', () => {
  it('takes the first queued items in the order of the plan', async () => {
    await start(25);
    const first = await ledger.claim('job-1', 11);
    expect(first.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(first.every(({ state, outcome: ended }) => state === 'sending' && ended === null)).toBe(true);
    await ledger.release('job-1', [2, 7]);
    expect((await ledger.claim('job-1', 3)).map(({ index }) => index)).toEqual([2, 7, 11]);
    expect((await ledger.sending('job-1')).map(({ index }) => index)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('takes nothing when nothing is asked for or left', async () => {
    await start(2);
    expect(await ledger.claim('job-1', 0)).toEqual([]);
    expect(await ledger.claim('job-1', 5)).toHaveLength(2);
    expect(await ledger.claim('job-1', 5)).toEqual([]);
  });

  it('never gives two tabs the same item', async () => {
    await start(40);
    const tabs = [ledger, openLedger(), openLedger()];
    const claims = await Promise.all(Array.from({ length: 12 }, (_, at) => tabs[at % 3]!.claim('job-1', 3)));
    expect(
      claims
        .flat()
        .map(({ index }) => index)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 36 }, (_, at) => at));
  });

  it.each(['grace', 'paused', 'done', 'cancelled'] as const)(
    'gives nothing of a job that is %s, whoever believes to run it',
    async (phase) => {
      await start(3, { phase });
      await expect(ledger.claim('job-1', 2)).rejects.toThrow(LedgerError);
      expect(await states()).toEqual(['queued', 'queued', 'queued']);
    },
  );

  it('takes from no other job', async () => {
    await start(1, { id: 'job-0' });
    await start(1);
    await start(1, { id: 'job-2' });
    expect(await ledger.claim('job-1', 5)).toHaveLength(1);
    expect(await states('job-0')).toEqual(['queued']);
    expect(await states('job-2')).toEqual(['queued']);
  });
});

describe('settling', () => {
  it('keeps how each item ended', async () => {
    await start(2);
    await ledger.claim('job-1', 2);
    const ended = outcome('failed-final', {
      problem: aProblem({ status: 422 }),
      changedTags: ['a'],
      unchangedTags: ['b'],
    });
    const job = await ledger.settle('job-1', [{ index: 1, outcome: ended }]);
    expect(job.counts).toEqual(countsOf({ sending: 1, 'failed-final': 1 }));
    expect((await ledger.items('job-1', { offset: 1, limit: 1 })).items[0]).toMatchObject({
      ...{ index: 1, state: 'failed-final', outcome: ended },
    });
  });

  it.each([
    ['an item that ended before', [2, 0]],
    ['an item that was never sent', [2, 3]],
    ['an item that is not on the list', [2, 4]],
    ['an item twice', [2, 2]],
  ])('is refused as a whole for %s', async (_what, indexes) => {
    await start(4);
    await ledger.claim('job-1', 3);
    await settle('deleted', 0);
    await expect(settle('unknown', ...indexes)).rejects.toThrow(LedgerError);
    expect(await states()).toEqual(['deleted', 'sending', 'sending', 'queued']);
    expect((await ledger.job('job-1'))?.counts).toEqual(countsOf({ deleted: 1, sending: 2, queued: 1 }));
  });

  it('leaves what ended alone when it is released', async () => {
    await start(4);
    await ledger.claim('job-1', 3);
    await settle('deleted', 0);
    const job = await ledger.release('job-1', [0, 1, 1, 3, 9]);
    expect(job.counts).toEqual(countsOf({ deleted: 1, sending: 1, queued: 2 }));
    expect(await states()).toEqual(['deleted', 'queued', 'sending', 'queued']);
  });
});

describe('forgetting', () => {
  it('takes the items along, and those of no other job', async () => {
    await start(3);
    await start(2, { id: 'job-2' });
    await ledger.remove('job-1');
    expect((await ledger.jobs()).map(({ id }) => id)).toEqual(['job-2']);
    expect((await (await openDatabase()).getAllKeys('items')).map(([id]) => id)).toEqual(['job-2', 'job-2']);
  });

  it('prunes the oldest jobs that are over, and none that is not', async () => {
    const phases = ['paused', 'done', 'cancelled', 'running', 'done', 'grace', 'done'] as const;
    for (const [at, phase] of phases.entries()) await start(1, { id: `job-${at}`, phase, createdAt: at });
    await ledger.prune(2);
    expect((await ledger.jobs()).map(({ id }) => id)).toEqual(['job-6', 'job-5', 'job-4', 'job-3', 'job-0']);
    expect(await (await openDatabase()).count('items')).toBe(5);
    await ledger.prune(0);
    expect((await ledger.jobs()).map(({ phase }) => phase)).toEqual(['grace', 'running', 'paused']);
  });
});

describe('a write', () => {
  it('counts only once it is on the disk', async () => {
    await openDatabase();
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await start(3);
    await ledger.claim('job-1', 2);
    await settle('deleted', 0);
    await ledger.release('job-1', [1]);
    await ledger.update('job-1', { phase: 'done' });
    expect(begun.mock.calls.map(([, mode, options]) => [mode, options])).toEqual(
      Array.from({ length: 5 }, () => ['readwrite', { durability: 'strict' }]),
    );
    begun.mockClear();
    await ledger.jobs();
    await states();
    await ledger.sending('job-1');
    expect(begun.mock.calls.filter(([, mode]) => mode === 'readwrite')).toEqual([]);
  });

  /** The disk fills up at this write, counted from 1. */
  function fillUpAt(write: number, how: 'at once' | 'later') {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the store below
    const put = IDBObjectStore.prototype.put;
    let written = 0;
    return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...row
    ) {
      written += 1;
      if (written === write && how === 'at once') throw full();
      const request = put.apply(this, row);
      if (written === write) this.transaction.abort();
      return request;
    });
  }

  describe.each(['at once', 'later'] as const)('that finds no space, and hears of it %s,', (how) => {
    it.each([
      ['creating', 2, () => start(3, { id: 'job-2' })],
      ['claiming', 2, () => ledger.claim('job-1', 2)],
      ['settling', 2, () => settle('deleted', 0, 1)],
      ['releasing', 1, () => ledger.release('job-1', [0, 1])],
      ['updating', 1, () => ledger.update('job-1', { phase: 'done' })],
    ] as const)('fails without a trace while %s', async (_what, write, act) => {
      await start(5);
      await ledger.claim('job-1', 2);
      const before = [await ledger.jobs(), await states()];
      const filling = fillUpAt(write, how);
      const error = await act().then(
        () => null,
        (failed: unknown) => failed,
      );
      filling.mockRestore();
      expect(error).toBeInstanceOf(LedgerError);
      if (how === 'at once')
        expect(error).toHaveProperty('message', 'There is no space left for Winnow on this device.');
      expect([await ledger.jobs(), await states()]).toEqual(before);
      expect(await (await openDatabase()).count('items')).toBe(5);
    });
  });
});
