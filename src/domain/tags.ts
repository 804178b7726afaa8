const ROOT_TAGS: ReadonlySet<string> = new Set(['input', 'output', 'models', 'temp']);

/** Root tags say which folder an asset is in: without one it vanishes from the provider's own views. */
export const isRootTag = (tag: string): boolean => ROOT_TAGS.has(tag);

/** Every tag of these assets with the number of assets that have it, most frequent first. */
export function countTags(assets: readonly { readonly tags: readonly string[] }[]): readonly TagUse[] {
  const counts = new Map<string, number>();
  for (const tag of assets.flatMap((asset) => [...new Set(asset.tags)]))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

export interface TagUse {
  readonly name: string;
  readonly count: number;
}
