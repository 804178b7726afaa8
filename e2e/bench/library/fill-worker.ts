import { calls } from '@/library/store/calls';
import { openLibrary } from '@/library/store/open-library';
import { asText, type Sql } from '@/library/store/sql';

import { END, makeRow, START } from './rows';

/** What a walk writes at once. */
const BATCH = 500;
/** More are not written one by one: copies of these, made by the database, are as good to ask, and made sooner. */
const WRITTEN = 100_000;
/** Written on top of all, so that the rate is that of a library of this size. */
const LAST = 5_000;

/** Fills the library of this name as a first scan does, without the network, and says how long writing took. */
onmessage = ({ data }: MessageEvent<{ readonly connectionId: string; readonly rows: number }>) => {
  void fill(data.connectionId, data.rows).then((report) => postMessage(report));
};

async function fill(connectionId: string, rows: number) {
  const { sql, notKept } = await openLibrary(connectionId);
  if (notKept !== null) throw new Error(notKept);
  const copies = Math.max(1, Math.round(rows / WRITTEN));
  const written = rows / copies;
  let writeMs = write(
    sql,
    rows,
    Array.from({ length: written }, (_, at) => at * copies),
  );
  if (copies > 1) {
    multiply(sql, rows, copies);
    const last = Array.from({ length: LAST }, (_, at) => at * copies + 1);
    writeMs = (write(sql, rows, last) * rows) / LAST;
  }
  const bytes = Number(sql.value('PRAGMA page_count')) * Number(sql.value('PRAGMA page_size'));
  // How fast this machine is at the moment.
  const start = performance.now();
  sql.value('SELECT count(*) FROM assets NOT INDEXED WHERE length(name) = 0');
  const scanMs = performance.now() - start;
  sql.close();
  return { writeMs, bytes, scanMs };
}

/** @returns ms that writing took, without making the rows */
function write(sql: Sql, of: number, places: readonly number[]): number {
  let ms = 0;
  for (let at = 0; at < places.length; at += BATCH) {
    const assets = places.slice(at, at + BATCH).map((place) => makeRow(place, of));
    const start = performance.now();
    calls.write(sql, { assets, pass: 1, notes: { at } });
    ms += performance.now() - start;
    if (at % (BATCH * 40) === 0) postMessage({ at });
  }
  return ms;
}

/** How many assets a job has, in the rows that are made and in copies of them. */
const PER_JOB = 4;

/** Each row again and again: with an id, a name, a content and times of its own, a few in one job. */
function multiply(sql: Sql, rows: number, copies: number): void {
  const parts = sql.all(
    "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = 'assets' AND sql IS NOT NULL",
  );
  const extras = parts.filter(({ type }) => type === 'index' || type === 'trigger');
  for (const { type, name } of extras) sql.execute(`DROP ${asText(type)} ${asText(name)}`);
  const step = Math.floor(((END - START) * 1_000) / rows);
  sql.transaction(() => {
    for (let copy = 1; copy < copies; copy += 1) {
      const later = `${copy * step}`;
      sql.execute(`INSERT INTO assets (cell, size, created, updated, used, pass, written, id, name, own_name, folded,
          hash, job, preview_id, preview, metadata, duration, error_code, error_message)
        SELECT cell, size, created + ${later}, updated + ${later}, used + ${later}, pass, written,
          'g${copy}' || id, '${copy}' || name, own_name, '${copy}' || folded,
          CAST(substr(hash, 2) || unhex(printf('%02x', ${copy})) AS BLOB), job || '${jobSuffix(copy)}', 'g${copy}' || preview_id,
          preview, metadata, duration, error_code, error_message
        FROM assets WHERE id < 'g' ORDER BY seq`);
      postMessage({ at: rows * (copy / copies) });
    }
    const counts = sql
      .all("SELECT name FROM pragma_table_info('cells') WHERE dflt_value = '0'")
      .map(({ name }) => `${asText(name)} = ${asText(name)} * ${copies}`);
    sql.execute(`UPDATE cells SET ${counts.join(', ')}`);
  });
  for (const { name, sql: definition } of extras) {
    sql.execute(asText(definition));
    postMessage({ at: `all, ${asText(name)}` });
  }
}

const jobSuffix = (copy: number): string => (copy < PER_JOB ? '' : `-${Math.floor(copy / PER_JOB)}`);
