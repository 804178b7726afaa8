import type { JobRule, KeptBecause } from '@/domain/job-rules';
import { formatNumber } from '@/lib/format';

const WHY: Readonly<Record<KeptBecause, string>> = {
  immutable: 'Stays: immutable',
  public: 'Stays: public',
  pinned: 'Stays: pinned by you',
  'preview-in-use': 'Stays: preview of another asset',
  newest: 'Stays: newest',
  oldest: 'Stays: oldest',
  largest: 'Stays: largest',
  tagged: 'Stays: has the tag',
};

export const verdict = (kept: KeptBecause | null): string => (kept === null ? 'May go' : WHY[kept]);

/** The rule as a sentence, without a full stop. */
export function ruleWords(rule: JobRule): string {
  if (rule.keep === 'tagged') {
    return `Of each job stays what is tagged “${rule.tag}”, or the newest where nothing is`;
  }
  return rule.count === 1
    ? `The ${rule.keep} asset of each job stays`
    : `The ${formatNumber(rule.count)} ${rule.keep} assets of each job stay`;
}
