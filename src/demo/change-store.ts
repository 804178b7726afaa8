import { openDB } from 'idb';

const DATABASE = 'winnow-demo';
const STORE = 'changes';

/** Keeps what was changed in a made-up library, and nothing else of it. */
export interface ChangeStore<Change extends { readonly id: string }> {
  read(): Promise<readonly Change[]>;
  write(change: Change): Promise<void>;
  clear(): Promise<void>;
}

interface Kept {
  readonly library: string;
  readonly id: string;
  readonly change: unknown;
}

async function withDatabase<T>(
  work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    const database = await open();
    try {
      return await work(database);
    } finally {
      database.close();
    }
  } catch {
    // Private windows and full disks: the demo then forgets at the next visit, and works all the same.
    return otherwise;
  }
}

const open = () =>
  openDB(DATABASE, 1, {
    upgrade: (database) => {
      database.createObjectStore(STORE, { keyPath: ['library', 'id'] }).createIndex('library', 'library');
    },
  });

/**
 * Changes of one library, kept in this browser.
 * @param isChange tells what this version still understands from what an older one left behind
 */
export function createChangeStore<Change extends { readonly id: string }>(
  library: string,
  isChange: (value: unknown) => value is Change,
): ChangeStore<Change> {
  return {
    read: () =>
      withDatabase(async (database) => {
        const kept: readonly Kept[] = await database.getAllFromIndex(STORE, 'library', library);
        return kept.map(({ change }) => change).filter(isChange);
      }, []),
    write: (change) =>
      withDatabase(async (database) => {
        const kept: Kept = { library, id: change.id, change };
        await database.put(STORE, kept);
      }, undefined),
    clear: () =>
      withDatabase(async (database) => {
        const keys = await database.getAllKeysFromIndex(STORE, 'library', library);
        await Promise.all(keys.map((key) => database.delete(STORE, key)));
      }, undefined),
  };
}
