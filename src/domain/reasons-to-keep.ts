import { byCopyKey, copyKeyOf, hasFile, isOlder } from './copies';
import type { LeftOutReason, PlanAction, SeenAsset } from './plan';

/** What decides about an asset besides itself. */
export interface KeepContext {
  /** Ids that the person protected. */
  readonly pinned: ReadonlySet<string>;
  /** Every asset of the connection that is known, asked for or not. */
  readonly known: Iterable<SeenAsset>;
  readonly keepLastCopies: boolean;
  /** Copies of these that nobody asked for, where an index knows of them: enough of each content to say that one stays. */
  readonly otherCopies?: readonly SeenAsset[] | undefined;
  /** A clean-up of duplicates: whatever has no copy that stays, among those or among what is left out, is kept. */
  readonly onlyDuplicates?: boolean | undefined;
}

/** By id. */
type Assets = ReadonlyMap<string, SeenAsset>;
type Reasons = Map<string, LeftOutReason>;

/** By id, why an asset that was asked for must stay as it is. What is kept counts as kept for every later rule. */
export function reasonsToKeep(
  asked: Assets,
  action: PlanAction,
  context: KeepContext,
): ReadonlyMap<string, LeftOutReason> {
  return action.type === 'delete' ? keptFromDeletion(asked, context) : keptFromTagging(asked, action);
}

function keptFromTagging(asked: Assets, action: Exclude<PlanAction, { type: 'delete' }>): Reasons {
  const reasons: Reasons = new Map();
  for (const { id, protection, tags } of asked.values()) {
    if (protection !== null) reasons.set(id, protection);
    else if (action.type === 'remove-tags' && !action.tags.some((tag) => tags.includes(tag))) {
      reasons.set(id, 'no-such-tag');
    }
  }
  return reasons;
}

function keptFromDeletion(asked: Assets, context: KeepContext): Reasons {
  const { pinned, known, keepLastCopies, otherCopies = [], onlyDuplicates = false } = context;
  const reasons: Reasons = new Map();
  const owners: SeenAsset[] = [];
  const keep = (asset: SeenAsset, reason: LeftOutReason): void => {
    reasons.set(asset.id, reason);
    owners.push(asset);
  };
  /** A preview stays with its owner, and may itself own one. */
  const keepPreviews = (): void => {
    for (let owner = owners.pop(); owner !== undefined; owner = owners.pop()) {
      const preview = asked.get(owner.previewAssetId ?? '');
      if (preview !== undefined && !reasons.has(preview.id)) keep(preview, 'preview-in-use');
    }
  };

  // Read twice, and an iterator could be read only once.
  const others = [...known].filter(({ id }) => !asked.has(id));
  for (const asset of asked.values()) {
    if (asset.protection !== null) keep(asset, asset.protection);
    else if (pinned.has(asset.id)) keep(asset, 'pinned');
  }
  for (const other of others) if (other.previewAssetId !== null) owners.push(other);
  keepPreviews();

  if (!onlyDuplicates && !keepLastCopies) return reasons;
  const endangered = onlyDuplicates
    ? withoutCopies(asked, otherCopies)
    : copiesWithoutOthers(asked, [...others, ...otherCopies.filter(hasFile)]);
  for (const copies of endangered) {
    const suffices = (copy: SeenAsset) => !onlyDuplicates || hasFile(copy);
    // Looked at now, because keeping one content may have kept a preview that is a copy of this one.
    if (copies.some((copy) => reasons.has(copy.id) && suffices(copy))) continue;
    const free = copies.filter(({ id }) => !reasons.has(id));
    const [first, ...rest] = free.some(suffices) ? free.filter(suffices) : free;
    if (first === undefined) continue;
    keep(
      rest.reduce((best, copy) => (isOlder(copy, best) ? copy : best), first),
      'last-copy',
    );
    keepPreviews();
  }
  return reasons;
}

/** The assets of each content of which there are several among these and no other is known. */
export function copiesWithoutOthers(
  assets: Assets,
  known: Iterable<SeenAsset>,
): readonly (readonly SeenAsset[])[] {
  const contents = new Map<string, SeenAsset[]>();
  for (const asset of assets.values()) {
    if (asset.contentHash === null) continue;
    const copies = contents.get(asset.contentHash);
    if (copies === undefined) contents.set(asset.contentHash, [asset]);
    else copies.push(asset);
  }
  for (const { id, contentHash } of known) {
    if (contentHash !== null && !assets.has(id)) contents.delete(contentHash);
  }
  return [...contents.values()].filter((copies) => copies.length > 1);
}

/** The asked assets of each content of which no other copy is there; what cannot have copies is alone. */
function withoutCopies(asked: Assets, others: readonly SeenAsset[]): readonly (readonly SeenAsset[])[] {
  const there = new Set(others.filter((other) => !asked.has(other.id) && hasFile(other)).map(copyKeyOf));
  const alone = [...asked.values()].filter((asset) => copyKeyOf(asset) === null).map((asset) => [asset]);
  const groups = [...byCopyKey(asked.values())].flatMap(([key, copies]) => (there.has(key) ? [] : [copies]));
  return [...groups, ...alone];
}
