import type { Asset } from '@/domain/asset';
import type { SortOrder } from '@/domain/asset-query';
import type { LibraryFilters } from '@/domain/library-query';

import {
  COMPLETE,
  PASS,
  readComplete,
  readPass,
  readWalk,
  WALK,
  type Complete,
  type Walk,
} from '../walk/state';
import { filtersToSql } from './filters-to-sql';
import { toMicros } from './micros';
import { readNotes, writeNotes } from './notes';
import { asNumber, asNumberOrNull, asText, asTextOrNull, type Sql } from './sql';
import { writeAssets } from './write-assets';

/** How an index stands: what its walks have noted, and what is in it. */
export interface IndexStanding {
  readonly walk: Walk | null;
  readonly complete: Complete | null;
  /** Number of the last pass that was begun; 0 when none was. */
  readonly pass: number;
  readonly count: number;
  /** Time of creation of the newest row, in microseconds since 1970; null when there is none. */
  readonly newest: number | null;
}

export function readStanding(sql: Sql): IndexStanding {
  const notes = readNotes(sql, { keys: [WALK, COMPLETE, PASS] });
  return {
    walk: readWalk(notes[WALK]),
    complete: readComplete(notes[COMPLETE]),
    pass: readPass(notes[PASS]),
    count: asNumber(sql.value('SELECT coalesce(sum(assets), 0) FROM cells')),
    newest: asNumberOrNull(sql.value('SELECT max(created) FROM assets')),
  };
}

/**
 * One page of a walk and how far the walk is then, all or nothing.
 * @param params.isHidden whether it is from a list by tag, which has what a list without tags may hide
 * @returns the walk, with what the page brought counted in
 */
export function walkStep(
  sql: Sql,
  params: { readonly assets: readonly Asset[]; readonly walk: Walk; readonly isHidden: boolean },
): Walk {
  const { assets, walk, isHidden } = params;
  const noted = readWalk(readNotes(sql, { keys: [WALK] })[WALK]);
  // Carried out before, by an owner of the database that could not say so any more.
  if (noted !== null && noted.startedAt === walk.startedAt && noted.step >= walk.step) return noted;
  const passes = assets.map(({ id }) =>
    asNumberOrNull(sql.value('SELECT pass FROM assets WHERE id = ?', [id])),
  );
  const met = passes.filter((pass) => pass !== walk.pass).length;
  const missed = assets.filter(
    ({ createdAt }, at) =>
      passes[at] === null && (walk.newest === null || toMicros(createdAt) <= walk.newest),
  ).length;
  const counted: Walk = {
    ...walk,
    met: walk.met + met,
    missed: walk.missed + missed,
    added: walk.added + passes.filter((pass) => pass === null).length,
    hides: walk.hides || (isHidden && met > 0),
  };
  const { changed } = writeAssets(sql, { assets, pass: walk.pass, notes: { [WALK]: counted } });
  if (changed.length === 0) return counted;
  const next: Walk = { ...counted, changed: counted.changed + changed.length };
  writeNotes(sql, { notes: { [WALK]: next } });
  return next;
}

/** What no pass since that one met. @param params.limit how many ids the answer names at most */
export function readUnmet(
  sql: Sql,
  { pass, limit }: { readonly pass: number; readonly limit: number },
): { readonly count: number; readonly ids: readonly string[] } {
  return {
    count: asNumber(sql.value('SELECT count(*) FROM assets WHERE pass < ?', [pass])),
    ids: sql.all('SELECT id FROM assets WHERE pass < ? LIMIT ?', [pass, limit]).map(({ id }) => asText(id)),
  };
}

/** @returns how many that were */
export function removeUnmet(sql: Sql, { pass }: { readonly pass: number }): number {
  const count = asNumber(sql.value('SELECT count(*) FROM assets WHERE pass < ?', [pass]));
  sql.run('DELETE FROM assets WHERE pass < ?', [pass]);
  return count;
}

/** How many assets match each of these filters. @param params.pass only those that this pass met; null for all */
export function countScopes(
  sql: Sql,
  { scopes, pass }: { readonly scopes: readonly LibraryFilters[]; readonly pass: number | null },
): readonly number[] {
  return scopes.map((filters) => {
    const { where, bound } = filtersToSql(filters, Date.now());
    const isMet = pass === null ? 'TRUE' : 'pass = ?';
    return asNumber(
      sql.value(
        `SELECT count(*) FROM assets WHERE ${where} AND ${isMet}`,
        pass === null ? bound : [...bound, pass],
      ),
    );
  });
}

/** Ordered by creation, and by id where that is the same. */
interface Ordered {
  readonly filters: LibraryFilters;
  readonly order: SortOrder;
}

/** How many that match come before an asset; null when the index does not have it. */
export function rankOf(sql: Sql, { filters, order, id }: Ordered & { readonly id: string }): number | null {
  const created = asNumberOrNull(sql.value('SELECT created FROM assets WHERE id = ?', [id]));
  if (created === null) return null;
  const { where, bound } = filtersToSql(filters, Date.now());
  const before = order === 'asc' ? '<' : '>';
  return asNumber(
    sql.value(`SELECT count(*) FROM assets WHERE ${where} AND (created, id) ${before} (?, ?)`, [
      ...bound,
      created,
      id,
    ]),
  );
}

/** Those at so many places. `created`: microseconds since 1970. */
export function readRanks(
  sql: Sql,
  { filters, order, from, to }: Ordered & { readonly from: number; readonly to: number },
): readonly { readonly id: string; readonly created: number }[] {
  const { where, bound } = filtersToSql(filters, Date.now());
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  return sql
    .all(
      `SELECT id, created FROM assets WHERE ${where}
      ORDER BY created ${direction}, id ${direction} LIMIT ? OFFSET ?`,
      [...bound, to - from, from],
    )
    .map(({ id, created }) => ({ id: asText(id), created: asNumber(created) }));
}

/** Roughy: assets whose state is not final. */
export function readUnfinished(
  sql: Sql,
  { final }: { readonly final: readonly string[] },
): readonly { readonly id: string; readonly state: string }[] {
  return sql
    .all(
      `SELECT id, state FROM library
      WHERE cell IN (SELECT cell FROM cells WHERE state NOT IN (${final.map(() => '?').join(', ')}))`,
      final,
    )
    .map(({ id, state }) => ({ id: asText(id), state: asTextOrNull(state) ?? '' }));
}
