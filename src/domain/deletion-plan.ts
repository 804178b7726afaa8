import type { Asset, AssetKind, Instant } from './asset';

/** A frozen list of assets to delete, and what was left out of it. */
export interface DeletionPlan {
  readonly assets: readonly Asset[];
  readonly leftOut: readonly Asset[];
  readonly totals: PlanTotals;
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
  readonly kinds: readonly { readonly kind: AssetKind; readonly count: number }[];
}

/** Freezes the plan: protected assets are left out, ids are unique. */
export function planDeletion(asked: readonly Asset[]): DeletionPlan {
  const unique = [...new Map(asked.map((asset) => [asset.id, asset])).values()];
  const assets = unique.filter((asset) => asset.protection === null);
  return { assets, leftOut: unique.filter((asset) => asset.protection !== null), totals: totalsOf(assets) };
}

/** @param assets any number; none gives zeros and nulls */
export function totalsOf(assets: readonly Asset[]): PlanTotals {
  const counted = new Set<string>();
  const kinds = new Map<AssetKind, number>();
  let upToBytes = 0;
  let unknownSizes = 0;
  let oldest: Instant | null = null;
  let newest: Instant | null = null;
  for (const asset of assets) {
    kinds.set(asset.kind, (kinds.get(asset.kind) ?? 0) + 1);
    // Not as text: instants differ in precision, and `.5Z` sorts before `Z`.
    const created = Date.parse(asset.createdAt);
    if (oldest === null || created < Date.parse(oldest)) oldest = asset.createdAt;
    if (newest === null || created > Date.parse(newest)) newest = asset.createdAt;
    if (asset.sizeBytes === null) unknownSizes += 1;
    else if (asset.contentHash === null) upToBytes += asset.sizeBytes;
    else if (!counted.has(asset.contentHash)) {
      counted.add(asset.contentHash);
      upToBytes += asset.sizeBytes;
    }
  }
  return {
    upToBytes,
    unknownSizes,
    oldest,
    newest,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
  };
}

/** How much a person has to do to confirm: it grows with the stakes. */
export type Friction = 'simple' | 'summary' | 'typed';

const MANY = 50;
const LARGE_BYTES = 1_000_000_000;

/** @param cascades how many derived items (cuts, subtitles, renders) go along */
export function frictionOf(plan: DeletionPlan, cascades: number): Friction {
  const count = plan.assets.length;
  if (count <= 1) return 'simple';
  return count >= MANY || plan.totals.upToBytes >= LARGE_BYTES || cascades > 0 ? 'typed' : 'summary';
}
