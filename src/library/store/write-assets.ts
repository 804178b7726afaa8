import type { Asset } from '@/domain/asset';

import { assetToRow, metadataToColumn, previewToColumn } from './asset-row';
import { cellFromRow, cellNumber, cellOf } from './cells';
import { intern } from './intern';
import { forgetNumbers } from './known-numbers';
import { setNotes, type Notes } from './notes';
import { type Sql, type SqlValue } from './sql';

/** Puts assets into the index, or what is new of them, and notes beside them: all or nothing. */
export function writeAssets(
  sql: Sql,
  params: {
    readonly assets: readonly Asset[];
    /** The walk that met them. */
    readonly pass: number;
    readonly notes?: Notes;
  },
): void {
  transact(sql, () => {
    for (const asset of params.assets) writeAsset(sql, asset, params.pass);
    setNotes(sql, params.notes ?? {});
  });
}

function writeAsset(sql: Sql, asset: Asset, pass: number): void {
  const preview = previewToColumn(asset);
  const metadata = metadataToColumn(asset.metadata);
  const row: Readonly<Record<string, SqlValue>> = {
    ...assetToRow(asset),
    cell: cellNumber(sql, cellOf(asset)),
    preview: preview === null ? null : intern(sql, 'previews', preview),
    metadata: metadata === null ? null : intern(sql, 'metadatas', metadata),
    pass,
  };
  const columns = Object.keys(row);
  sql.run(
    `INSERT INTO assets (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    Object.values(row),
  );
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
