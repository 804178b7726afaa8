import { freeName, MOST_KEPT, type KeepRule, type Policy, type SavedView } from '@/domain/saved-view';

import type { KeepDraft } from './keep-choice';
import { nameProblem } from './name-form';

/** A policy while it is entered. */
export interface PolicyDraft {
  readonly name: string;
  readonly viewId: string;
  readonly keep: KeepDraft;
  /** Joined by commas, as typed. */
  readonly keepTags: string;
  readonly action: 'delete' | 'remove-tags';
  readonly tags: string;
}

/** What is wrong with each field, as a sentence; null when nothing is. */
export interface DraftProblems {
  readonly name: string | null;
  readonly count: string | null;
  readonly tags: string | null;
}

const EMPTY_KEEP: KeepDraft = { type: 'none', rank: 'newest', count: '3' };

/** @param policy null for a new one */
export function draftOf(policy: Policy | null, view: SavedView, taken: readonly string[]): PolicyDraft {
  if (policy === null) {
    const name = freeName(view.name, taken);
    return { name, viewId: view.id, keep: EMPTY_KEEP, keepTags: '', action: 'delete', tags: '' };
  }
  return {
    name: policy.name,
    viewId: policy.viewId,
    keep: keepDraftOf(policy.keep),
    keepTags: policy.keepTags.join(', '),
    action: policy.action.type,
    tags: policy.action.type === 'remove-tags' ? policy.action.tags.join(', ') : '',
  };
}

function keepDraftOf(keep: KeepRule): KeepDraft {
  if (keep.type === 'none') return EMPTY_KEEP;
  if (keep.type === 'copy') return { ...EMPTY_KEEP, type: 'copy', rank: keep.rank };
  const type = keep.of === 'job' ? 'first-of-job' : 'first-of-view';
  return { type, rank: keep.rank, count: String(keep.count) };
}

export function problemsOf(draft: PolicyDraft, taken: readonly string[]): DraftProblems {
  const counts = draft.keep.type === 'first-of-view' || draft.keep.type === 'first-of-job';
  return {
    name: nameProblem(draft.name, taken, 'policy'),
    count: counts && countOf(draft.keep) === null ? `Enter a whole number from 1 to ${MOST_KEPT}.` : null,
    tags:
      draft.action === 'remove-tags' && tagsOf(draft.tags).length === 0
        ? 'Name at least one tag to remove.'
        : null,
  };
}

export const toPolicy = (draft: PolicyDraft, about: Pick<Policy, 'id' | 'kind'>): Policy => ({
  ...about,
  name: draft.name.trim(),
  viewId: draft.viewId,
  keep: toKeepRule(draft.keep),
  keepTags: tagsOf(draft.keepTags),
  action: draft.action === 'delete' ? { type: 'delete' } : { type: 'remove-tags', tags: tagsOf(draft.tags) },
});

function toKeepRule(keep: KeepDraft): KeepRule {
  if (keep.type === 'none') return { type: 'none' };
  if (keep.type === 'copy') return { type: 'copy', rank: keep.rank === 'newest' ? 'newest' : 'oldest' };
  // A count that cannot be read was refused before: one is the least that a rule keeps.
  const count = countOf(keep) ?? 1;
  return { type: 'first', rank: keep.rank, count, of: keep.type === 'first-of-job' ? 'job' : 'view' };
}

/** Null when it is no count. */
function countOf({ count }: KeepDraft): number | null {
  const value = /^\s*\d{1,7}\s*$/.test(count) ? Number(count) : 0;
  return value >= 1 && value <= MOST_KEPT ? value : null;
}

/** No provider takes a comma inside a tag. */
const tagsOf = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
];
