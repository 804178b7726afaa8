import { NotJsonError } from '@/domain/errors';
import type { ErrorContext } from '@/domain/errors';
import { withDeadline } from './deadline';
import { errorFromResponse } from './error-from-response';
import { cleanText } from './error-body';
import { DEFAULT_TIMEOUT_MS, contextOf, requestInit } from './exchange';
import type { ExchangeOptions } from './exchange';
import { maskAnswer } from './mask-key';
import { MAX_ERROR_BYTES, MAX_JSON_BYTES, readBeginning, readText } from './read-body';
import { buildUrl } from './url';
import type { Query } from './url';

export interface RequestOptions extends ExchangeOptions {
  /** Absolute; may end in a folder. */
  readonly baseUrl: string;
  /** Segments after the base URL, not yet encoded. */
  readonly path: readonly string[];
  readonly query?: Query;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON; leave out for none. */
  readonly json?: unknown;
}

export interface Answer {
  /** Parsed JSON, not yet checked; null when the answer had no body. */
  readonly body: unknown;
  /** For errors that are found only when the body is read. */
  readonly context: ErrorContext;
}

/**
 * One JSON exchange with a provider.
 * @throws ProviderError for every failure, or the caller's own abort reason
 */
export async function request(options: RequestOptions): Promise<Answer> {
  const {
    provider,
    baseUrl,
    path,
    query,
    method = 'GET',
    json,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
  } = options;
  const url = buildUrl(provider, baseUrl, path, query);
  const hasBody = json !== undefined;
  const init = requestInit(options, {
    Accept: 'application/json',
    ...(hasBody && { 'Content-Type': 'application/json' }),
  });
  const { response, text, context } = await withDeadline({ provider, timeoutMs, signal }, async (signal) => {
    const body = hasBody ? JSON.stringify(json) : null;
    // A redirect may turn a DELETE into a GET, whose answer would then pass for the deletion's.
    const redirect = method === 'GET' ? init.redirect : 'error';
    const response = await fetch(url, {
      ...init,
      method,
      body,
      redirect: redirect ?? 'error',
      cache: 'no-store',
      signal,
    });
    const context = contextOf(options, response);
    const text = response.ok
      ? await readText(response, MAX_JSON_BYTES, context)
      : await (await readBeginning(response, MAX_ERROR_BYTES)).text();
    return { response, text, context };
  });
  const secret = options.auth?.key ?? null;
  if (!response.ok) throw errorFromResponse(response, text, context, secret);
  const contentType = cleanText(response.headers.get('content-type'), secret);
  return { body: parseBody(maskAnswer(text, secret), contentType, context), context };
}

function parseBody(text: string, contentType: string | null, context: ErrorContext): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJsonError(contentType, context);
  }
}
