import type { Copy, KeeperRule, KeeperWish } from '@/domain/keeper-rules';

/** Sorts all copies by everything that counts, and takes the first: a twin of `chooseKeeper` that shares no code with it. */
export function naiveKeeper<T extends Copy>(
  copies: readonly T[],
  { rules, pinned, chosen }: KeeperWish,
): T | undefined {
  const columns: ((copy: T) => number)[] = [
    (copy) => (copy.id === chosen ? 0 : 1),
    (copy) => (copy.tags.includes('missing') ? 1 : 0),
    (copy) => (copy.protection === null ? 1 : 0),
    ...rules.map((rule) => (copy: T) => column(rule, copy, pinned)),
  ];
  return [...copies].sort((left, right) => {
    for (const each of columns) if (each(left) !== each(right)) return each(left) - each(right);
    return left.id < right.id ? -1 : 1;
  })[0];
}

/** Lower is better. */
function column(rule: KeeperRule, copy: Copy, pinned: KeeperWish['pinned']): number {
  const time = new Date(copy.createdAt).getTime();
  if (rule.type === 'pinned') return pinned.has(copy.id) ? 0 : 1;
  if (rule.type === 'tagged') return copy.tags.some((tag) => tag === rule.tag) ? 0 : 1;
  if (rule.type === 'most-tags')
    return 1000 - copy.tags.filter((tag, at) => copy.tags.indexOf(tag) === at).length;
  if (rule.type === 'shortest-name') return Array.from(copy.name).length;
  return rule.type === 'oldest' ? time : -time;
}
