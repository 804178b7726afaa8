import type { Asset } from '@/domain/asset';

import { micros, naiveSums } from './naive-library';

/** Every tag with what has it; in no order of meaning. */
export function naiveTags(assets: readonly Asset[]) {
  const names = new Set(assets.flatMap(({ tags }) => tags));
  return [...names].map((name) => {
    const having = assets.filter(({ tags }) => tags.includes(name));
    const { total, ...sizes } = naiveSums(having);
    const uses = having.map(({ lastAccessedAt, createdAt }) => micros(lastAccessedAt ?? createdAt));
    return { name, count: total, ...sizes, lastUse: Math.max(...uses) };
  });
}
