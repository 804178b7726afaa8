import { PROVIDER_NAMES } from '@/domain/connection';
import type { ProviderKind } from '@/domain/connection';
import { ProviderError, UnauthorizedError } from '@/domain/errors';
import { withDeadline } from '@/http/deadline';
import { isRecord } from '@/http/is-record';
import { request } from '@/http/request';
import type { RequestScope } from '../provider';

const PROBE_MS = 5_000;

/** What both families answer without changing anything, and cheaply. */
const PROBED: Readonly<Record<ProviderKind, readonly string[]>> = {
  'comfy-cloud': ['api', 'features'],
  comfyui: ['api', 'features'],
  roughy: ['v1', 'credits', 'balance'],
};

const probeUrl = (kind: ProviderKind, baseUrl: string): string =>
  [baseUrl.replace(/\/+$/, ''), ...PROBED[kind]].join('/');

/** Nothing that identifies anybody: above all, no probe carries a key. */
const ANONYMOUS = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const satisfies RequestInit;

type Reading = 'nothing' | 'redirect' | { readonly body: unknown };

/** What this page gets to see of an address when it sends no key: nothing, that it leads elsewhere, or an answer. */
export function readWithoutKey(kind: ProviderKind, baseUrl: string, scope: RequestScope): Promise<Reading> {
  return quietly<Reading>('nothing', kind, scope, async (signal) => {
    const response = await fetch(probeUrl(kind, baseUrl), { ...ANONYMOUS, redirect: 'manual', signal });
    return response.type === 'opaqueredirect' ? 'redirect' : { body: parseJson(await response.text()) };
  });
}

/** Whether anything at all answers there, though this page may not see what. */
export function answersAtAll(kind: ProviderKind, baseUrl: string, scope: RequestScope): Promise<boolean> {
  return quietly(false, kind, scope, async (signal) => {
    await fetch(probeUrl(kind, baseUrl), { ...ANONYMOUS, mode: 'no-cors', signal });
    return true;
  });
}

/** Whether the API is at this address: it answers in JSON, or asks for a key in it. */
export async function isApiAt(kind: ProviderKind, baseUrl: string, scope: RequestScope): Promise<boolean> {
  try {
    const { body } = await request({
      provider: PROVIDER_NAMES[kind],
      baseUrl,
      path: PROBED[kind],
      timeoutMs: PROBE_MS,
      signal: scope.signal,
    });
    return isRecord(body);
  } catch (error) {
    if (error instanceof ProviderError) return error instanceof UnauthorizedError;
    throw error;
  }
}

/** @throws only the caller's own abort reason */
async function quietly<T>(
  otherwise: T,
  kind: ProviderKind,
  { signal }: RequestScope,
  probe: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await withDeadline({ provider: PROVIDER_NAMES[kind], timeoutMs: PROBE_MS, signal }, probe);
  } catch (error) {
    if (error instanceof ProviderError) return otherwise;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
