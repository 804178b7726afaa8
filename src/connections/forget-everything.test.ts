// @vitest-environment happy-dom
import 'fake-indexeddb/auto';

import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { forgetEverything } from './forget-everything';
import { readKey, rememberKey } from './keyring';

afterEach(() => vi.unstubAllGlobals());

const database = async (name: string) => (await openDB(name, 1)).close();
const databases = async () => (await indexedDB.databases()).map(({ name }) => name);

it('wipes all that is Winnow’s, nothing of its neighbours at the same address, and says what', async () => {
  rememberKey('cloud', 'sk_memory', false);
  rememberKey('roughy', 'sk_tab', true);
  for (const name of [
    'winnow.vault',
    'winnow.theme',
    'winnow.table.comfyui',
    '__msw-cookie-store__',
    'Comfy.Settings',
  ])
    localStorage.setItem(name, 'x');
  for (const name of ['winnow-jobs', 'winnow-demo', 'neighbour']) await database(name);

  const { wiped, left } = await forgetEverything();
  expect(left).toEqual([]);
  expect(wiped).toEqual([
    '2 keys of this tab',
    'the keys remembered on this device',
    'settings',
    'jobs, their reports, marks and pins',
    'what you changed in the demo',
  ]);
  expect(readKey('cloud')).toBeNull();
  expect(readKey('roughy')).toBeNull();
  expect(Object.keys(localStorage)).toEqual(['Comfy.Settings']);
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(await databases()).toEqual(['neighbour']);

  expect(await forgetEverything()).toEqual({ wiped: [], left: [] });
});

it('takes the service worker of the demo out, whichever version registered it, and no neighbour’s', async () => {
  const gone: string[] = [];
  const registrations = ['demo-worker.js', 'mockServiceWorker.js', 'neighbour.js'].map((name) => ({
    active: { scriptURL: new URL(name, document.baseURI).href },
    unregister: () => Promise.resolve(gone.push(name) > 0),
  }));
  vi.stubGlobal('navigator', { serviceWorker: { getRegistrations: () => Promise.resolve(registrations) } });
  expect(await forgetEverything()).toEqual({ wiped: ['the demo’s service worker'], left: [] });
  expect(gone).toEqual(['demo-worker.js', 'mockServiceWorker.js']);
});

it('says what it could not wipe', async () => {
  await database('winnow-jobs');
  vi.stubGlobal('indexedDB', {
    databases: () => Promise.resolve([{ name: 'winnow-jobs' }]),
    deleteDatabase: () => {
      throw new DOMException('no', 'InvalidStateError');
    },
  });
  expect((await forgetEverything()).left).toEqual(['jobs, their reports, marks and pins']);
});

describe('the library indexes', () => {
  const withFolder = (removeEntry: (name: string) => Promise<void>) =>
    vi.stubGlobal('navigator', {
      storage: { getDirectory: () => Promise.resolve({ removeEntry: vi.fn(removeEntry) }) },
    });

  it('are wiped, even when a worker that was just ended holds their files for a moment', async () => {
    let held = 2;
    withFolder((name) => {
      if (name !== 'winnow-library') return Promise.reject(new Error(name));
      held -= 1;
      if (held < 0) return Promise.resolve();
      return Promise.reject(new DOMException('in use', 'NoModificationAllowedError'));
    });
    expect((await forgetEverything()).wiped).toContain('the library indexes');
  });

  it('are not spoken of where there are none', async () => {
    withFolder(() => Promise.reject(new DOMException('none', 'NotFoundError')));
    expect(await forgetEverything()).toEqual({ wiped: [], left: [] });
  });

  it('are named when they are still there', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('indexedDB', undefined);
    withFolder(() => Promise.reject(new DOMException('in use', 'NoModificationAllowedError')));
    const report = forgetEverything();
    await vi.advanceTimersByTimeAsync(6_000);
    expect((await report).left).toEqual(['the library indexes']);
    vi.useRealTimers();
  });
});
