import { HttpError, NetworkError, RateLimitedError, ServerError, TimeoutError } from '@/domain/errors';
import { retryDelayMs } from '@/domain/retry';

/** Why nothing is asked at the moment, and until when: ms since 1970. */
export interface Wait {
  readonly error: unknown;
  readonly until: number;
}

export interface Patience {
  /**
   * Asks until there is an answer: what may pass is waited for, by all requests together.
   * @throws what cannot pass, or did not after many tries; the signal's reason when it is aborted
   */
  ask<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** How many requests were sent since it was last asked, those that failed included. */
  takeCount(): number;
}

/** A server that fails as often in a row, over some five minutes, is not about to recover: the person decides. */
const TRIES = 14;

/**
 * Asks a provider on behalf of nobody who waits: a walk goes on by itself after 429, 5xx and being offline, and waits as
 * long as it was told to, for it shows that it does.
 */
export function createPatience(options: {
  readonly signal: AbortSignal;
  readonly onWait: (wait: Wait | null) => void;
}): Patience {
  const { signal, onWait } = options;
  let wait: Wait | null = null;
  let sent = 0;

  async function pass(): Promise<void> {
    while (wait !== null && wait.until > Date.now()) await pauseUntil(wait, signal);
    signal.throwIfAborted();
  }

  function hold(error: unknown, milliseconds: number) {
    const until = Date.now() + milliseconds;
    if (wait !== null && wait.until >= until) return;
    wait = { error, until };
    onWait(wait);
  }

  return {
    takeCount() {
      const taken = sent;
      sent = 0;
      return taken;
    },
    async ask(request) {
      for (let failed = 0; ; failed += 1) {
        await pass();
        try {
          sent += 1;
          const answer = await request(signal);
          if (wait !== null && wait.until <= Date.now()) {
            wait = null;
            onWait(null);
          }
          return answer;
        } catch (error) {
          signal.throwIfAborted();
          // Offline is no failure of the server: it may last as long as it likes.
          const giveUp = failed + 1 >= TRIES && !(error instanceof NetworkError);
          if (giveUp || !mayPass(error)) throw error;
          hold(error, retryDelayMs(failed, error));
        }
      }
    },
  };
}

/** Reading twice does no harm, so that a time-out may be tried again as well. */
function mayPass(error: unknown): boolean {
  if (error instanceof ServerError) return error.status !== 501;
  if (error instanceof HttpError && error.status === 408) return true;
  return error instanceof NetworkError || error instanceof TimeoutError || error instanceof RateLimitedError;
}

/** Ends early when the browser is online again, if that is what it waits for; whoever waited looks at the signal next. */
function pauseUntil(wait: Wait, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener('online', back);
      resolve();
    };
    const back = () => {
      if (wait.error instanceof NetworkError) done();
    };
    const timer = setTimeout(done, wait.until - Date.now());
    signal.addEventListener('abort', done);
    globalThis.addEventListener('online', back);
    if (signal.aborted) done();
  });
}
