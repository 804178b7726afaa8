import type { JsonValue } from '@/domain/asset';
import { parseJson } from './json';
import { asText, type Sql } from './sql';

/** What the index remembers of itself, by name; null is not there. */
export type Notes = Readonly<Record<string, JsonValue>>;

/** @returns every asked key; null for what was never noted */
export function readNotes(sql: Sql, { keys }: { readonly keys: readonly string[] }): Notes {
  return Object.fromEntries(
    keys.map((key): [string, JsonValue] => {
      const value = sql.value('SELECT value FROM notes WHERE key = ?', [key]);
      return [key, value === null ? null : parseJson(asText(value))];
    }),
  );
}

export function writeNotes(sql: Sql, { notes }: { readonly notes: Notes }): void {
  sql.transaction(() => setNotes(sql, notes));
}

/** Within a transaction of the caller. */
export function setNotes(sql: Sql, notes: Notes): void {
  for (const [key, value] of Object.entries(notes)) {
    if (value === null) sql.run('DELETE FROM notes WHERE key = ?', [key]);
    else sql.run('REPLACE INTO notes (key, value) VALUES (?, ?)', [key, JSON.stringify(value)]);
  }
}
