import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { ItemState } from '@/domain/job';
import type { SeenAsset } from '@/domain/plan';

import { LedgerError } from './ledger';
import { toLedgerError } from './ledger-error';
import type { StoredItem, StoredJob } from './ledger-rows';

/** What this browser keeps of clean-ups: no keys, and nothing signed. */
export interface WinnowSchema extends DBSchema {
  jobs: { key: string; value: StoredJob };
  items: {
    key: [jobId: string, index: number];
    value: StoredItem;
    /** In the order of the plan within each state. */
    indexes: { state: [jobId: string, state: ItemState, index: number] };
  };
  /** Marks and pins. */
  kept: {
    key: [list: string, connectionId: string, id: string];
    value: {
      readonly list: 'marks' | 'pins';
      readonly connectionId: string;
      readonly id: string;
      readonly asset: SeenAsset;
      /** ms since 1970. */
      readonly keptAt: number;
    };
    indexes: { list: string };
  };
}

export type Database = IDBPDatabase<WinnowSchema>;

const NAME = 'winnow-jobs';
const VERSION = 1;
/** A tab that is asked to let go may finish first what it is writing. */
const PATIENCE_MS = 5_000;

let shared: Promise<Database> | null = null;

/**
 * The one connection of this page. Ask for it at each use and leave it open: the browser, or a tab with a newer Winnow,
 * may have closed the last one. @throws LedgerError
 */
export const openDatabase = (): Promise<Database> =>
  begin((database) => {
    // The only way to find out whether a connection is still open.
    database.transaction('kept').done.catch(() => undefined);
    return database;
  });

/**
 * Begins a transaction, if need be on a new connection: browsers do not always tell when they close one.
 * @param start begins it at once
 * @throws LedgerError
 */
export async function begin<T>(start: (database: Database) => T): Promise<T> {
  const used = connection();
  try {
    return start(await used);
  } catch (error) {
    const isClosed = error instanceof DOMException && error.name === 'InvalidStateError';
    if (!isClosed) throw toLedgerError(error);
  }
  if (shared === used) shared = null;
  try {
    return start(await connection());
  } catch (error) {
    throw toLedgerError(error);
  }
}

function connection(): Promise<Database> {
  if (shared !== null) return shared;
  const forget = () => {
    if (shared === opening) shared = null;
  };
  const opening = connect(forget);
  opening.catch(forget); // the next one may have more luck
  shared = opening;
  return opening;
}

const connect = (onLost: () => void): Promise<Database> =>
  new Promise((resolve, reject) => {
    let patience: ReturnType<typeof setTimeout> | undefined;
    let hasGivenUp = false;
    const opened = openDB<WinnowSchema>(NAME, VERSION, {
      upgrade(database) {
        database.createObjectStore('jobs', { keyPath: 'id' });
        const items = database.createObjectStore('items', { keyPath: ['jobId', 'index'] });
        items.createIndex('state', ['jobId', 'state', 'index']);
        const kept = database.createObjectStore('kept', { keyPath: ['list', 'connectionId', 'id'] });
        kept.createIndex('list', 'list');
      },
      blocked() {
        patience = setTimeout(() => {
          hasGivenUp = true;
          reject(new LedgerError('Another tab has an older Winnow open. Close it, then reload this page.'));
        }, PATIENCE_MS);
      },
      blocking() {
        onLost();
        void opened.then((database) => database.close());
      },
      terminated: onLost,
    });
    opened
      .then((database) => {
        if (hasGivenUp) database.close();
        else resolve(database);
      }, reject)
      .finally(() => clearTimeout(patience));
  });
