import { useEffect, useRef, useState } from 'react';

import type { SeenAsset } from '@/domain/plan';
import { announceProblem } from '@/ui/toaster';

/** One part of a list, and where the next one begins; null when it was the last. */
interface Part<Cursor> {
  readonly assets: readonly SeenAsset[];
  readonly next: Cursor | null;
}

/** Collects a list that is too long for one answer of the index. One at a time; leaving the view ends it. */
export function useGather() {
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function gather<Cursor>(
    read: (after: Cursor | null, options: { readonly signal: AbortSignal }) => Promise<Part<Cursor>>,
    take: (assets: readonly SeenAsset[]) => void,
  ): Promise<void> {
    if (running.current !== null) return;
    const control = new AbortController();
    running.current = control;
    setBusy(true);
    try {
      const all: SeenAsset[] = [];
      let after: Cursor | null = null;
      do {
        const part: Part<Cursor> = await read(after, control);
        for (const asset of part.assets) all.push(asset);
        after = part.next;
      } while (after !== null);
      take(all);
    } catch (error) {
      if (!control.signal.aborted) announceProblem(wordsOf(error));
    } finally {
      running.current = null;
      setBusy(false);
    }
  }

  return { busy, gather };
}

const wordsOf = (error: unknown): string =>
  `The list could not be read from the index. ${error instanceof Error ? error.message : ''}`.trim();
