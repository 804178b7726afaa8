import { forgetAllKeys } from './keyring';

/** What was found and wiped, and what could not be, each as words for a list. */
export interface Forgotten {
  readonly wiped: readonly string[];
  readonly left: readonly string[];
}

/** Other programs may live at the same address: only what is Winnow's own goes. */
const isOurs = (name: string) => name.startsWith('winnow');
/** Written by the library that answers for the demo. */
const DEMO_STORAGE = '__msw-cookie-store__';
/** Of the demo; the second is what earlier versions registered. */
const WORKERS = ['demo-worker.js', 'mockServiceWorker.js'];
/** For browsers that cannot list their databases. */
const DATABASES = ['winnow-jobs', 'winnow-demo'];
/** A tab that is asked to let go of a database may be busy writing. */
const PATIENCE_MS = 5_000;

/** Wipes everything that Winnow stored in this browser, and every key of this tab. Nothing of it may be in use any more. */
export async function forgetEverything(): Promise<Forgotten> {
  const wiped: string[] = [];
  const left: string[] = [];
  const keys = forgetAllKeys();
  if (keys > 0) wiped.push(keys === 1 ? 'the key of this tab' : `${keys} keys of this tab`);

  const steps: readonly (readonly [string, () => boolean | Promise<boolean>])[] = [
    [
      'the keys remembered on this device',
      () =>
        wipeStorage(
          () => localStorage,
          (name) => name === 'winnow.vault',
        ),
    ],
    [
      'settings',
      () =>
        wipeStorage(
          () => localStorage,
          (name) => isOurs(name) || name === DEMO_STORAGE,
        ),
    ],
    ['what was kept for this tab', () => wipeStorage(() => sessionStorage, isOurs)],
    ['jobs, their reports, marks and pins', () => dropDatabases((name) => name !== 'winnow-demo')],
    ['what you changed in the demo', () => dropDatabases((name) => name === 'winnow-demo')],
    ['the library indexes', () => dropIndexes()],
    ['cached files', () => wipeCaches()],
    ['the demo’s service worker', () => unregisterWorker()],
  ];
  for (const [what, wipe] of steps) {
    try {
      if (await wipe()) wiped.push(what);
    } catch {
      left.push(what);
    }
  }
  return { wiped, left };
}

/** Each says whether there was anything. @throws Error when it is still there */
function wipeStorage(open: () => Storage, isMeant: (name: string) => boolean): boolean {
  let storage: Storage;
  try {
    storage = open();
  } catch {
    return false; // switched off: nothing was ever stored
  }
  const names = Object.keys(storage).filter(isMeant);
  for (const name of names) storage.removeItem(name);
  return names.length > 0;
}

async function dropDatabases(
  isMeant: (name: string) => boolean,
  { indexedDB: factory }: { readonly indexedDB?: IDBFactory } = globalThis,
): Promise<boolean> {
  if (factory === undefined) return false;
  const listed = await factory.databases().then(
    (all) => all.flatMap(({ name }) => name ?? []),
    () => DATABASES,
  );
  const names = listed.filter((name) => isOurs(name) && isMeant(name));
  await Promise.all(names.map((name) => drop(factory, name)));
  return names.length > 0;
}

const drop = (factory: IDBFactory, name: string) =>
  new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`${name} is in use.`));
    const timer = setTimeout(fail, PATIENCE_MS);
    const request = factory.deleteDatabase(name);
    request.onerror = fail;
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve();
    };
  });

/** Files of the databases that `library/store/open-engine.ts` opens. */
async function dropIndexes({
  storage,
}: { readonly storage?: Partial<StorageManager> } = navigator): Promise<boolean> {
  if (storage?.getDirectory === undefined) return false;
  const root = await storage.getDirectory().catch(() => null);
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await root?.removeEntry('winnow-library', { recursive: true });
      return root !== null;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return false;
      // A worker that was ended a moment ago still holds its files, another tab maybe as well.
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function wipeCaches({ caches }: { readonly caches?: CacheStorage } = globalThis): Promise<boolean> {
  if (caches === undefined) return false;
  const names = (await caches.keys()).filter(isOurs);
  for (const name of names) await caches.delete(name);
  return names.length > 0;
}

async function unregisterWorker({
  serviceWorker,
}: { readonly serviceWorker?: ServiceWorkerContainer } = navigator): Promise<boolean> {
  if (serviceWorker === undefined) return false;
  const urls = WORKERS.map((name) => new URL(name, document.baseURI).href);
  let found = false;
  for (const registration of await serviceWorker.getRegistrations()) {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (worker === null || !urls.includes(worker.scriptURL)) continue;
    found = true;
    await registration.unregister();
  }
  return found;
}
