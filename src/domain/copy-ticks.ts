import { copyKeyOf } from './copies';
import type { SeenAsset } from './plan';
import type { Selection } from './selection';

/** One content and its copies. */
export interface CopyGroup {
  /** Of `copyKeyOf`. */
  readonly key: string;
  /** All copies, shown or not. */
  readonly count: number;
  /** Some of them. */
  readonly copies: readonly SeenAsset[];
}

/** How many copies would be left if everything that is ticked went. */
export function copiesLeft({ key, count, copies }: CopyGroup, selection: Selection): number {
  const shown = copies.filter(({ id }) => selection.has(id)).length;
  if (count <= copies.length || shown === selection.size) return count - shown;
  const ids = new Set(copies.map(({ id }) => id));
  let hidden = 0;
  for (const asset of selection.values()) if (!ids.has(asset.id) && copyKeyOf(asset) === key) hidden += 1;
  return count - shown - hidden;
}

/** Of the copies that somebody wants to tick, those that may be: the last one that would be left never is. */
export function tickable(
  group: CopyGroup,
  selection: Selection,
  wanted: readonly SeenAsset[],
): readonly SeenAsset[] {
  const room = copiesLeft(group, selection) - 1;
  return wanted
    .filter(({ id, protection }) => protection === null && !selection.has(id))
    .slice(0, Math.max(0, room));
}
