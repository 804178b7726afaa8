import type { WalkProgress } from '../library-index';

/** What tabs tell one another of a walk. Errors do not survive the way: their words do. */
export type Told =
  | { readonly type: 'progress'; readonly progress: WalkProgress }
  | { readonly type: 'ended'; readonly failed: string | null }
  | { readonly type: 'pause' }
  | { readonly type: 'cancel' }
  /** A tab that was just opened. */
  | { readonly type: 'who' }
  | { readonly type: 'gone'; readonly ids: readonly string[] }
  | { readonly type: 'tags'; readonly tags: ReadonlyMap<string, readonly string[]> };

/** One walker of each connection over all tabs, and what the others hear of it. */
interface WalkTabs {
  readonly tell: (told: Told) => void;
  /** Does the work unless some tab is at it. @returns whether it was done here */
  readonly walk: (work: () => Promise<void>) => Promise<boolean>;
  /** Once whoever walks is done, or its tab is gone. */
  readonly whenOver: (signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/** Without Web Locks (no https) each tab has an index of its own, in memory, and walks by itself. */
export function openWalkTabs(connectionId: string, hear: (told: Told) => void): WalkTabs {
  const { locks } = maybeLocks();
  if (locks == null || typeof BroadcastChannel !== 'function') {
    return {
      tell: () => undefined,
      walk: async (work) => {
        await work();
        return true;
      },
      whenOver: () => Promise.resolve(),
      close: () => undefined,
    };
  }
  const name = `winnow-walk ${connectionId}`;
  const channel = new BroadcastChannel(name);
  let closed = false;
  channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
  return {
    tell: (told) => {
      if (!closed) channel.postMessage(told);
    },
    walk: (work) =>
      locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) return false;
        await work();
        return true;
      }),
    whenOver: (signal) => locks.request(name, { signal, mode: 'shared' }, () => undefined),
    close: () => {
      closed = true;
      channel.close();
    },
  };
}

const maybeLocks = (browser: { readonly locks?: LockManager | null } = navigator) => browser;
