import type { ProviderKind } from './connection';
import type { LibraryQuery } from './library-query';
import type { PlanAction } from './plan';

/** What the table is asked, whichever page of it is shown. */
export type ViewQuery = Omit<LibraryQuery, 'page' | 'pageSize'>;

/** A filter with a name. It is for every connection to the same provider. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly kind: ProviderKind;
  readonly query: ViewQuery;
}

export const RANKS = ['newest', 'oldest', 'largest'] as const;
/** What comes first and is kept. */
export type Rank = (typeof RANKS)[number];

/** What of a view stays, whatever else is done to the rest. */
export type KeepRule =
  | { readonly type: 'none' }
  /** The first `count`, of the whole view or of each job. */
  | {
      readonly type: 'first';
      readonly rank: Rank;
      readonly count: number;
      readonly of: 'view' | 'job';
    }
  /** One copy of each content, and everything whose content is not known. */
  | { readonly type: 'copy'; readonly rank: 'newest' | 'oldest' };

export const MOST_KEPT = 1_000_000;

export type PolicyAction = Exclude<PlanAction, { readonly type: 'restore-tags' }>;

/** What is to be done, again and again, to what a saved view shows: by a person, after a dry run. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  /** As its view's. */
  readonly kind: ProviderKind;
  readonly viewId: string;
  readonly keep: KeepRule;
  /** Assets with any of these are kept, too. */
  readonly keepTags: readonly string[];
  readonly action: PolicyAction;
}

/** Why an asset that a policy's view shows is left alone, in the order in which they are looked at. */
export const KEPT_REASONS = [
  'immutable',
  'public',
  'pinned',
  'tagged',
  /** The keep rule needs what nobody knows of it: its job, its size, its content. */
  'unknown',
  /** By the keep rule. */
  'rule',
  'no-such-tag',
  'preview-in-use',
] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** Names that people could not tell apart. */
export const isSameName = (left: string, right: string): boolean => plain(left) === plain(right);

const plain = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase('en');

/** The name itself, or with the first number that makes it free: `Old drafts 2`. */
export function freeName(name: string, taken: readonly string[]): string {
  const isFree = (wanted: string) => !taken.some((other) => isSameName(other, wanted));
  if (isFree(name)) return name;
  for (let number = 2; ; number += 1) {
    const numbered = withNumber(name, number);
    if (isFree(numbered)) return numbered;
  }
}

/** In units of UTF-16, as text fields and schemas count. */
export const LONGEST_NAME = 80;

function withNumber(name: string, number: number): string {
  const end = ` ${number}`;
  // Half a character is none.
  const cut = name.slice(0, LONGEST_NAME - end.length).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}${end}`;
}
