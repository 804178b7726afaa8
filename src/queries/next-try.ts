import { retryDelayMs } from '@/domain/retry';

/** A failed request waits until then before it is sent again. */
export interface NextTry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly waitMs: number;
}

/** By the error of the last try: the cache keeps that one, but not how long it waits. */
const nextTries = new WeakMap<Error, NextTry>();

/** `retryDelayMs` for the cache's `retryDelay`, which also remembers when the wait ends. */
export function rememberedRetryDelay(attempt: number, error: Error): number {
  const waitMs = retryDelayMs(attempt, error);
  nextTries.set(error, { at: Date.now() + waitMs, waitMs });
  return waitMs;
}

/** When a request that failed with this is sent again; null when that is not known. */
export const nextTryAfter = (error: Error): NextTry | null => nextTries.get(error) ?? null;
