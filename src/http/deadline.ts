import { NetworkError, TimeoutError } from '@/domain/errors';
import type { ErrorContext } from '@/domain/errors';

interface Deadline {
  readonly provider: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const timedOut = Symbol('timed out');

/**
 * Runs one exchange, body reads included, and tells its three ends apart.
 * @throws the caller's own abort reason, else TimeoutError, else NetworkError
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
  } catch {
    signal?.throwIfAborted();
    const context: ErrorContext = { provider, requestId: null };
    if (controller.signal.reason === timedOut) throw new TimeoutError(timeoutMs, context);
    // Fetch hides why it failed, and what it does say may quote the URL: so no `cause`.
    throw new NetworkError(`${provider} could not be reached`, context);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forwardAbort);
  }
}
