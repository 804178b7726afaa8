import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  ProviderError,
  RateLimitedError,
  TimeoutError,
  UnauthorizedError,
} from '@/domain/errors';
import { isRetryable, retryDelayMs } from '@/domain/retry';
import type { AssetProvider } from '@/providers/provider';

/** How one asset of a confirmed list ended. Every asked id gets exactly one of these. */
export type DeletionResult =
  | { readonly status: 'deleted' }
  | { readonly status: 'already-gone' }
  /** The provider refuses, now and later. */
  | { readonly status: 'protected'; readonly error: unknown }
  | { readonly status: 'failed'; readonly error: unknown }
  /** Nobody could find out whether it is gone. */
  | { readonly status: 'unknown'; readonly error: unknown }
  /** Never asked for: the work was stopped before. */
  | { readonly status: 'not-sent' };

export interface DeletionRun {
  readonly provider: AssetProvider;
  /** The confirmed ids; no other id is ever sent. */
  readonly ids: readonly string[];
  readonly onResult: (id: string, result: DeletionResult) => void;
  /** Until when (ms since 1970) the whole connection waits, and why; null when it goes on. */
  readonly onWait?: (wait: { readonly until: number; readonly error: unknown } | null) => void;
  /** Stops before the next request; requests under way are finished and reported. */
  readonly signal?: AbortSignal;
  /** Requests in flight at once. @default 4 */
  readonly concurrency?: number;
}

/** Why a run ended early; null when every id was tried. */
export type StopReason =
  { readonly cause: 'cancelled' } | { readonly cause: 'refused'; readonly error: unknown };

const MAX_TRIES = 3;
/** A connection that says "slow down" this often for one asset will not be talked round by waiting. */
const MAX_WAITS = 8;

/**
 * Deletes a confirmed list, id by id, and reports each outcome as the provider confirmed it.
 * 401 and 403 stop everything; 429 makes the whole connection wait; a time-out is settled by looking.
 */
export async function deleteAssets(run: DeletionRun): Promise<StopReason | null> {
  const queue = [...new Set(run.ids)];
  /** At most one: why everything stopped. An array, since it is filled from within the workers. */
  const stops: StopReason[] = [];
  let gate: Promise<void> = Promise.resolve();
  const stopped = () => stops.length > 0 || run.signal?.aborted === true;

  /** Everyone waits: the limit is the connection's, not the asset's. */
  function holdAll(milliseconds: number, error: unknown) {
    const until = Date.now() + milliseconds;
    run.onWait?.({ until, error });
    const wait = pause(milliseconds, run.signal);
    const both = Promise.all([gate, wait]).then(() => {
      if (gate === both) run.onWait?.(null);
    });
    gate = both;
  }

  async function settle(id: string): Promise<DeletionResult> {
    let waits = 0;
    for (let tries = 1; ; tries += 1) {
      await gate;
      if (stopped()) return { status: 'not-sent' };
      try {
        return { status: await run.provider.deleteAsset(id) };
      } catch (error) {
        if (error instanceof UnauthorizedError || error instanceof ForbiddenError) {
          stops.push({ cause: 'refused', error });
          return { status: 'not-sent' };
        }
        if (error instanceof ConflictError && error.retryAfterMs === null)
          return { status: 'protected', error };
        if (error instanceof RateLimitedError) {
          waits += 1;
          if (waits > MAX_WAITS) return { status: 'failed', error };
          tries -= 1; // refused unread: it does not count as a try
          holdAll(retryDelayMs(waits - 1, error), error);
          continue;
        }
        if (error instanceof TimeoutError) {
          const found = await look(run.provider, id);
          if (found === 'gone') return { status: 'deleted' };
          if (found === 'unclear' || tries >= MAX_TRIES) return { status: 'unknown', error };
          continue;
        }
        if (!isRetryable(error) || tries >= MAX_TRIES) return { status: 'failed', error };
        await pause(retryDelayMs(tries - 1, error), run.signal);
      }
    }
  }

  async function work() {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      run.onResult(id, stopped() ? { status: 'not-sent' } : await settle(id));
    }
  }

  await Promise.all(Array.from({ length: Math.max(1, run.concurrency ?? 4) }, work));
  return stops[0] ?? (run.signal?.aborted === true ? { cause: 'cancelled' } : null);
}

/** Only the API's own 404 proves that an asset is gone. */
async function look(provider: AssetProvider, id: string): Promise<'gone' | 'there' | 'unclear'> {
  try {
    await provider.getAsset(id);
    return 'there';
  } catch (error) {
    if (error instanceof NotFoundError && error.fromApi) return 'gone';
    return error instanceof ProviderError && error.kind === 'wrong-shape' ? 'there' : 'unclear';
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
}
