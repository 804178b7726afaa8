import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { describe, expect, it, vi } from 'vitest';

import { anAsset } from '@/testing/assets';

import { calls } from './calls';
import { noteFileTrouble } from './file-trouble';
import type { Engine } from './open-engine';
import { openLibrary } from './open-library';
import { problemOf } from './problem-of';
import { SCHEMA_VERSION } from './schema';
import { Sql } from './sql';

const sqlite = await sqlite3InitModule();

/** The real engine with a database that was there before. */
function engineWith(bytes: Uint8Array | null) {
  const database = new sqlite.oo1.DB(':memory:', 'c');
  if (bytes !== null) {
    const { capi, wasm } = sqlite;
    const place = wasm.allocFromTypedArray(bytes);
    const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_RESIZEABLE;
    capi.sqlite3_deserialize(database.pointer!, 'main', place, bytes.length, bytes.length, flags);
  }
  const recreate = vi.fn(() => Promise.resolve(engineWith(null).engine));
  const engine: Engine = { sql: new Sql(database), notKept: null, recreate, remove: () => Promise.resolve() };
  return { engine, recreate };
}

/** The file of a library with one asset, of this version. */
async function fileOf(version: number): Promise<Uint8Array> {
  const database = new sqlite.oo1.DB(':memory:', 'c');
  const engine: Engine = {
    ...{ sql: new Sql(database), notKept: null },
    recreate: () => Promise.reject(new Error('It is new.')),
    remove: () => Promise.resolve(),
  };
  const { sql } = await openLibrary('x', () => Promise.resolve(engine));
  calls.write(sql, { assets: [anAsset({ id: 'fox' })], pass: 1 });
  sql.execute(`PRAGMA user_version = ${version}`);
  const bytes = sqlite.capi.sqlite3_js_db_export(database);
  sql.close();
  return bytes;
}

const namesIn = (sql: Sql) => calls.assets(sql, { ids: ['fox'] }).map(({ name }) => name);

describe('opening a library', () => {
  it('finds again what was written', async () => {
    const { engine, recreate } = engineWith(await fileOf(SCHEMA_VERSION));
    const { sql, rebuilt } = await openLibrary('x', () => Promise.resolve(engine));
    expect(namesIn(sql)).toEqual(['fox.png']);
    expect(rebuilt).toBeNull();
    expect(recreate).not.toHaveBeenCalled();
  });

  it('begins anew, and says so, where an older Winnow wrote it', async () => {
    // Version 0 is an empty file, so the first that can be older is one before this one.
    const { engine } = engineWith(await fileOf(-1));
    const { sql, rebuilt } = await openLibrary('x', () => Promise.resolve(engine));
    expect(rebuilt).toMatch(/older Winnow/);
    expect(namesIn(sql)).toEqual([]);
    calls.write(sql, { assets: [anAsset({ id: 'fox', name: 'new.png' })], pass: 1 });
    expect(namesIn(sql)).toEqual(['new.png']);
  });

  it('leaves alone what a newer Winnow wrote', async () => {
    const { engine, recreate } = engineWith(await fileOf(SCHEMA_VERSION + 1));
    const close = vi.spyOn(engine.sql, 'close');
    const execute = vi.spyOn(engine.sql, 'execute');
    const opened = openLibrary('x', () => Promise.resolve(engine));
    await expect(opened).rejects.toMatchObject({ name: 'LibraryError', problem: 'newer' });
    expect(recreate).not.toHaveBeenCalled();
    expect(execute).not.toHaveBeenCalled();
    // Open, it could not be forgotten either.
    expect(close).toHaveBeenCalled();
  });

  it.each([
    ['not a database at all', new TextEncoder().encode('This is no database. '.repeat(400))],
    ['cut off in the middle of its first page', new Uint8Array(700).fill(0x53)],
  ])('begins anew, and says so, where the file is %s', async (_, bytes) => {
    const { engine } = engineWith(bytes);
    const { sql, rebuilt } = await openLibrary('x', () => Promise.resolve(engine));
    expect(rebuilt).toMatch(/damaged/);
    expect(namesIn(sql)).toEqual([]);
  });

  it('begins anew where the tables are damaged, though the first page can be read', async () => {
    const bytes = await fileOf(SCHEMA_VERSION);
    const { engine } = engineWith(bytes.fill(0xff, 100, 4_000));
    const { sql, rebuilt } = await openLibrary('x', () => Promise.resolve(engine));
    expect(rebuilt).toMatch(/damaged/);
    expect(namesIn(sql)).toEqual([]);
  });

  it('says that it is damaged where that shows later', async () => {
    const bytes = await fileOf(SCHEMA_VERSION);
    const { engine } = engineWith(bytes.fill(0xff, 8_192));
    const { sql } = await openLibrary('x', () => Promise.resolve(engine));
    const error = ((): unknown => {
      try {
        return sql.all('SELECT * FROM library, cells, notes, tags');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(problemOf(error)).toMatchObject({ problem: 'damaged' });
  });

  it.each([
    ['refused to write', new DOMException('No space available for this operation', 'QuotaExceededError')],
    ['wrote only a part', new Error('Unknown write() failure.')],
  ])('has no room where the browser %s, for which SQLite has no words', (_, trouble) => {
    const ioError = () => new Error('SQLITE_IOERR: sqlite3 result code 10: disk I/O error');
    const error = ioError();
    noteFileTrouble(trouble);
    expect(problemOf(new Error('SQLITE_ERROR: no such table')), 'not of a file').toMatchObject({
      problem: 'internal',
    });
    expect(problemOf(error)).toMatchObject({ problem: 'quota' });
    expect(problemOf(error), 'however often it is asked about').toMatchObject({ problem: 'quota' });
    expect(problemOf(ioError()), 'not of the next').toMatchObject({ problem: 'internal' });
  });
});
