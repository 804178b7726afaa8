import type { Asset, Metadata, Protection } from '@/domain/asset';
import { bareMimeType, mediaKind } from '../media-kind';
import type { ComfyFlavour } from './flavour';
import { comfyName, normaliseHash } from './name';
import { comfyPreview } from './preview';
import type { ComfyAsset } from './schema';

/** A Comfy row as Winnow's asset. */
export function toAsset(row: ComfyAsset, baseUrl: string, flavour: ComfyFlavour): Asset {
  const fileNames = [row.name, row.display_name].filter((name) => name !== null);
  const kind = mediaKind(row.mime_type, fileNames, row.tags);
  const name = comfyName(row, kind);
  return {
    type: 'asset',
    id: row.id,
    name,
    ...(name !== row.name && { ownName: row.name }),
    kind,
    sizeBytes: row.size === 0 && flavour.zeroSizeIsUnknown ? null : row.size,
    mimeType: bareMimeType(row.mime_type),
    tags: row.tags,
    contentHash: normaliseHash(row.hash) ?? normaliseHash(row.asset_hash),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastAccessedAt: row.last_access_time,
    preview: comfyPreview(row.preview_url, kind === 'image' || row.preview_id !== null, baseUrl, flavour),
    previewAssetId: row.preview_id,
    jobId: row.job_id ?? row.prompt_id,
    protection: protectionOf(row),
    metadata: joinMetadata(row.user_metadata, row.metadata),
    roughy: null,
  };
}

/**
 * A row that says nothing can be deleted, at both servers: newer ComfyUI no longer has the field, and Comfy Cloud
 * itself refuses what it protects, so a wrong guess in this direction costs a refusal and never an asset.
 */
function protectionOf(row: ComfyAsset): Protection | null {
  if (row.is_public) return 'public';
  return row.is_immutable ? 'immutable' : null;
}

/**
 * The person's own pairs come first, since those can be filtered on; what the server read from the file
 * (format, width, height) is kept apart under `file`.
 */
function joinMetadata(own: Metadata, fromFile: Metadata): Metadata {
  if (Object.keys(fromFile).length === 0) return own;
  return { ...own, [Object.hasOwn(own, 'file') ? 'file (read by the server)' : 'file']: fromFile };
}
