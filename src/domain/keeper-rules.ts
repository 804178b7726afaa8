import { hasFile } from './copies';
import type { SeenAsset } from './plan';

export const KEEPER_RULES = ['pinned', 'tagged', 'most-tags', 'oldest', 'newest', 'shortest-name'] as const;

/** What makes one copy worth keeping more than another. */
export type KeeperRule =
  | { readonly type: Exclude<(typeof KEEPER_RULES)[number], 'tagged'> }
  | { readonly type: 'tagged'; readonly tag: string };

/** What decided, in the order in which it did; `of` is among how many copies. */
export type KeeperReason =
  | { readonly type: 'by-hand' }
  /** The others are listed without their file. */
  | { readonly type: 'has-file'; readonly of: number }
  /** It cannot be deleted, so the others need not stay for it. */
  | { readonly type: 'protected'; readonly of: number }
  | { readonly type: 'rule'; readonly rule: KeeperRule; readonly of: number }
  /** They are alike in all that was asked. */
  | { readonly type: 'smallest-id'; readonly of: number };

/** What the rules look at. */
export type Copy = Pick<SeenAsset, 'id' | 'name' | 'tags' | 'createdAt' | 'protection'>;

export interface KeeperWish {
  /** Each decides among those that all before it leave. */
  readonly rules: readonly KeeperRule[];
  readonly pinned: { has(id: string): boolean };
  /** The one that the person chose; null when nobody did. */
  readonly chosen: string | null;
}

export interface KeeperChoice<T> {
  readonly keeper: T;
  readonly reasons: readonly KeeperReason[];
}

/** The one copy to keep, and why. Null when there is none at all. */
export function chooseKeeper<T extends Copy>(copies: readonly T[], wish: KeeperWish): KeeperChoice<T> | null {
  const byHand = copies.find(({ id }) => id === wish.chosen);
  if (byHand !== undefined) return { keeper: byHand, reasons: [{ type: 'by-hand' }] };

  const reasons: KeeperReason[] = [];
  let left = copies;
  const narrow = (to: readonly T[], reason: KeeperReason) => {
    if (to.length === 0 || to.length === left.length) return;
    left = to;
    reasons.push(reason);
  };

  narrow(left.filter(hasFile), { type: 'has-file', of: left.length });
  narrow(
    left.filter(({ protection }) => protection !== null),
    { type: 'protected', of: left.length },
  );
  for (const rule of wish.rules) {
    narrow(bestBy(left, rankOf(rule, wish.pinned)), { type: 'rule', rule, of: left.length });
  }
  const [first, ...others] = left;
  if (first === undefined) return null;
  if (others.length > 0) reasons.push({ type: 'smallest-id', of: left.length });
  return { keeper: others.reduce((best, copy) => (copy.id < best.id ? copy : best), first), reasons };
}

/** All but the keeper that may go: what is protected or pinned stays, whatever the rules say. */
export function extraCopies<T extends Copy>(
  copies: readonly T[],
  keeper: Pick<T, 'id'>,
  pinned: KeeperWish['pinned'],
): readonly T[] {
  return copies.filter(({ id, protection }) => id !== keeper.id && protection === null && !pinned.has(id));
}

/** Higher is better. */
type Rank = (copy: Copy) => number;

function rankOf(rule: KeeperRule, pinned: KeeperWish['pinned']): Rank {
  switch (rule.type) {
    case 'pinned':
      return ({ id }) => (pinned.has(id) ? 1 : 0);
    case 'tagged':
      return ({ tags }) => (tags.includes(rule.tag) ? 1 : 0);
    case 'most-tags':
      return ({ tags }) => new Set(tags).size;
    case 'oldest':
      return ({ createdAt }) => -Date.parse(createdAt);
    case 'newest':
      return ({ createdAt }) => Date.parse(createdAt);
    case 'shortest-name':
      return ({ name }) => -Array.from(name).length;
  }
}

function bestBy<T extends Copy>(copies: readonly T[], rank: Rank): readonly T[] {
  const ranks = copies.map(rank);
  const best = ranks.reduce((most, each) => Math.max(most, each), -Infinity);
  return copies.filter((_, at) => ranks[at] === best);
}
