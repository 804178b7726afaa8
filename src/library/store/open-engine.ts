import sqlite3InitModule, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';

import { noteFileTrouble } from './file-trouble';
import { FOLDER, nameFor } from './folder';
import { Sql } from './sql';

type Pool = Awaited<ReturnType<Sqlite3Static['installOpfsSAHPoolVfs']>>;

/** Where the database lives, and how to do away with it. */
export interface Engine {
  readonly sql: Sql;
  /** Null when it lasts; otherwise why it lives only as long as this page, in words for a person. */
  readonly notKept: string | null;
  /** Throws everything away and begins with an empty database, which `sql` of the new engine is. */
  recreate(): Promise<Engine>;
  /** Deletes the files. The engine is closed then. */
  remove(): Promise<void>;
}

const FILE = '/library.sqlite3';
/** The database, its journal, and room for what SQLite sorts. */
const FILES = 6;

let loading: Promise<Sqlite3Static> | null = null;

/** Once per worker: the module takes a moment. */
function load(): Promise<Sqlite3Static> {
  Object.assign(globalThis, { sqlite3ApiConfig: { warn, error: noteTrouble } });
  return (loading ??= sqlite3InitModule());
}

/** The other way to keep files, which needs headers that would keep pictures of other hosts out, is not wanted. */
function warn(...words: readonly unknown[]): void {
  if (!String(words[0]).startsWith('Ignoring inability to install OPFS')) console.warn(...words);
}

/** What goes wrong with a file comes back as an error of the database as well, and is reported then. */
function noteTrouble(...words: readonly unknown[]): void {
  const trouble = words.find((word) => word instanceof Error);
  if (trouble === undefined) console.error(...words);
  else noteFileTrouble(trouble);
}

/**
 * Opens the database of one connection: a file where the browser has a private file system, else in memory.
 * Only one worker of all tabs can have it open at a time.
 * @throws whatever SQLite says of a file that it cannot open
 */
export async function openEngine(connectionId: string): Promise<Engine> {
  const sqlite = await load();
  const whyNot = await reasonAgainstFiles();
  if (whyNot !== null) return inMemory(sqlite, whyNot);
  let pool;
  try {
    pool = await sqlite.installOpfsSAHPoolVfs({
      name: `winnow-${nameFor(connectionId)}`,
      directory: `${FOLDER}/${nameFor(connectionId)}`,
      initialCapacity: FILES,
    });
  } catch (error) {
    return inMemory(sqlite, `This browser did not open a file for it (${wordsOf(error)}).`);
  }
  return inFile(sqlite, pool);
}

function inFile(sqlite: Sqlite3Static, pool: Pool): Engine {
  const sql = new Sql(new pool.OpfsSAHPoolDb(FILE));
  return {
    sql,
    notKept: null,
    async recreate() {
      sql.close();
      await pool.wipeFiles();
      return inFile(sqlite, pool);
    },
    async remove() {
      sql.close();
      await pool.removeVfs();
    },
  };
}

function inMemory(sqlite: Sqlite3Static, notKept: string): Engine {
  const sql = new Sql(new sqlite.oo1.DB(':memory:', 'c'));
  return {
    sql,
    notKept,
    recreate() {
      sql.close();
      return Promise.resolve(inMemory(sqlite, notKept));
    },
    remove() {
      sql.close();
      return Promise.resolve();
    },
  };
}

/** Not every browser has what the type promises. */
const storageOf = (browser: { readonly storage?: Partial<StorageManager> } = navigator) => browser.storage;

async function reasonAgainstFiles(): Promise<string | null> {
  const storage = storageOf();
  if (typeof storage?.getDirectory !== 'function') {
    return 'This browser has no private file system here (it needs https, or localhost).';
  }
  try {
    await storage.getDirectory();
    return null;
  } catch (error) {
    return `This browser keeps no files here (${wordsOf(error)}); a private window does not.`;
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);
