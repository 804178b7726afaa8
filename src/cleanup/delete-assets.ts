import {
  ConflictError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  TimeoutError,
  UnauthorizedError,
  WrongShapeError,
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
  /** Never asked for, or turned away unread (401, 403, 429): the work was stopped before. */
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
  const { provider } = run;
  const queue = [...new Set(run.ids)];
  const halt = new AbortController();
  const refused: unknown[] = [];
  let gate: Promise<void> = Promise.resolve();
  let heldUntil = 0;

  const cancel = () => halt.abort();
  run.signal?.addEventListener('abort', cancel);
  if (run.signal?.aborted === true) cancel();

  const stopped = () => halt.signal.aborted;

  /** The key is refused, so every further request would be: waits end at once, for nobody will send. */
  function refuse(error: unknown) {
    refused.push(error);
    halt.abort();
  }

  /** Everyone waits: the limit is the connection's, not the asset's. */
  function holdAll(milliseconds: number, error: unknown) {
    const until = Date.now() + milliseconds;
    if (until <= heldUntil) return; // a longer wait is under way
    heldUntil = until;
    run.onWait?.({ until, error });
    const longest = pause(milliseconds, halt.signal).then(() => {
      if (gate === longest) run.onWait?.(null);
    });
    gate = longest;
  }

  /** A longer wait may begin while one is waited for. */
  async function passGate() {
    let passed: Promise<void> | null = null;
    while (passed !== gate) {
      passed = gate;
      await passed;
    }
  }

  /** Only the API's own 404 proves that an asset is gone. */
  async function look(id: string): Promise<'gone' | 'there' | 'unclear'> {
    for (let waits = 0; ; waits += 1) {
      await passGate();
      if (refused.length > 0) return 'unclear';
      try {
        await provider.getAsset(id);
        return 'there';
      } catch (error) {
        if (error instanceof NotFoundError && error.fromApi) return 'gone';
        if (error instanceof WrongShapeError) return 'there';
        if (isRefusal(error)) refuse(error);
        if (!(error instanceof RateLimitedError) || waits === MAX_WAITS || stopped()) return 'unclear';
        holdAll(retryDelayMs(waits, error), error);
      }
    }
  }

  async function settle(id: string): Promise<DeletionResult> {
    /** What is known if the work stops before the next try: an earlier one may have been heard. */
    let known: DeletionResult = { status: 'not-sent' };
    let waits = 0;
    let tries = 0;
    for (;;) {
      await passGate();
      if (stopped()) return known;
      try {
        return { status: await provider.deleteAsset(id) };
      } catch (error) {
        if (isRefusal(error)) {
          refuse(error);
          return known;
        }
        if (error instanceof RateLimitedError) {
          // Refused unread: it does not count as a try.
          holdAll(retryDelayMs(waits, error), error);
          waits += 1;
          if (waits > MAX_WAITS) {
            // It will not be talked round by waiting, and every other asset would only learn the same.
            refuse(error);
            return known;
          }
          continue;
        }
        tries += 1;
        if (error instanceof ConflictError && error.retryAfterMs === null)
          return { status: 'protected', error };
        if (error instanceof TimeoutError) {
          known = { status: 'unknown', error };
          const found = await look(id);
          if (found === 'gone') return { status: 'deleted' };
          if (found === 'unclear' || tries >= MAX_TRIES) return known;
          continue;
        }
        if (!isRetryable(error)) return { status: 'failed', error };
        if (known.status !== 'unknown') known = { status: 'failed', error };
        if (tries >= MAX_TRIES) {
          // An answer that was lost may have been a yes.
          const found = await look(id);
          if (found === 'gone') return { status: 'deleted' };
          return {
            status: found === 'unclear' && error instanceof NetworkError ? 'unknown' : 'failed',
            error,
          };
        }
        await pause(retryDelayMs(tries - 1, error), halt.signal);
      }
    }
  }

  async function work() {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) run.onResult(id, await settle(id));
  }

  await Promise.all(Array.from({ length: Math.max(1, run.concurrency ?? 4) }, work));
  run.signal?.removeEventListener('abort', cancel);
  if (refused.length > 0) return { cause: 'refused', error: refused[0] };
  return stopped() ? { cause: 'cancelled' } : null;
}

const isRefusal = (error: unknown): boolean =>
  error instanceof UnauthorizedError || error instanceof ForbiddenError;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
