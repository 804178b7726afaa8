import type { Asset } from '@/domain/asset';
import type { KeeperReason, KeeperRule } from '@/domain/keeper-rules';
import { formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';

export const RULE_LABELS: Readonly<Record<KeeperRule['type'], string>> = {
  pinned: 'Pinned by you',
  tagged: 'Has a tag',
  'most-tags': 'Most tags',
  oldest: 'Oldest',
  newest: 'Newest',
  'shortest-name': 'Shortest name',
};

export const ruleLabel = (rule: KeeperRule): string =>
  rule.type === 'tagged' ? `Has the tag “${shownName(rule.tag)}”` : RULE_LABELS[rule.type];

/** Why a copy is kept: `pinned; oldest of 2`. */
export const reasonWords = (reasons: readonly KeeperReason[]): string => reasons.map(wordsFor).join('; ');

function wordsFor(reason: KeeperReason): string {
  switch (reason.type) {
    case 'by-hand':
      return 'chosen by you';
    case 'has-file':
      return 'has its file';
    case 'protected':
      return 'cannot be deleted';
    case 'smallest-id':
      return `first by id of ${formatNumber(reason.of)} that are alike`;
    case 'rule':
      return ruleWords(reason.rule, reason.of);
  }
}

function ruleWords(rule: KeeperRule, of: number): string {
  if (rule.type === 'tagged') return `has the tag “${shownName(rule.tag)}”`;
  return rule.type === 'pinned' ? 'pinned' : `${RULE_LABELS[rule.type].toLowerCase()} of ${formatNumber(of)}`;
}

/** What is compared, side by side. */
export const FACTS = ['Name', 'Size', 'Created', 'Last used', 'Tags', 'Type', 'Job'] as const;
export type Fact = (typeof FACTS)[number];

const VALUES: Readonly<Record<Fact, (asset: Asset) => string>> = {
  Name: ({ name }) => name,
  Size: ({ sizeBytes }) => String(sizeBytes),
  Created: ({ createdAt }) => createdAt,
  'Last used': ({ lastAccessedAt }) => String(lastAccessedAt),
  Tags: ({ tags }) => JSON.stringify([...tags].sort()),
  Type: ({ mimeType }) => String(mimeType),
  Job: ({ jobId }) => String(jobId),
};

/** In what these copies differ. */
export const differencesOf = (copies: readonly Asset[]): readonly Fact[] =>
  FACTS.filter((fact) => new Set(copies.map(VALUES[fact])).size > 1);

/** The differences as a sentence. */
export function differenceWords(facts: readonly Fact[]): string {
  if (facts.length === 0) return 'They differ in nothing that is known.';
  return `They differ in: ${facts.map((fact) => fact.toLowerCase()).join(', ')}.`;
}
