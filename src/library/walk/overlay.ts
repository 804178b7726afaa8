import type { Asset } from '@/domain/asset';

/** What Winnow itself did while a walk was under way. */
export interface Overlay {
  readonly gone: (ids: readonly string[]) => void;
  readonly retagged: (tags: ReadonlyMap<string, readonly string[]>) => void;
  /** Rows of an answer to what was asked at that time, as they are now. */
  readonly apply: (assets: readonly Asset[], askedAt: number) => readonly Asset[];
}

/** A page that was asked for before an asset went would bring it back, and one from before a change of tags would undo it. */
export function createOverlay(): Overlay {
  const gone = new Set<string>();
  const retagged = new Map<string, { readonly tags: readonly string[]; readonly at: number }>();
  return {
    gone: (ids) => {
      for (const id of ids) gone.add(id);
    },
    retagged: (changes) => {
      for (const [id, tags] of changes) retagged.set(id, { tags, at: Date.now() });
    },
    apply: (assets, askedAt) =>
      assets
        .filter(({ id }) => !gone.has(id))
        .map((asset) => {
          const change = retagged.get(asset.id);
          return change === undefined || change.at < askedAt ? asset : { ...asset, tags: change.tags };
        }),
  };
}
