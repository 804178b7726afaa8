import { TooLargeError } from '@/domain/errors';
import type { ErrorContext } from '@/domain/errors';

const MiB = 1024 * 1024;

/** The most that is read of a JSON answer: a page of 500 assets with rich metadata has a tenth of it. */
export const MAX_JSON_BYTES = 32 * MiB;
/** The most that is read of a file that must be held whole to be shown. */
export const MAX_FILE_BYTES = 512 * MiB;
/** The most that is read of a failing answer: enough for any message, and the rest is dropped. */
export const MAX_ERROR_BYTES = 64 * 1024;

/**
 * The body as text.
 * @throws TooLargeError as soon as there is more of it than `maxBytes`; nothing beyond that is read
 */
export async function readText(response: Response, maxBytes: number, context: ErrorContext): Promise<string> {
  const decoder = new TextDecoder();
  const texts: string[] = [];
  for (const part of await readWhole(response, maxBytes, context)) {
    texts.push(decoder.decode(part, { stream: true }));
  }
  return texts.join('') + decoder.decode();
}

/**
 * The body as a file.
 * @throws TooLargeError as soon as there is more of it than `maxBytes`; nothing beyond that is read
 */
export async function readFile(response: Response, maxBytes: number, context: ErrorContext): Promise<Blob> {
  return asBlob(response, await readWhole(response, maxBytes, context));
}

/** The beginning of the body as a file; a server that sends more is cut off there. */
export async function readBeginning(response: Response, maxBytes: number): Promise<Blob> {
  return asBlob(response, await readParts(response, maxBytes));
}

type Part = Uint8Array<ArrayBuffer>;

const asBlob = (response: Response, parts: Part[]): Blob =>
  new Blob(parts, { type: response.headers.get('content-type') ?? '' });

async function readWhole(response: Response, maxBytes: number, context: ErrorContext): Promise<Part[]> {
  // One byte more than is allowed tells that there is more.
  const parts = await readParts(response, maxBytes + 1);
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
  if (size > maxBytes) throw new TooLargeError(maxBytes, context);
  return parts;
}

async function readParts(response: Response, maxBytes: number): Promise<Part[]> {
  const parts: Part[] = [];
  if (response.body === null) return parts;
  const reader = response.body.getReader();
  let missing = maxBytes;
  while (missing > 0) {
    const { done, value } = await reader.read();
    if (done) return parts;
    const part = value.subarray(0, missing);
    parts.push(part);
    missing -= part.byteLength;
  }
  // Not waited for: somebody else may hold a copy of the stream, and then this ends only when theirs does.
  reader.cancel().catch(() => undefined);
  return parts;
}
