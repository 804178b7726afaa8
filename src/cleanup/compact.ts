import type { SeenAsset } from '@/domain/plan';

/**
 * Makes small copies of assets, for lists of a hundred thousand: equal texts and tag lists are kept once, and no text
 * is a part of a longer one that it would keep alive.
 */
export function createCompactor(): (asset: SeenAsset, keepsPreview: boolean) => SeenAsset {
  const texts = new Map<string, string>();
  const tagLists = new Map<string, readonly string[]>();

  /** For texts of which there are few. */
  const shared = (text: string): string => {
    const known = texts.get(text) ?? flat(text);
    texts.set(known, known);
    return known;
  };
  const sharedTags = (tags: readonly string[]): readonly string[] => {
    const key = JSON.stringify(tags);
    const known = tagLists.get(key) ?? tags.map(shared);
    tagLists.set(key, known);
    return known;
  };

  return (asset, keepsPreview) => {
    const createdAt = flat(asset.createdAt);
    const time = (instant: string | null) =>
      instant === null ? null : instant === createdAt ? createdAt : flat(instant);
    const updatedAt = time(asset.updatedAt);
    return {
      id: flat(asset.id),
      name: flat(asset.name),
      kind: asset.kind,
      sizeBytes: asset.sizeBytes,
      mimeType: asset.mimeType === null ? null : shared(asset.mimeType),
      tags: sharedTags(asset.tags),
      contentHash: asset.contentHash === null ? null : flat(asset.contentHash),
      createdAt,
      updatedAt,
      lastAccessedAt: asset.lastAccessedAt === updatedAt ? updatedAt : time(asset.lastAccessedAt),
      preview: keepsPreview ? asset.preview : null,
      previewAssetId: asset.previewAssetId === null ? null : flat(asset.previewAssetId),
      protection: asset.protection,
    };
  };
}

/** The same text in memory of its own: engines keep parts and sums of texts as references to the whole. */
const flat = (text: string): string => String(JSON.parse(JSON.stringify(text)));
