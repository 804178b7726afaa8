import type { Asset } from '@/domain/asset';
import type { KeptReason } from '@/domain/saved-view';
import type { PolicyRunParams } from '@/library/store/policy-run';

import { naiveMatching, naiveSorted } from './naive-library';

/** What a policy would do, in plain array code: the list, oldest first, and by id why the others stay. */
export function naivePolicy(library: readonly Asset[], params: PolicyRunParams) {
  const { keep, action } = params.policy;
  const shown = naiveMatching(library, params.filters, params.now);
  const reasons = new Map<string, KeptReason>();
  for (const asset of shown) {
    const reason = ownReason(asset, params) ?? ruleReason(asset, shown, keep) ?? tagReason(asset, action);
    if (reason !== null) reasons.set(asset.id, reason);
  }
  const goes = (asset: Asset) => shown.includes(asset) && !reasons.has(asset.id);
  // Until none is found: what stays may itself have a preview.
  for (let found = true; found && action.type === 'delete';) {
    const owners = library.filter((asset) => !goes(asset));
    const inUse = shown.filter(
      (asset) => goes(asset) && owners.some(({ previewAssetId }) => previewAssetId === asset.id),
    );
    for (const { id } of inUse) reasons.set(id, 'preview-in-use');
    found = inUse.length > 0;
  }
  return { shown, going: naiveSorted(shown.filter(goes), 'created_at', 'asc'), reasons };
}

function ownReason(asset: Asset, { policy, pinned }: PolicyRunParams): KeptReason | null {
  if (asset.protection !== null) return asset.protection;
  if (pinned.includes(asset.id)) return 'pinned';
  return policy.keepTags.some((tag) => asset.tags.includes(tag)) ? 'tagged' : null;
}

function ruleReason(
  asset: Asset,
  shown: readonly Asset[],
  keep: PolicyRunParams['policy']['keep'],
): KeptReason | null {
  switch (keep.type) {
    case 'none':
      return null;
    case 'copy': {
      if (asset.contentHash === null) return 'unknown';
      const copies = shown.filter(({ contentHash }) => contentHash === asset.contentHash);
      const [first] = naiveSorted(copies, 'created_at', keep.rank === 'newest' ? 'desc' : 'asc');
      return first === asset ? 'rule' : null;
    }
    case 'first': {
      if (keep.of === 'job' && asset.jobId === null) return 'unknown';
      if (keep.rank === 'largest' && asset.sizeBytes === null) return 'unknown';
      const rivals = keep.of === 'job' ? shown.filter(({ jobId }) => jobId === asset.jobId) : shown;
      const sorted =
        keep.rank === 'largest'
          ? naiveSorted(rivals, 'size', 'desc')
          : naiveSorted(rivals, 'created_at', keep.rank === 'newest' ? 'desc' : 'asc');
      return sorted.indexOf(asset) < keep.count ? 'rule' : null;
    }
  }
}

const tagReason = ({ tags }: Asset, action: PolicyRunParams['policy']['action']): KeptReason | null =>
  action.type === 'remove-tags' && !action.tags.some((tag) => tags.includes(tag)) ? 'no-such-tag' : null;
