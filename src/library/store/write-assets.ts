import type { Asset } from '@/domain/asset';

import { assetToRow, metadataToColumn, previewToColumn } from './asset-row';
import { cellFromRow, cellNumber, cellOf } from './cells';
import { intern } from './intern';
import { forgetNumbers } from './known-numbers';
import { setNotes, type Notes } from './notes';
import { readAssets } from './read-assets';
import { type Sql, type SqlValue } from './sql';

/** Ids of assets that the index did not have, and of those that it had otherwise. */
export interface Written {
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

/** Puts assets into the index, or what is new of them, and notes beside them: all or nothing. */
export function writeAssets(
  sql: Sql,
  params: {
    readonly assets: readonly Asset[];
    /** The walk that met them. */
    readonly pass: number;
    readonly notes?: Notes;
  },
): Written {
  const added: string[] = [];
  const changed: string[] = [];
  transact(sql, () => {
    for (const asset of params.assets) {
      const outcome = writeAsset(sql, asset, params.pass);
      if (outcome === 'added') added.push(asset.id);
      if (outcome === 'changed') changed.push(asset.id);
    }
    setNotes(sql, params.notes ?? {});
  });
  return { added, changed };
}

/** Most of what a walk meets is there already, and just so: that costs a look and a number. */
function writeAsset(sql: Sql, asset: Asset, pass: number): 'added' | 'changed' | 'same' {
  const row = rowOf(sql, asset);
  const { isSame, put } = statementsFor(row);
  const values = Object.values(row);
  // Comparing all of a row that is not there would take as long as writing it.
  const isThere = sql.value('SELECT TRUE FROM assets WHERE id = ?', [asset.id]) === 1;
  if (isThere && sql.value(isSame, [...values, asset.id]) === 1) {
    sql.run('UPDATE assets SET pass = ? WHERE id = ?', [pass, asset.id]);
    return 'same';
  }
  const before = isThere ? asKept(sql, asset.id) : null;
  sql.run(put, [...values, pass]);
  if (before === null) return 'added';
  return asKept(sql, asset.id) === before ? 'same' : 'changed';
}

let statements: { readonly isSame: string; readonly put: string } | null = null;

/** Made once: every row has the same columns in the same order. */
function statementsFor(row: Row) {
  if (statements !== null) return statements;
  const columns = Object.keys(row);
  const same = columns.map((column) => `${column} IS ?`);
  const renewed = [...columns, 'pass'].map((column) => `${column} = excluded.${column}`);
  statements = {
    isSame: `SELECT ${same.join(' AND ')} FROM assets WHERE id = ?`,
    put: `INSERT INTO assets (${columns.join(', ')}, pass) VALUES (${columns.map(() => '?').join(', ')}, ?)
    ON CONFLICT (id) DO UPDATE SET ${renewed.join(', ')}`,
  };
  return statements;
}

/** What the index leaves out of an asset is no change of it. */
const asKept = (sql: Sql, id: string): string => JSON.stringify(readAssets(sql, { ids: [id] }));

type Row = Readonly<Record<string, SqlValue>>;

function rowOf(sql: Sql, asset: Asset): Row {
  const preview = previewToColumn(asset);
  const metadata = metadataToColumn(asset.metadata);
  return {
    ...assetToRow(asset),
    cell: cellNumber(sql, cellOf(asset)),
    preview: preview === null ? null : intern(sql, 'previews', preview),
    metadata: metadata === null ? null : intern(sql, 'metadatas', metadata),
  };
}

/** What is not there any more stays away. */
export function removeAssets(sql: Sql, { ids }: { readonly ids: readonly string[] }): void {
  transact(sql, () => {
    for (const id of ids) {
      const metadata = sql.value('SELECT metadata FROM assets WHERE id = ?', [id]);
      sql.run('DELETE FROM assets WHERE id = ?', [id]);
      sql.run(
        'DELETE FROM metadatas WHERE metadata = ?1 AND NOT EXISTS (SELECT 1 FROM assets WHERE metadata = ?1)',
        [metadata],
      );
    }
  });
  forgetNumbers(sql);
}

function transact(sql: Sql, work: () => void): void {
  try {
    sql.transaction(work);
  } catch (error) {
    // What was made for it is gone again.
    forgetNumbers(sql);
    throw error;
  }
}

/** Tags as the provider reports them now, by id; of assets that the index does not have, nothing. */
export function retagAssets(
  sql: Sql,
  { tags }: { readonly tags: Readonly<Record<string, readonly string[]>> },
): void {
  transact(sql, () => {
    for (const [id, names] of Object.entries(tags)) retagAsset(sql, id, names);
  });
}

function retagAsset(sql: Sql, id: string, tags: readonly string[]): void {
  const row = sql.first('SELECT cells.* FROM assets JOIN cells USING (cell) WHERE id = ?', [id]);
  if (row === null) return;
  sql.run('UPDATE assets SET cell = ? WHERE id = ?', [cellNumber(sql, { ...cellFromRow(row), tags }), id]);
}
