import { NotFoundError, ProviderError } from '@/domain/errors';

/** Null where the server has no such route. */
export const unlessNotFound = <T>(call: Promise<T>): Promise<T | null> => unless(NotFoundError, call);

/** Null for whatever failed, save the caller's own abort: of what is nice to know, but proves nothing. */
export const unlessFailed = <T>(call: Promise<T>): Promise<T | null> => unless(ProviderError, call);

async function unless<T>(
  cause: typeof NotFoundError | typeof ProviderError,
  call: Promise<T>,
): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof cause) return null;
    throw error;
  }
}
