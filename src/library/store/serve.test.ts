// @vitest-environment happy-dom
import { BroadcastChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { anAsset } from '@/testing/assets';
import { libraryWorker } from '@/testing/library';
import { PretendLocks } from '@/testing/pretend-locks';

import { createLibraryStore, type LibraryNews, type LibraryStore } from '../library-store';

const opened: Tab[] = [];
let browsers = 0;

afterEach(() => {
  for (const tab of opened.splice(0)) tab.die();
});

interface Tab {
  readonly store: LibraryStore;
  readonly news: LibraryNews[];
  /** As when it is closed: whatever it was doing ends, and its locks are free. */
  die(): void;
}

/** Opens tabs of one browser. */
function openBrowser() {
  const locks = new PretendLocks();
  const browser = (browsers += 1);
  const openTab = (name: string): Tab => {
    const channels: BroadcastChannel[] = [];
    const worker = libraryWorker({
      locks: locks.of(name),
      openChannel: (topic) => {
        const channel = new BroadcastChannel(`${topic} ${browser}`);
        channels.push(channel);
        return channel as unknown as globalThis.BroadcastChannel;
      },
    });
    const store = createLibraryStore('x', worker);
    const news: LibraryNews[] = [];
    store.subscribe((each) => news.push(each));
    const tab = {
      store,
      news,
      die() {
        store.close();
        for (const channel of channels) channel.close();
        locks.kill(name);
      },
    };
    opened.push(tab);
    return tab;
  };
  return { openTab };
}

/** A busy machine is slow, not wrong. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

const write = (store: LibraryStore, ...ids: string[]) =>
  store.call('write', { assets: ids.map((id) => anAsset({ id })), pass: 1 });
const idsIn = async (store: LibraryStore, ids: readonly string[]) =>
  (await store.call('assets', { ids })).map(({ id }) => id);
const standing = ({ news }: Tab) => news.findLast((each) => each.type === 'standing');

async function openTwo() {
  const { openTab } = openBrowser();
  const owner = openTab('first');
  await until(() => expect(standing(owner)).toMatchObject({ role: 'owner' }));
  const guest = openTab('second');
  await until(() => expect(standing(guest)).toMatchObject({ role: 'guest' }));
  return { owner, guest };
}

describe('the database of a library over several tabs', () => {
  it('is had by one tab, which answers the others, and says how long it lasts', async () => {
    const { owner, guest } = await openTwo();
    await write(owner.store, 'fox');
    expect(await idsIn(guest.store, ['fox'])).toEqual(['fox']);
    expect(standing(guest)).toHaveProperty('notKept', expect.stringMatching(/private file system/));
    await write(guest.store, 'owl');
    expect(await idsIn(owner.store, ['fox', 'owl'])).toEqual(['fox', 'owl']);
  });

  it('keeps an id whole, whichever tab it comes from: cut, it would be that of another asset', async () => {
    const { owner, guest } = await openTwo();
    await write(guest.store, 'fox', 'fox\0owl');
    for (const { store } of [owner, guest]) {
      expect(await idsIn(store, ['fox\0owl'])).toEqual(['fox\0owl']);
    }
  });

  it('tells every tab when one has written', async () => {
    const { owner, guest } = await openTwo();
    const changes = ({ news }: Tab) => news.filter(({ type }) => type === 'changed').length;
    await write(guest.store, 'fox');
    await until(() => expect([changes(owner), changes(guest)]).toEqual([1, 1]));
    await owner.store.call('notes', { keys: ['walk'] });
    await write(owner.store, 'owl');
    await until(() => expect([changes(owner), changes(guest)]).toEqual([2, 2]));
  });

  it('is taken over by another tab when its own is closed, and what was asked meanwhile is answered', async () => {
    const { owner, guest } = await openTwo();
    const answers = Promise.all([write(guest.store, 'fox'), idsIn(guest.store, ['fox'])]);
    owner.die();
    expect(await answers).toEqual([{ added: ['fox'], changed: [] }, ['fox']]);
    expect(standing(guest)).toMatchObject({ role: 'owner' });
  });

  it('gives each tab the answers to its own questions, though they are numbered alike', async () => {
    const { owner, guest } = await openTwo();
    await write(owner.store, 'fox', 'owl');
    const answers = await Promise.all([
      ...[idsIn(owner.store, ['fox']), idsIn(guest.store, ['owl'])],
      ...[idsIn(owner.store, ['owl']), idsIn(guest.store, ['fox'])],
    ]);
    expect(answers).toEqual([['fox'], ['owl'], ['owl'], ['fox']]);
  });

  it.each(['owner', 'guest'] as const)('is gone for all tabs when the %s forgets it', async (who) => {
    const tabs = await openTwo();
    await tabs[who].store.forget();
    const closed = { problem: 'closed' };
    for (const { store, news } of [tabs.owner, tabs.guest]) {
      await until(() => expect(news.at(-1)).toEqual({ type: 'forgotten' }));
      await expect(store.call('notes', { keys: [] })).rejects.toMatchObject(closed);
      await expect(store.forget()).rejects.toMatchObject(closed);
    }
  });

  it('is forgotten although it is only being opened, or another tab has it', async () => {
    const { openTab } = openBrowser();
    const first = openTab('first');
    await first.store.forget();
    expect(first.news.at(-1)).toEqual({ type: 'forgotten' });
    first.die();
    const owner = openTab('second');
    await write(owner.store, 'fox');
    await openTab('third').store.forget();
    await until(() => expect(owner.news.at(-1)).toEqual({ type: 'forgotten' }));
  });

  it('is not shared with another browser', async () => {
    const { owner } = await openTwo();
    const other = openBrowser().openTab('first');
    await write(owner.store, 'fox');
    expect(await idsIn(other.store, ['fox'])).toEqual([]);
  });
});

describe('questions that nobody waits for any more', () => {
  it.each(['owner', 'guest'] as const)('are not carried out, asked by the %s', async (who) => {
    const { store } = (await openTwo())[who];
    const typing = new AbortController();
    const before = store.call('note', { notes: { first: 1 } });
    const stale = store.call('note', { notes: { stale: 1 } }, { signal: typing.signal });
    const reason = new Error('typed on');
    typing.abort(reason);
    await expect(stale).rejects.toBe(reason);
    await before;
    expect(await store.call('notes', { keys: ['first', 'stale'] })).toEqual({ first: 1, stale: null });
  });

  it('are not even sent when that was known before', async () => {
    const { store } = (await openTwo()).owner;
    const reason = new Error('gone');
    const call = store.call('note', { notes: { stale: 1 } }, { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    expect(await store.call('notes', { keys: ['stale'] })).toEqual({ stale: null });
  });
});

describe('a library that fails', () => {
  it('says what the database said, and goes on', async () => {
    const { owner, guest } = await openTwo();
    for (const { store } of [owner, guest]) {
      const broken = store.call('assets', { ids: [{}] as unknown as string[] });
      await expect(broken).rejects.toMatchObject({ name: 'LibraryError', problem: 'internal' });
    }
    expect(await idsIn(guest.store, [])).toEqual([]);
  });

  it('fails every call when it is closed', async () => {
    const { owner } = await openTwo();
    const call = owner.store.call('notes', { keys: [] });
    owner.store.close();
    await expect(call).rejects.toMatchObject({ problem: 'closed' });
  });

  it('fails every call, and says so, when its worker cannot be started', async () => {
    const worker = libraryWorker();
    const store = createLibraryStore('x', worker);
    const news: LibraryNews[] = [];
    store.subscribe((each) => news.push(each));
    const call = store.call('notes', { keys: [] });
    worker.onerror?.(new ErrorEvent('error'));
    await expect(call).rejects.toMatchObject({ problem: 'unloadable' });
    await expect(store.call('notes', { keys: [] })).rejects.toMatchObject({ problem: 'unloadable' });
    expect(news).toMatchObject([{ type: 'failed', error: { problem: 'unloadable' } }]);
  });

  it('says so when the tab that has it does not answer', async () => {
    vi.useFakeTimers();
    try {
      const store = createLibraryStore('x', {
        ...{ onmessage: null, onerror: null, postMessage: () => undefined, terminate: () => undefined },
      });
      const call = store.call('notes', { keys: [] });
      const failed = expect(call).rejects.toMatchObject({ problem: 'unanswered' });
      await vi.advanceTimersByTimeAsync(60_000);
      await failed;
    } finally {
      vi.useRealTimers();
    }
  });
});
