import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

/** Enough to see whether a file is there; pictures up to this size are also decoded. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Those that every browser decodes. */
const PICTURES = /^image\/(?:png|jpeg|gif|webp|avif|bmp)\b/;

/** Beginning of a file, as it was read. */
export interface Content {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type ContentSource = Pick<AssetProvider, 'connection' | 'previewSource' | 'readPreview'>;

/** Whether there is anything of the file itself to load: a preview of its own is another file. */
export const canLoad = (provider: Pick<AssetProvider, 'previewSource'>, asset: Asset): boolean =>
  asset.previewAssetId === null && provider.previewSource(asset, 'full') !== null;

/**
 * Reads the beginning of an asset's content, past every cache.
 * @returns null when what came is no such content: nothing, or a picture that is none
 * @throws whatever the request throws
 */
export async function readContent(provider: ContentSource, asset: Asset): Promise<Content | null> {
  const source = provider.previewSource(asset, 'full');
  if (source === null) return null;
  const blob = await provider.readPreview(source, { maxBytes: MAX_BYTES, fresh: true });
  if (blob.size === 0 || !(await decodes(blob))) return null;
  return { type: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function decodes(blob: Blob): Promise<boolean> {
  if (!PICTURES.test(blob.type) || blob.size >= MAX_BYTES || typeof createImageBitmap !== 'function')
    return true;
  try {
    (await createImageBitmap(blob)).close();
    return true;
  } catch {
    return false;
  }
}

export const isSameContent = (one: Content, other: Content): boolean =>
  one.type === other.type &&
  one.bytes.length === other.bytes.length &&
  one.bytes.every((byte, at) => byte === other.bytes[at]);
