import { useEffect, useRef, useState } from 'react';

import type { Collected, CollectProgress } from '@/cleanup/collect';
import type { SeenAsset } from '@/domain/plan';

export type CollectInfo = Omit<Collected, 'assets'>;

export type CollectState =
  | { readonly step: 'idle' }
  | { readonly step: 'reading'; readonly progress: CollectProgress | null }
  | { readonly step: 'failed'; readonly error: unknown }
  /** Everything was read, but not everything is as it seemed: the person hears of it first. */
  | { readonly step: 'asking'; readonly collected: Collected };

/** Reads everything that matches some question, of whoever answers it. */
export type Collect = (options: {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CollectProgress) => void;
}) => Promise<Collected>;

/** Reads everything that matches, when asked to. `onDone` gets what was found. */
export function useCollect(onDone: (assets: readonly SeenAsset[], info: CollectInfo) => void) {
  const [state, setState] = useState<CollectState>({ step: 'idle' });
  const reading = useRef<AbortController>(null);
  const asked = useRef<Collect>(null);

  // Nobody would get to see what is found.
  useEffect(() => () => reading.current?.abort(), []);

  function finish({ assets, ...info }: Collected) {
    setState({ step: 'idle' });
    onDone(assets, info);
  }

  async function start(collect: Collect) {
    reading.current?.abort();
    const { signal } = (reading.current = new AbortController());
    asked.current = collect;
    setState({ step: 'reading', progress: null });
    try {
      const collected = await collect({
        signal,
        onProgress: (progress) => setState({ step: 'reading', progress }),
      });
      if (isSurprising(collected)) setState({ step: 'asking', collected });
      else finish(collected);
    } catch (error) {
      if (!signal.aborted) setState({ step: 'failed', error });
    }
  }

  return {
    state,
    start,
    retry: () => {
      if (asked.current !== null) void start(asked.current);
    },
    /** Takes what was found, as it is. */
    accept: () => {
      if (state.step === 'asking') finish(state.collected);
    },
    cancel: () => {
      reading.current?.abort();
      setState({ step: 'idle' });
    },
  };
}

/** The library moved meanwhile, or holds rows that nobody can read. */
const isSurprising = ({ assets, totalBefore, totalAfter }: Collected): boolean =>
  totalBefore !== totalAfter || assets.length !== totalAfter;
