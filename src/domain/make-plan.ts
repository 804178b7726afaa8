import type { AssetKind, Instant } from './asset';
import { byCopyKey, copyKeyOf, hasFile, isOlder } from './copies';
import { LEFT_OUT_REASONS, type Plan, type PlanAction, type PlanItem, type SeenAsset } from './plan';
import { asSeen } from './seen-asset';
import { copiesWithoutOthers, reasonsToKeep, type KeepContext } from './reasons-to-keep';

export interface Asked {
  readonly connectionId: string;
  readonly assets: readonly SeenAsset[];
  readonly action: PlanAction;
  readonly allMatching: boolean;
}

/** Freezes what was asked for: unique ids as they were last seen, without what must be kept. */
export function makePlan({ connectionId, assets, action, allMatching }: Asked, context: KeepContext): Plan {
  const unique = new Map(assets.map((asset) => [asset.id, asset]));
  const kept = reasonsToKeep(unique, action, context);
  const items: PlanItem[] = [];
  const leftOut = new Map(
    LEFT_OUT_REASONS.map((reason) => [reason, new Array<{ id: string; name: string }>()]),
  );
  for (const asset of unique.values()) {
    const reason = kept.get(asset.id);
    if (reason === undefined) items.push(toItem(asset, action));
    else leftOut.get(reason)?.push({ id: asset.id, name: asset.name });
  }
  return {
    connectionId,
    action,
    items:
      context.otherCopies === undefined
        ? items
        : withKeptCopies(items, [...unique.values(), ...context.otherCopies]),
    leftOut: [...leftOut].flatMap(([reason, group]) =>
      group.length === 0 ? [] : [{ reason, assets: group }],
    ),
    allMatching,
  };
}

/** Each item with the copy that has to be there when it goes: with its file, and one that nobody can delete, if possible. */
function withKeptCopies(items: readonly PlanItem[], all: readonly SeenAsset[]): PlanItem[] {
  const going = new Set(items.map(({ id }) => id));
  const kept = byCopyKey(all.filter(({ id }) => !going.has(id)));
  const best = new Map(
    [...kept].map(([key, copies]) => [
      key,
      copies.reduce((one, other) => (isSafer(other, one) ? other : one)),
    ]),
  );
  return items.map((item) => {
    const copy = best.get(copyKeyOf(item) ?? '');
    return copy === undefined ? item : { ...item, keptCopyId: copy.id };
  });
}

function isSafer(left: SeenAsset, right: SeenAsset): boolean {
  if (hasFile(left) !== hasFile(right)) return hasFile(left);
  if ((left.protection === null) !== (right.protection === null)) return left.protection !== null;
  return isOlder(left, right);
}

const NONE: readonly string[] = [];

const toItem = (asset: SeenAsset, action: PlanAction): PlanItem => ({
  ...asSeen(asset),
  changeTags:
    action.type === 'remove-tags'
      ? [...new Set(action.tags)].filter((tag) => asset.tags.includes(tag))
      : NONE,
});

/** How many contents that are kept more than once would lose every copy that is known. */
export function lastCopiesIn(items: readonly SeenAsset[], known: Iterable<SeenAsset>): number {
  const going = new Map(items.map((asset) => [asset.id, asset]));
  return copiesWithoutOthers(going, known).length;
}

export interface PlanTotals {
  /**
   * Bytes that could be freed at most, each known content counted once.
   * "Up to": content may be shared with other assets, freed later, or stay on disk.
   */
  readonly upToBytes: number;
  /** Assets whose size nobody knows; they are in no sum. */
  readonly unknownSizes: number;
  readonly oldest: Instant | null;
  readonly newest: Instant | null;
  /** Most frequent first. */
  readonly kinds: readonly { readonly kind: AssetKind; readonly count: number }[];
}

/** @param items any number; none gives zeros and nulls */
export function totalsOf(items: readonly SeenAsset[]): PlanTotals {
  const counted = new Set<string>();
  const kinds = new Map<AssetKind, number>();
  let upToBytes = 0;
  let unknownSizes = 0;
  let oldest: { at: number; instant: Instant } | null = null;
  let newest: { at: number; instant: Instant } | null = null;
  for (const { kind, createdAt: instant, sizeBytes, contentHash } of items) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    // Not as text: instants differ in precision, and `.5Z` sorts before `Z`.
    const at = Date.parse(instant);
    if (oldest === null || at < oldest.at) oldest = { at, instant };
    if (newest === null || at > newest.at) newest = { at, instant };
    if (sizeBytes === null) unknownSizes += 1;
    else if (contentHash === null) upToBytes += sizeBytes;
    else if (!counted.has(contentHash)) {
      counted.add(contentHash);
      upToBytes += sizeBytes;
    }
  }
  return {
    upToBytes,
    unknownSizes,
    oldest: oldest?.instant ?? null,
    newest: newest?.instant ?? null,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
  };
}

/** How much a person has to do to confirm: it grows with the stakes. */
export type Friction = 'simple' | 'summary' | 'typed';

const MANY = 50;
const LARGE_BYTES = 1_000_000_000;

/** @param cascades how many derived items (cuts, subtitles, renders) go along */
export function frictionOf({ items, action, allMatching }: Plan, cascades: number): Friction {
  if (items.length <= 1) return 'simple';
  if (items.length >= MANY || allMatching) return 'typed';
  // Tags can be put back.
  if (action.type !== 'delete') return 'summary';
  return cascades > 0 || totalsOf(items).upToBytes >= LARGE_BYTES ? 'typed' : 'summary';
}
