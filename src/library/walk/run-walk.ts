import type { AssetProvider } from '@/providers/provider';

import type { WalkProgress } from '../library-index';
import type { LibraryStore } from '../library-store';
import type { WalkContext } from './context';
import { createOverlay, type Overlay } from './overlay';
import { createPatience } from './patience';
import { createProgress } from './progress';

/** A walk of this tab. */
export interface OwnWalk {
  /** For what Winnow does meanwhile. */
  readonly overlay: Overlay;
  /** It ends where it is. */
  readonly stop: () => void;
  /** To be called once. @returns why it ended early; null when it did not, or was stopped */
  readonly run: (options: {
    readonly provider: AssetProvider;
    readonly call: LibraryStore['call'];
    readonly onProgress: (progress: WalkProgress) => void;
  }) => Promise<unknown>;
}

export function createWalk(
  purpose: WalkProgress['purpose'],
  work: (context: WalkContext) => Promise<void>,
): OwnWalk {
  const overlay = createOverlay();
  const controller = new AbortController();
  const { signal } = controller;
  return {
    overlay,
    stop: () => controller.abort(),
    async run({ provider, call, onProgress }) {
      const progress = createProgress(purpose, onProgress);
      const patience = createPatience({ signal, onWait: progress.wait });
      try {
        await work({ provider, call, patience, overlay, signal, onProgress: progress.move });
        return null;
      } catch (error) {
        return signal.aborted ? null : error;
      } finally {
        // What is still under way is of no use any more.
        controller.abort();
        progress.end();
      }
    },
  };
}
