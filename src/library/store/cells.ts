import type { Asset } from '@/domain/asset';
import { looksLikePreview } from '@/domain/looks-like-preview';
import { extensionOf } from '@/providers/media-kind';

import { numberOnce } from './known-numbers';
import { asNumber, asText, asTextOrNull, type Sql, type SqlRow, type SqlValue } from './sql';

/** What an asset has in common with others: the columns of its cell. */
export interface Cell {
  readonly kind: string;
  readonly extension: string;
  readonly mime: string | null;
  readonly tags: readonly string[];
  readonly protection: string | null;
  readonly hasHash: boolean;
  readonly hasPreview: boolean;
  readonly looksLikePreview: boolean;
  readonly state: string | null;
  readonly project: string | null;
  readonly projectName: string | null;
  readonly language: string | null;
}

export const cellOf = (asset: Asset): Cell => ({
  kind: asset.kind,
  extension: extensionOf(asset.name) || extensionOf(asset.ownName ?? ''),
  mime: asset.mimeType,
  tags: asset.tags,
  protection: asset.protection,
  hasHash: asset.contentHash !== null,
  hasPreview: asset.preview !== null,
  looksLikePreview: looksLikePreview(asset),
  state: asset.roughy?.state ?? null,
  project: asset.roughy?.projectId ?? null,
  projectName: asset.roughy?.projectName ?? null,
  language: asset.roughy?.language ?? null,
});

/** A row of `cells`, but for its tags. */
export const cellFromRow = (row: SqlRow): Omit<Cell, 'tags'> => ({
  kind: asText(row['kind']),
  extension: asText(row['extension']),
  mime: asTextOrNull(row['mime']),
  protection: asTextOrNull(row['protection']),
  hasHash: row['has_hash'] === 1,
  hasPreview: row['has_preview'] === 1,
  looksLikePreview: row['looks_like_preview'] === 1,
  state: asTextOrNull(row['state']),
  project: asTextOrNull(row['project']),
  projectName: asTextOrNull(row['project_name']),
  language: asTextOrNull(row['language']),
});

/** @returns its number; it is made when there is none yet */
export const cellNumber = (sql: Sql, cell: Cell): number =>
  numberOnce(sql, `cell ${JSON.stringify(cell)}`, () => findCell(sql, cell));

function findCell(sql: Sql, cell: Cell): number {
  const columns: Readonly<Record<string, SqlValue>> = {
    kind: cell.kind,
    extension: cell.extension,
    mime: cell.mime,
    tag_set: tagSetNumber(sql, cell.tags),
    tag_count: new Set(cell.tags).size,
    protection: cell.protection,
    has_hash: Number(cell.hasHash),
    has_preview: Number(cell.hasPreview),
    looks_like_preview: Number(cell.looksLikePreview),
    state: cell.state,
    project: cell.project,
    project_name: cell.projectName,
    language: cell.language,
  };
  const key = JSON.stringify(Object.values(columns));
  const known = sql.value('SELECT cell FROM cells WHERE key = ?', [key]);
  return known === null ? insert(sql, 'cells', { key, ...columns }) : asNumber(known);
}

/** Sets are as they came, in their order. */
function tagSetNumber(sql: Sql, tags: readonly string[]): number {
  const names = JSON.stringify(tags);
  const known = sql.value('SELECT tag_set FROM tag_sets WHERE names = ?', [names]);
  if (known !== null) return asNumber(known);
  const made = insert(sql, 'tag_sets', { names });
  for (const name of new Set(tags)) {
    sql.run('INSERT INTO tag_set_tags (tag, tag_set) VALUES (?, ?)', [tagNumber(sql, name), made]);
  }
  return made;
}

function tagNumber(sql: Sql, name: string): number {
  const known = sql.value('SELECT tag FROM tags WHERE name = ?', [name]);
  return known === null ? insert(sql, 'tags', { name }) : asNumber(known);
}

function insert(sql: Sql, table: string, columns: Readonly<Record<string, SqlValue>>): number {
  const names = Object.keys(columns);
  const places = names.map(() => '?').join(', ');
  sql.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(columns));
  return asNumber(sql.value('SELECT last_insert_rowid()'));
}
