import type { Asset } from './asset';

/** What a selection, a mark, a plan and a report keep of an asset: as it was seen. Any `Asset` is one. */
export type SeenAsset = Pick<
  Asset,
  | 'id'
  | 'name'
  | 'kind'
  | 'sizeBytes'
  | 'mimeType'
  | 'tags'
  | 'contentHash'
  | 'createdAt'
  | 'updatedAt'
  | 'lastAccessedAt'
  | 'preview'
  | 'previewAssetId'
  | 'protection'
>;

/** The one thing that a plan does to every asset on its list. */
export type PlanAction =
  | { readonly type: 'delete' }
  | { readonly type: 'remove-tags'; readonly tags: readonly string[] }
  /** Puts back exactly what a job took off. */
  | { readonly type: 'restore-tags'; readonly undoes: string };

export interface PlanItem extends SeenAsset {
  /** Tags to take off or to put back on this asset; none for a deletion. */
  readonly changeTags: readonly string[];
  /** A copy of it that stays: looked for right before this one goes, which otherwise stays as well. */
  readonly keptCopyId?: string;
}

/** Why something that was asked for is not on the list. In the order in which they are looked at. */
export const LEFT_OUT_REASONS = [
  'immutable',
  'public',
  'pinned',
  'preview-in-use',
  'last-copy',
  'no-such-tag',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly assets: readonly Pick<SeenAsset, 'id' | 'name'>[];
}

/** A frozen list of assets and one action, and what was left out of it and why. */
export interface Plan {
  readonly connectionId: string;
  readonly action: PlanAction;
  /** Unique ids. */
  readonly items: readonly PlanItem[];
  /** One group per reason that applied, in the order of LEFT_OUT_REASONS. */
  readonly leftOut: readonly LeftOut[];
  /** "All matching": nobody has seen each of them. */
  readonly allMatching: boolean;
}
