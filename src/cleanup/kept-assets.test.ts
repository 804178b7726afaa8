import 'fake-indexeddb/auto';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Preview } from '@/domain/asset';
import { anAsset } from '@/testing/assets';

import { openDatabase } from './database';
import { createKeptAssets, type KeptAssets, type KeptList } from './kept-assets';
import { LedgerError } from './ledger';

const opened: KeptAssets[] = [];
const OFTEN = { interval: 2 };

/** As a tab opens it: read when it is returned. */
async function open(list: KeptList = 'marks') {
  const kept = createKeptAssets(list);
  opened.push(kept);
  await vi.waitFor(() => expect(kept.view().all).not.toBeNull(), OFTEN);
  return kept;
}

async function emptyDatabase() {
  await (await openDatabase()).clear('kept');
}

beforeEach(emptyDatabase);
afterEach(() => {
  for (const kept of opened.splice(0)) kept.close();
});

const fox = anAsset({ id: 'fox' });
const hen = anAsset({ id: 'hen' });
const owl = anAsset({ id: 'owl' });
const idsOf = (kept: KeptAssets, connectionId = 'cloud') =>
  [...(kept.view().all?.get(connectionId)?.keys() ?? [])].sort();
const find = (kept: KeptAssets, id: string) => kept.view().all?.get('cloud')?.get(id);

/** What any tab would read now. */
async function storedIds(list: KeptList = 'marks') {
  return idsOf(await open(list));
}

/** Cannot be written: storage refuses it after it took others of the same change. */
const broken = anAsset({ id: 'owl', tags: [(() => 'not data') as never] });

describe('a list', () => {
  it('is not known until it was read', async () => {
    const kept = createKeptAssets('marks');
    opened.push(kept);
    expect(kept.view()).toEqual({ all: null, problem: null });
    await vi.waitFor(() => expect(kept.view()).toEqual({ all: new Map(), problem: null }));
  });

  it('can be waited for', async () => {
    await (await open()).add('cloud', [fox]);
    const kept = createKeptAssets('marks');
    opened.push(kept);
    expect([...(await kept.of('cloud')).keys()]).toEqual(['fox']);
    expect([...(await kept.of('other')).keys()]).toEqual([]);
  });

  it('is read once more for whoever must know, and does not pass for empty when it cannot be', async () => {
    await (await open()).add('cloud', [fox]);
    const read = vi.spyOn(IDBIndex.prototype, 'getAll');
    read.mockImplementation(() => {
      throw new DOMException('said by the browser', 'UnknownError');
    });
    const kept = createKeptAssets('marks');
    opened.push(kept);
    await expect(kept.of('cloud')).rejects.toThrow(LedgerError);
    await expect(kept.of('cloud')).rejects.toThrow('cannot be read');
    read.mockRestore();
    expect([...(await kept.of('cloud')).keys()]).toEqual(['fox']);
  });

  it('is still there when the page is opened again', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const before = await open();
    await before.add('cloud', [fox, hen]);
    await before.remove('cloud', ['hen']);
    before.close();
    const after = await open();
    expect(idsOf(after)).toEqual(['fox']);
    expect(find(after, 'fox')?.keptAt).toBe(1_000);
    expect(find(after, 'fox')?.asset).toMatchObject({ id: 'fox', name: 'fox.png', sizeBytes: 1_000 });
  });

  it('is one for each connection and each purpose', async () => {
    const marks = await open('marks');
    await marks.add('cloud', [fox]);
    await marks.add('studio', [fox, hen]);
    const pins = await open('pins');
    await pins.add('cloud', [owl]);
    await marks.remove('cloud', ['fox', 'owl']);
    expect({ marks: await storedIds('marks'), pins: await storedIds('pins') }).toEqual({
      marks: [],
      pins: ['owl'],
    });
    expect(idsOf(await open('marks'), 'studio')).toEqual(['fox', 'hen']);
  });

  it('is the same object until something changes', async () => {
    const kept = await open();
    await kept.add('cloud', [fox]);
    await kept.add('studio', [fox]);
    const view = kept.view();
    await kept.remove('cloud', ['not on it']);
    await kept.add('cloud', []);
    expect(kept.view()).toBe(view);
    await kept.add('cloud', [hen]);
    expect(kept.view()).not.toBe(view);
    expect(kept.view().all?.get('studio')).toBe(view.all?.get('studio'));
  });

  it('tells whoever listens, for as long as they do', async () => {
    const kept = await open();
    const listener = vi.fn();
    const stop = kept.subscribe(listener);
    await kept.add('cloud', [fox]);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    await kept.remove('cloud', ['fox']);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('takes thousands in one transaction, on the disk before they count', async () => {
    const kept = await open();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await kept.add(
      'cloud',
      Array.from({ length: 3_000 }, (_, index) => anAsset({ id: `asset-${index}` })),
    );
    const writing = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writing).toEqual([[expect.anything(), 'readwrite', { durability: 'strict' }]]);
    expect(await storedIds()).toHaveLength(3_000);
  });
});

describe('what is kept of an asset', () => {
  it('is how it is seen now, since when it was first put on the list', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const kept = await open();
    await kept.add('cloud', [fox]);
    now.mockReturnValue(2_000);
    await kept.add('cloud', [{ ...fox, name: 'renamed.png' }, hen]);
    expect(find(kept, 'fox')).toMatchObject({ asset: { name: 'renamed.png' }, keptAt: 1_000 });
    expect(find(kept, 'hen')?.keptAt).toBe(2_000);
    expect(find(await open(), 'fox')).toEqual(find(kept, 'fox'));
  });

  it('comes back with the time that it had', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const kept = await open();
    await kept.add('cloud', [fox]);
    const before = kept.view().all?.get('cloud');
    await kept.remove('cloud', ['fox']);
    now.mockReturnValue(2_000);
    await kept.add('cloud', [fox, hen], before);
    expect(find(await open(), 'fox')?.keptAt).toBe(1_000);
    expect(find(await open(), 'hen')?.keptAt).toBe(2_000);
  });

  it('has no signed preview, and nothing that was not asked for', async () => {
    const preview = (access: Preview['access']): Preview => ({
      ...{ url: `https://storage.test/${access}?sig=secret`, access, isImage: true, expiresAt: null },
    });
    const kept = await open();
    await kept.add('cloud', [
      { ...fox, preview: preview('open'), metadata: { prompt: 'a fox' } },
      { ...hen, preview: preview('connection') },
    ]);
    const rows = await (await openDatabase()).getAll('kept');
    expect(rows.map(({ asset }) => asset.preview)).toEqual([null, preview('connection')]);
    expect(JSON.stringify(rows)).not.toMatch(/a fox|\/open/);
    expect(find(kept, 'fox')?.asset.preview).toBeNull();
  });
});

describe('a change', () => {
  it('shows at once', async () => {
    const kept = await open();
    const writing = kept.add('cloud', [fox]);
    expect(idsOf(kept)).toEqual(['fox']);
    await writing;
    const removing = kept.remove('cloud', ['fox']);
    expect(idsOf(kept)).toEqual([]);
    await removing;
  });

  it('made before the list was read is not lost', async () => {
    await (await open()).add('cloud', [fox]);
    const kept = createKeptAssets('marks');
    opened.push(kept);
    await kept.add('cloud', [hen]);
    expect(idsOf(kept)).toEqual(['fox', 'hen']);
  });

  it('that cannot be written is taken back as a whole, and no other with it', async () => {
    const kept = await open();
    await kept.add('cloud', [fox]);
    const failing = kept.add('cloud', [{ ...fox, name: 'new.png' }, hen, broken]);
    const removing = kept.remove('cloud', ['fox']);
    const adding = kept.add('cloud', [anAsset({ id: 'cat' })]);
    expect(idsOf(kept)).toEqual(['cat', 'hen', 'owl']);
    await expect(failing).rejects.toThrow(LedgerError);
    await expect(failing).rejects.toThrow(/could not be used/);
    await Promise.all([removing, adding]);
    expect(idsOf(kept)).toEqual(['cat']);
    expect(await storedIds()).toEqual(['cat']);
  });

  it('shows in other tabs, and leaves the other list of theirs alone', async () => {
    const [here, there, pins] = [await open(), await open(), await open('pins')];
    const listener = vi.fn();
    pins.subscribe(listener);
    await here.add('cloud', [fox, hen]);
    await vi.waitFor(() => expect(idsOf(there)).toEqual(['fox', 'hen']));
    await there.remove('cloud', ['fox']);
    await vi.waitFor(() => expect(idsOf(here)).toEqual(['hen']));
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('storage that is switched off', () => {
  it('is said, and nothing pretends to be kept', async () => {
    // A connection that stands from an earlier test is lost, and no new one can be had.
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('Closed', 'InvalidStateError');
    });
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Not here', 'SecurityError');
    });
    const kept = createKeptAssets('marks');
    opened.push(kept);
    await vi.waitFor(() => expect(kept.view().problem).toMatch(/cannot be read.*switched off/));
    await expect(kept.add('cloud', [fox])).rejects.toThrow(LedgerError);
    expect(kept.view().all).toBeNull();
    vi.restoreAllMocks();
    await kept.add('cloud', [fox]);
    await vi.waitFor(() => expect(idsOf(kept)).toEqual(['fox']));
    expect(kept.view().problem).toBeNull();
  });
});

describe('whatever happens', () => {
  const ids = fc.uniqueArray(fc.constantFrom('fox', 'hen', 'owl'), { minLength: 1 });
  const change = fc.record({ ids, add: fc.boolean(), tab: fc.constantFrom(0, 1), waits: fc.boolean() });

  it('every tab ends up with what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        await emptyDatabase();
        const tabs = [await open(), await open()] as const;
        const writing: Promise<unknown>[] = [];
        for (const { ids, add, tab, waits } of changes) {
          const done = add
            ? tabs[tab].add(
                'cloud',
                ids.map((id) => (id === 'owl' ? broken : anAsset({ id }))),
              )
            : tabs[tab].remove('cloud', ids);
          writing.push(done.catch((error: unknown) => expect(error).toBeInstanceOf(LedgerError)));
          if (waits) await done.catch(() => undefined);
        }
        await Promise.all(writing);
        const stored = await storedIds();
        expect(stored).not.toContain('owl');
        for (const tab of tabs) await vi.waitFor(() => expect(idsOf(tab)).toEqual(stored), OFTEN);
        for (const kept of opened.splice(0)) kept.close();
      }),
      { numRuns: 60 },
    );
  });
});
