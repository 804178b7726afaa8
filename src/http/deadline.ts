import { NetworkError, TimeoutError, TooLargeError } from '@/domain/errors';
import type { ErrorContext } from '@/domain/errors';

interface Deadline {
  readonly provider: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const timedOut = Symbol('timed out');

/**
 * Runs one exchange, body reads included, and tells its ends apart. The time counts from the start to the last byte: a
 * server that sends a little now and then cannot stretch it.
 * @throws the caller's own abort reason, else TimeoutError, else TooLargeError, else NetworkError
 */
export async function withDeadline<T>(
  deadline: Deadline,
  exchange: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { provider, timeoutMs, signal } = deadline;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timedOut), timeoutMs);
  const forwardAbort = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', forwardAbort, { once: true });
  try {
    return await exchange(controller.signal);
  } catch (error) {
    signal?.throwIfAborted();
    const context: ErrorContext = { provider, requestId: null };
    if (controller.signal.reason === timedOut) throw new TimeoutError(timeoutMs, context);
    if (error instanceof TooLargeError) throw error;
    // Fetch hides why it failed, and what it does say may quote the URL: so no `cause`.
    throw new NetworkError(`${provider} could not be reached`, context);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forwardAbort);
  }
}
