import type { KeepRule, KeptReason, Policy, PolicyAction, Rank } from '@/domain/saved-view';
import { PIN_REASON, protectionReason } from '@/domain/protection';
import { formatNumber } from '@/lib/format';

export const RANK_WORDS: Readonly<Record<Rank, string>> = {
  newest: 'newest',
  oldest: 'oldest',
  largest: 'largest',
};

/** What a policy keeps, as a sentence. */
export function keepWords(keep: KeepRule): string {
  switch (keep.type) {
    case 'none':
      return 'Nothing of it is kept by a rule.';
    case 'first':
      return `The ${RANK_WORDS[keep.rank]} ${formatNumber(keep.count)} of ${keep.of === 'job' ? 'each job' : 'them all'} ${keep.count === 1 ? 'is' : 'are'} kept.`;
    case 'copy':
      return `The ${RANK_WORDS[keep.rank]} copy of each content is kept.`;
  }
}

/** What a policy does, as the rest of a sentence. */
export const actionWords = (action: PolicyAction): string =>
  action.type === 'delete'
    ? 'deletes'
    : `removes the ${action.tags.length === 1 ? 'tag' : 'tags'} ${action.tags.join(', ')} from`;

/** What would be done, after a count: `12 assets would be deleted`. */
export const wouldWords = (action: PolicyAction): string =>
  action.type === 'delete' ? 'would be deleted' : 'would lose tags';

/** Why an asset is left alone. */
export function reasonWords(reason: KeptReason, { keep, keepTags, action }: Policy): string {
  switch (reason) {
    case 'immutable':
    case 'public':
      return protectionReason({ protection: reason }) ?? '';
    case 'pinned':
      return action.type === 'delete' ? PIN_REASON : 'Pinned by you';
    case 'tagged':
      return `Tagged ${keepTags.join(' or ')}`;
    case 'rule':
      return keepWords(keep).slice(0, -1);
    case 'unknown':
      return UNKNOWN[unknownOf(keep)];
    case 'no-such-tag':
      return 'Without these tags';
    case 'preview-in-use':
      return 'Preview of an asset that is kept';
  }
}

const UNKNOWN = {
  job: 'The rule cannot judge it: its job, or its size, is not known',
  size: 'The rule cannot judge it: its size is not known',
  content: 'The rule cannot judge it: its content hash is not known',
} as const;

function unknownOf(keep: KeepRule): keyof typeof UNKNOWN {
  if (keep.type === 'copy') return 'content';
  return keep.type === 'first' && keep.of === 'job' ? 'job' : 'size';
}
