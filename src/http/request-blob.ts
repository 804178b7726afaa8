import type { ErrorContext } from '@/domain/errors';
import { withDeadline } from './deadline';
import { errorFromResponse } from './error-from-response';
import { DEFAULT_TIMEOUT_MS, contextOf, requestInit } from './exchange';
import type { ExchangeOptions } from './exchange';
import { MAX_ERROR_BYTES, MAX_FILE_BYTES, readBeginning, readFile } from './read-body';

interface BlobOptions extends ExchangeOptions {
  /** Absolute, and already known to be safe. */
  readonly url: string;
  /** Only the beginning is wanted; a server that sends more is cut off there. */
  readonly maxBytes?: number | undefined;
  /** Past every cache. */
  readonly fresh?: boolean | undefined;
}

/**
 * The bytes behind a URL.
 * @throws ProviderError for every failure, or the caller's own abort reason
 */
export async function requestBlob(options: BlobOptions): Promise<Blob> {
  const { url, provider, maxBytes, fresh = false, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const init = requestInit(
    options,
    maxBytes === undefined ? {} : { Range: `bytes=0-${Math.max(0, maxBytes - 1)}` },
  );
  const { response, blob, context } = await withDeadline({ provider, timeoutMs, signal }, async (signal) => {
    const response = await fetch(url, { ...init, ...(fresh && { cache: 'no-store' }), signal });
    const context = contextOf(options, response);
    return { response, blob: await readBlob(response, maxBytes, context), context };
  });
  if (response.ok) return blob;
  // An empty file has no first byte, so a server may say that the range is out of reach.
  if (response.status === 416 && maxBytes !== undefined) return new Blob([]);
  throw errorFromResponse(response, await blob.text(), context, options.auth?.key ?? null);
}

async function readBlob(
  response: Response,
  maxBytes: number | undefined,
  context: ErrorContext,
): Promise<Blob> {
  if (!response.ok) return readBeginning(response, MAX_ERROR_BYTES);
  return maxBytes === undefined
    ? readFile(response, MAX_FILE_BYTES, context)
    : readBeginning(response, maxBytes);
}
