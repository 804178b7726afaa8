import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { deleteAssets, type DeletionResult, type StopReason } from '@/cleanup/delete-assets';
import type { AssetProvider } from '@/providers/provider';
import { dropAssets } from '@/queries/asset-cache';
import { assetKeys } from '@/queries/asset-queries';
import { tagQueries } from '@/queries/tag-queries';

export interface RunState {
  readonly phase: 'idle' | 'running' | 'done';
  readonly asked: number;
  readonly results: ReadonlyMap<string, DeletionResult>;
  /** Why the whole connection waits at the moment, and until when (ms since 1970). */
  readonly wait: { readonly until: number; readonly error: unknown } | null;
  readonly stop: StopReason | null;
}

const IDLE: RunState = { phase: 'idle', asked: 0, results: new Map(), wait: null, stop: null };

export const isGone = (result: DeletionResult | undefined): boolean =>
  result?.status === 'deleted' || result?.status === 'already-gone';

/** Runs a confirmed list and tells the caches what the provider confirmed. */
export function useDeletionRun(provider: AssetProvider, onGone: (ids: ReadonlySet<string>) => void) {
  const client = useQueryClient();
  const [state, setState] = useState<RunState>(IDLE);
  const abort = useRef<AbortController>(null);
  const running = state.phase === 'running';

  // Without its dialog nobody could stop it or see how it ends.
  useEffect(() => () => abort.current?.abort(), []);

  useEffect(() => {
    if (!running) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [running]);

  async function start(ids: readonly string[]) {
    const connectionId = provider.connection.id;
    const results = new Map(state.results);
    abort.current = new AbortController();
    setState({ phase: 'running', asked: ids.length, results: new Map(), wait: null, stop: null });
    const stop = await deleteAssets({
      provider,
      ids,
      signal: abort.current.signal,
      onResult: (id, result) => {
        // What an earlier run found out is not forgotten because this one was stopped.
        const before = results.get(id);
        if (result.status === 'not-sent' && before !== undefined) result = before;
        results.set(id, result);
        setState((now) => ({ ...now, results: new Map(now.results).set(id, result) }));
      },
      onWait: (wait) => setState((now) => ({ ...now, wait })),
    });
    const gone = new Set(ids.filter((id) => isGone(results.get(id))));
    dropAssets(client, connectionId, gone);
    onGone(gone);
    setState({ phase: 'done', asked: ids.length, results, wait: null, stop });
    void client.invalidateQueries({ queryKey: assetKeys.lists(connectionId) });
    void client.invalidateQueries({ queryKey: tagQueries.all(connectionId) });
    return results;
  }

  return { state, start, cancel: () => abort.current?.abort() };
}
