import { LibraryError } from '../library-error';

import { addFunctions } from './functions';
import { openEngine, type Engine } from './open-engine';
import { problemOf } from './problem-of';
import { SCHEMA, SCHEMA_VERSION } from './schema';
import { asNumber, type Sql } from './sql';

/** The open database of one connection, with its tables. */
export interface OpenLibrary {
  readonly sql: Sql;
  /** Null when it is kept on this device; otherwise why not. */
  readonly notKept: string | null;
  /** Why the database that was there before was thrown away; null when it was not. */
  readonly rebuilt: string | null;
  /** Deletes it. */
  remove(): Promise<void>;
}

/** @throws LibraryError when it belongs to a newer Winnow; else whatever the engine says */
export async function openLibrary(
  connectionId: string,
  open: (connectionId: string) => Promise<Engine> = openEngine,
): Promise<OpenLibrary> {
  let engine = await open(connectionId);
  const wrong = whatIsWrong(engine);
  if (wrong !== null) {
    engine = await engine.recreate();
    prepare(engine.sql);
  }
  const { sql, notKept } = engine;
  return { sql, notKept, rebuilt: wrong, remove: () => engine.remove() };
}

/** Deletes a database, whatever is in it: that of a newer Winnow as well. */
export async function removeLibrary(connectionId: string): Promise<void> {
  const engine = await openEngine(connectionId);
  await engine.remove();
}

/** @returns null when the database is ready: it was as it should be, or is new */
function whatIsWrong({ sql }: Engine): string | null {
  try {
    const version = asNumber(sql.value('PRAGMA user_version'));
    if (version > SCHEMA_VERSION) {
      throw new LibraryError(
        'newer',
        'This index was written by a newer Winnow. Reload the page to get that, or forget the index.',
      );
    }
    if (version !== 0 && version < SCHEMA_VERSION) {
      return 'The index was written by an older Winnow and had to be emptied.';
    }
    prepare(sql);
    return null;
  } catch (error) {
    if (problemOf(error).problem !== 'damaged') {
      sql.close();
      throw error;
    }
    return 'The index was damaged and had to be emptied.';
  }
}

function prepare(sql: Sql): void {
  // One tab at a time has it open. A crash must not damage it, but may cost the last few rows: they are read again.
  sql.execute(
    'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072;',
  );
  addFunctions(sql);
  if (asNumber(sql.value('PRAGMA user_version')) === SCHEMA_VERSION) return;
  sql.transaction(() => {
    sql.execute(SCHEMA);
    sql.execute(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}
