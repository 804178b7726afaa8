import { foldText } from './fold-text';
import type { SeenAsset } from './plan';

type Known = Pick<SeenAsset, 'contentHash' | 'sizeBytes' | 'name'>;

/**
 * What copies have in common: their content's hash; where there is none, size and name, which only suggests it.
 * Null when nothing tells whether there is another copy.
 */
export function copyKeyOf({ contentHash, sizeBytes, name }: Known): string | null {
  if (contentHash !== null) return `hash ${contentHash}`;
  return sizeBytes === null ? null : `maybe ${sizeBytes} ${foldText(name)}`;
}

/** Every asset by what it has in common with its copies; those that have nothing are left out. */
export function byCopyKey<T extends Known>(assets: Iterable<T>): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const asset of assets) {
    const key = copyKeyOf(asset);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [asset]);
    else group.push(asset);
  }
  return groups;
}

/** Not as text: instants differ in precision, and `.5Z` sorts before `Z`. Among equals the smaller id. */
export function isOlder(
  left: Pick<SeenAsset, 'id' | 'createdAt'>,
  right: Pick<SeenAsset, 'id' | 'createdAt'>,
): boolean {
  const apart = Date.parse(left.createdAt) - Date.parse(right.createdAt);
  return apart < 0 || (apart === 0 && left.id < right.id);
}

/** Whether the record has a file: servers list those that lost theirs as well, and tag them. */
export const hasFile = ({ tags }: Pick<SeenAsset, 'tags'>): boolean => !tags.includes('missing');
