import type { Asset, Protection } from './asset';

const REASONS: Readonly<Record<Protection, string>> = {
  immutable: 'Immutable: the provider does not let anyone change or delete it',
  public: 'Public: it belongs to the provider’s shared library',
};

/** Why this asset can be neither deleted nor changed, as a sentence; null when it can. */
export const protectionReason = (asset: Pick<Asset, 'protection'>): string | null =>
  asset.protection === null ? null : REASONS[asset.protection];

/** Why a pinned asset is not deleted: the person's own protection, kept in this browser. */
export const PIN_REASON = 'Pinned by you: unpin it to delete it';
