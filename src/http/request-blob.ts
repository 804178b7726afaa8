import { withDeadline } from './deadline';
import { errorFromResponse } from './error-from-response';
import { DEFAULT_TIMEOUT_MS, contextOf, requestInit } from './exchange';
import type { ExchangeOptions } from './exchange';

interface BlobOptions extends ExchangeOptions {
  /** Absolute, and already known to be safe. */
  readonly url: string;
  /** Only the beginning is wanted; a server that sends more is cut off there. */
  readonly maxBytes?: number | undefined;
}

/**
 * The bytes behind a URL.
 * @throws ProviderError for every failure, or the caller's own abort reason
 */
export async function requestBlob(options: BlobOptions): Promise<Blob> {
  const { url, provider, maxBytes, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const init = requestInit(
    options,
    maxBytes === undefined ? {} : { Range: `bytes=0-${Math.max(0, maxBytes - 1)}` },
  );
  const { response, blob } = await withDeadline({ provider, timeoutMs, signal }, async (signal) => {
    const response = await fetch(url, { ...init, signal });
    return { response, blob: await readBlob(response, maxBytes) };
  });
  if (response.ok) return blob;
  // An empty file has no first byte, so a server may say that the range is out of reach.
  if (response.status === 416 && maxBytes !== undefined) return new Blob([]);
  throw errorFromResponse(
    response,
    await blob.text(),
    contextOf(options, response),
    options.auth?.key ?? null,
  );
}

async function readBlob(response: Response, maxBytes: number | undefined): Promise<Blob> {
  if (maxBytes === undefined || !response.ok || response.body === null) return response.blob();
  const reader = response.body.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let missing = maxBytes;
  while (missing > 0) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, missing);
    parts.push(part);
    missing -= part.byteLength;
  }
  // Not waited for: somebody else may hold a copy of the stream, and then this ends only when theirs does.
  reader.cancel().catch(() => undefined);
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}
