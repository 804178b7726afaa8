import { HttpError, NetworkError, RateLimitedError, ServerError } from './errors';

const FIRST_WAIT_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Whether asking again by itself may help: network, 408, 429 and 5xx. A timeout is not among these: it has taken
 * long already, and after a deletion it must be settled by looking.
 */
export function isRetryable(error: unknown): boolean {
  // Nobody watches a page for minutes: the person is told when, and asks again.
  if ((askedToWait(error) ?? 0) > LONGEST_WAIT_MS) return false;
  if (error instanceof NetworkError || error instanceof RateLimitedError) return true;
  // 501 says that the server will never be able to.
  if (error instanceof ServerError) return error.status !== 501;
  return error instanceof HttpError && error.status === 408;
}

/** Whether nothing answered where the provider should be: no answer at all, or only from the proxy in front of it. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ServerError && error.code === 'UPSTREAM_UNREACHABLE');

/** Milliseconds that the provider asked to wait; null when it did not. */
function askedToWait(error: unknown): number | null {
  return error instanceof RateLimitedError || error instanceof ServerError ? error.retryAfterMs : null;
}

/**
 * Milliseconds to wait before the next try: what the provider asked for, in full, else twice as long each time, with
 * jitter so that many waiting requests do not come back at once.
 * @param attempt failed tries before this one; counts from 0
 */
export function retryDelayMs(attempt: number, error: unknown, random: () => number = Math.random): number {
  const asked = askedToWait(error);
  if (asked !== null) return Math.max(asked, 0);
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** Math.max(attempt, 0), LONGEST_BACKOFF_MS);
  return Math.round(backoff * (0.5 + random() / 2));
}
