import type { AssetKind } from '@/domain/asset';
import type { ComfyAsset } from './schema';

const BARE_HASH = /^(blake3:)?[0-9a-f]{32,}(\.\w+)?$/i;
const INVISIBLE = /^[\s\p{Cc}\p{Cf}]*$/u;

/**
 * What people would call the asset: its name, unless that is only a content hash and something readable is at hand.
 * Never empty.
 */
export function comfyName(row: ComfyAsset, kind: AssetKind): string {
  const own = row.name ?? '';
  if (isReadable(own)) return own;
  const better = [row.user_metadata['name'], row.metadata['name'], row.display_name].find(isReadable);
  if (better !== undefined) return better;
  return INVISIBLE.test(own) ? `${kind} ${row.id.slice(0, 8)}` : own;
}

const isReadable = (name: unknown): name is string =>
  typeof name === 'string' && !INVISIBLE.test(name) && !BARE_HASH.test(name.trim());

/** Content hashes in one spelling, so that equal content compares equal; null when it is not a hash. */
export function normaliseHash(hash: string | null): string | null {
  const hex =
    hash
      ?.trim()
      .toLowerCase()
      .replace(/^blake3:/, '')
      .replace(/\..*$/, '') ?? '';
  return /^[0-9a-f]{16,}$/.test(hex) ? hex : null;
}
