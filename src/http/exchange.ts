import { NotSentError } from '@/domain/errors';
import type { ErrorContext } from '@/domain/errors';
import { cleanText } from './error-body';

/** The key of one request and how the provider wants it. */
export interface Authorization {
  readonly header: 'X-API-Key' | 'Authorization';
  /** Put before the key, e.g. `Bearer`; null when the key stands alone. */
  readonly scheme: string | null;
  readonly key: string;
}

export interface ExchangeOptions {
  /** The provider's name, for errors. */
  readonly provider: string;
  readonly auth?: Authorization | null;
  /** Covers the whole exchange, the body included. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** What every request has in common: nothing but the key identifies the person, and the key goes to one host only. */
export function requestInit(
  options: ExchangeOptions,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const all = new Headers(headers);
  if (options.auth) setKey(all, options.auth, options.provider);
  return {
    headers: all,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    // A custom header travels along a redirect, even to another host.
    redirect: options.auth ? 'error' : 'follow',
  };
}

/** What errors about this answer carry. */
export const contextOf = (options: ExchangeOptions, response: Response): ErrorContext => ({
  provider: options.provider,
  requestId: cleanText(response.headers.get('x-request-id'), options.auth?.key ?? null),
});

function setKey(headers: Headers, { header, scheme, key }: Authorization, provider: string): void {
  try {
    headers.set(header, scheme === null ? key : `${scheme} ${key}`);
  } catch {
    // The original error quotes the header, and so the key.
    throw new NotSentError(
      'key',
      'The API key has characters that no key can have; was it copied whole?',
      provider,
    );
  }
}
