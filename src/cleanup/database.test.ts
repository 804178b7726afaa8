import 'fake-indexeddb/auto';

import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB, unwrap } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { anAsset } from '@/testing/assets';

import { begin, openDatabase } from './database';
import { LedgerError } from './ledger';

const NAME = 'winnow-jobs';

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await deleteDB(NAME);
});

const mark = (id: string) => ({
  list: 'marks' as const,
  connectionId: 'cloud',
  id,
  keptAt: 1,
  asset: anAsset({ id }),
});
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
const openFailsWith = (name: string) =>
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('said by the browser', name);
  });

describe('the connection', () => {
  it('is one for the whole page', async () => {
    const [one, two] = await Promise.all([openDatabase(), openDatabase()]);
    expect(one).toBe(two);
    expect(await openDatabase()).toBe(one);
  });

  it('finds marks and pins by their list', async () => {
    const database = await openDatabase();
    await database.put('kept', mark('fox'));
    await database.put('kept', { ...mark('hen'), list: 'pins' });
    expect((await database.getAllFromIndex('kept', 'list', 'marks')).map(({ id }) => id)).toEqual(['fox']);
    expect(await database.get('kept', ['pins', 'cloud', 'hen'])).toEqual({ ...mark('hen'), list: 'pins' });
  });

  it('is made anew after it was closed, with everything still there', async () => {
    const database = await openDatabase();
    await database.put('kept', mark('fox'));
    database.close();
    expect(await (await openDatabase()).count('kept')).toBe(1);
  });

  it('is made anew when a transaction finds it closed', async () => {
    (await openDatabase()).close();
    const { store } = await begin((database) => database.transaction('kept', 'readwrite'));
    await store.put(mark('fox'));
    expect(await (await openDatabase()).count('kept')).toBe(1);
  });

  it('is made anew after the browser ended it', async () => {
    const database = await openDatabase();
    await database.put('kept', mark('fox'));
    forceCloseDatabase(unwrap(database) as never); // its types ask for the class
    expect(await (await openDatabase()).count('kept')).toBe(1);
  });

  it('lets a tab with a newer Winnow upgrade, and then says that this one is older', async () => {
    await openDatabase();
    const newer = await openDB(NAME, 2);
    newer.close();
    const error = await failure(openDatabase());
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toHaveProperty('message', expect.stringContaining('newer Winnow'));
  });
});

describe('a storage that cannot be used', () => {
  it('is told of in words when it is absent', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const error = await failure(openDatabase());
    vi.unstubAllGlobals();
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toHaveProperty('message', 'This browser has no storage for this page.');
  });

  it.each([
    ['SecurityError', 'switched off'],
    ['InvalidStateError', 'private windows'],
    ['QuotaExceededError', 'no space'],
    ['UnknownError', 'damaged'],
  ])('is told of in words when the browser says %s', async (name, words) => {
    openFailsWith(name);
    const error = await failure(openDatabase());
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toHaveProperty('message', expect.stringContaining(words));
    expect(error).toHaveProperty('cause.name', name);
  });

  it('is tried again at the next use', async () => {
    const opening = openFailsWith('UnknownError');
    await failure(openDatabase());
    opening.mockRestore();
    expect(await (await openDatabase()).count('jobs')).toBe(0);
  });

  it('is not waited for longer than five seconds when an older tab does not let go', async () => {
    const older = await openDB(NAME, 1);
    const open = indexedDB.open.bind(indexedDB);
    vi.spyOn(indexedDB, 'open').mockImplementation((name) => open(name, 2));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let error: unknown = null;
    void failure(openDatabase()).then((failed) => {
      error = failed;
    });
    while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(error).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toHaveProperty('message', expect.stringContaining('older Winnow'));
    older.close();
  });
});
