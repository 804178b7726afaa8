import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { SeenAsset } from '@/domain/plan';
import { asSeen } from '@/domain/seen-asset';
import type { Policy, SavedView } from '@/domain/saved-view';
import type { LibraryIndex } from '@/library/library-index';
import type { PolicyRun } from '@/library/store/policy-run';
import { libraryKeys } from '@/queries/library-queries';

/** As many as the database reads in a moment. */
const CHUNK = 1_000;

/** What a plan, and the ledger of its job, can hold. */
const LONGEST_LIST = 100_000;

export interface RunAsked {
  readonly index: LibraryIndex;
  readonly policy: Policy;
  readonly view: SavedView;
  readonly pinned: readonly string[];
  readonly policyIds: readonly string[];
}

/** The dry run of one policy, and the list of it once that is wanted. */
export function usePolicyRun({ index, policy, view, pinned, policyIds }: RunAsked, startedAt: number | null) {
  const client = useQueryClient();
  const [at, setAt] = useState(startedAt);
  const [changed, setChanged] = useState(false);
  const ask = (now: number, record: boolean, signal?: AbortSignal) =>
    index.store.call(
      'policyRun',
      { policy, filters: view.query, pinned, policyIds, now, record, longest: LONGEST_LIST },
      signal && { signal },
    );

  const run = useQuery({
    // Not below the key of the library: a list that somebody looks at must not change by itself.
    queryKey: ['policy-run', index.connectionId, policy.id, at],
    queryFn: async ({ signal }) => {
      const answer = await ask(at ?? 0, true, signal);
      void client.invalidateQueries({ queryKey: [...libraryKeys.all(index.connectionId), 'policyRuns'] });
      return answer;
    },
    enabled: at !== null,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    structuralSharing: false,
  });

  /** The assets of the list; null when the list is another one by now. */
  const list = useMutation({
    mutationFn: async (seen: PolicyRun): Promise<readonly SeenAsset[] | null> => {
      const now = await ask(seen.at, false);
      if (!isSameList(seen.ids, now.ids)) return null;
      const assets: SeenAsset[] = [];
      for (let from = 0; from < seen.ids.length; from += CHUNK) {
        const ids = seen.ids.slice(from, from + CHUNK);
        assets.push(...(await index.store.call('assets', { ids })).map(asSeen));
      }
      return assets;
    },
    networkMode: 'always',
  });

  return {
    run,
    /** The index changed between the dry run and its being carried out: this is the list as it is now. */
    changed,
    start: () => {
      setChanged(false);
      setAt(Date.now());
    },
    list,
    /** @param take is given the list, once it is sure to be the one that was seen */
    handOver: (seen: PolicyRun, take: (assets: readonly SeenAsset[]) => void) =>
      list.mutate(seen, {
        onSuccess: (assets) => {
          if (assets !== null) take(assets);
          else {
            setChanged(true);
            setAt(Date.now());
          }
        },
      }),
  };
}

const isSameList = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((id, place) => id === right[place]);
