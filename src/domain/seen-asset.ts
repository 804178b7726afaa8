import type { SeenAsset } from './plan';

/** What a plan keeps of an asset, field by field: a list of 100,000 must not keep all their metadata alive. */
export const asSeen = (asset: SeenAsset): SeenAsset => ({
  id: asset.id,
  name: asset.name,
  kind: asset.kind,
  sizeBytes: asset.sizeBytes,
  mimeType: asset.mimeType,
  tags: asset.tags,
  contentHash: asset.contentHash,
  createdAt: asset.createdAt,
  updatedAt: asset.updatedAt,
  lastAccessedAt: asset.lastAccessedAt,
  preview: asset.preview,
  previewAssetId: asset.previewAssetId,
  protection: asset.protection,
});
