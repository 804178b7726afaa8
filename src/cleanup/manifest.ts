import type { Asset } from '@/domain/asset';

export type ManifestFormat = 'csv' | 'jsonl';

/** One line per asset, written before anything is deleted: what went, as it was seen. */
const toRecord = (asset: Asset, action: string) => ({
  id: asset.id,
  name: asset.name,
  size_bytes: asset.sizeBytes,
  content_hash: asset.contentHash,
  tags: asset.tags,
  created_at: asset.createdAt,
  updated_at: asset.updatedAt,
  last_accessed_at: asset.lastAccessedAt,
  action,
});

/** How a cell begins that a spreadsheet would run. Papa Parse's own pattern misses cells of several lines. */
const FORMULA = /^\s*[-=+@\uFF0D\uFF1D\uFF0B\uFF20]|^[\t\r\n]/;
const LINE_END = '\r\n';

/** @returns the file as a blob; CSV cells that a spreadsheet would run as a formula are escaped */
export async function makeManifest(
  assets: readonly Asset[],
  action: 'delete',
  format: ManifestFormat,
): Promise<Blob> {
  const records = assets.map((asset) => toRecord(asset, action));
  if (format === 'jsonl') {
    return new Blob([records.map((record) => `${JSON.stringify(record)}\n`).join('')], {
      type: 'application/jsonl',
    });
  }
  const { default: papa } = await import('papaparse');
  const rows = records.map((record) => ({ ...record, tags: JSON.stringify(record.tags) }));
  return new Blob([papa.unparse(rows, { escapeFormulae: FORMULA, newline: LINE_END }), LINE_END], {
    type: 'text/csv;charset=utf-8',
  });
}
