import { PROVIDER_NAMES } from '@/domain/connection';
import type { Connection } from '@/domain/connection';
import { HttpError, NotFoundError, NotJsonError, ProviderError } from '@/domain/errors';
import { cleanText } from '@/http/error-body';
import { request } from '@/http/request';
import { systemStats } from '../comfy/schema';
import { parseAnswer } from '../parse';
import type { AssetProvider, ConnectionCheck, ReadKey, RequestScope } from '../provider';
import { createProvider } from '../registry';
import { unlessFailed } from '../unless-failed';
import { findBetterAddress } from './better-address';
import type { Diagnosis } from './diagnosis';
import { answerOf, diagnosisOf } from './from-error';
import { whyNoAnswer } from './no-answer';
import { watchPolicy } from './policy-watch';
import { isMixedContent, isPrivate, isSameOrigin } from './where';

interface DiagnosisScope extends RequestScope {
  /** Of the page that asks: what a server allows depends on it. */
  readonly pageUrl: string;
}

/** Whoever presses a button waits less long than a list may take. */
const PATIENCE_MS = 15_000;

/** No asset has it: what is asked of it changes nothing. */
const NOBODYS_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Finds out whether a connection works, and if not, why not. The key goes to the connection's own address alone, and
 * only in the requests that its client makes anyway; nothing is changed anywhere.
 * @throws only the caller's own abort reason
 */
export async function diagnose(
  connection: Connection,
  readKey: ReadKey,
  { pageUrl, timeoutMs = PATIENCE_MS, ...rest }: DiagnosisScope,
): Promise<Diagnosis> {
  const scope = { ...rest, timeoutMs };
  const key = connection.kind === 'comfyui' ? '' : (readKey()?.trim() ?? '');
  // Told before anything is sent: what the browser would refuse to send.
  if (/[^\x21-\x7e]/.test(key)) return { verdict: 'key-malformed' };
  // Chrome lets a page ask the local network over http, if the person agrees.
  if (isMixedContent(connection, pageUrl) && !isPrivate(connection.baseUrl))
    return { verdict: 'mixed-content' };
  // One key for the whole test, so that a change meanwhile cannot mix two tests up.
  const provider = createProvider(connection, () => key);
  const policy = watchPolicy();
  try {
    const check = withoutEcho(await provider.check(scope), key);
    return (await changesRefused(provider, check, scope)) ?? { verdict: 'works', check };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const keyWasSent = key !== '';
    return (
      diagnosisOf(error, connection, keyWasSent) ??
      (error instanceof NotFoundError || error instanceof NotJsonError
        ? await whatAnswers(error, connection, key, { ...scope, pageUrl })
        : await whyNoAnswer(connection, { pageUrl, keyWasSent, policyForbade: policy.forbade }, scope))
    );
  } finally {
    policy.stop();
  }
}

/**
 * Behind some proxies a ComfyUI answers reads and refuses every change, because only changes carry the page's origin.
 * Adding no tags to nobody's asset shows it, and does nothing.
 */
async function changesRefused(
  provider: AssetProvider,
  check: ConnectionCheck,
  scope: RequestScope,
): Promise<Diagnosis | null> {
  const { kind, demo } = provider.connection;
  if (kind !== 'comfyui' || demo || provider.addTags === undefined) return null;
  try {
    await provider.addTags(NOBODYS_ID, [], scope);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind === 'network') return { verdict: 'changes-refused', check, status: null };
    if (error instanceof HttpError && [403, 405, 501].includes(error.status))
      return { verdict: 'changes-refused', check, status: error.status };
  }
  return null;
}

/** Something answers, but not this API: what is it, and where is the API instead? */
async function whatAnswers(
  error: NotFoundError | NotJsonError,
  connection: Connection,
  key: string,
  { pageUrl, ...scope }: DiagnosisScope,
): Promise<Diagnosis> {
  const missing = error instanceof NotFoundError;
  if (missing && connection.kind === 'comfyui') {
    const server = await unlessFailed(askForServer(connection, scope));
    if (server !== null) return { verdict: 'too-old', version: server.version };
  }
  const suggestion = await findBetterAddress(connection, pageUrl, scope);
  const contentType = missing ? null : cleanText(error.contentType, key);
  const found = missing ? 'an error page (404)' : (contentType ?? 'an answer without a type');
  if (suggestion?.seen === true) return { verdict: 'wrong-url', found, suggestion };
  if (missing && error.code === 'NOT_PROXIED')
    return { verdict: 'not-proxied', answer: answerOf(error), byWinnowProxy: true };
  const isPage = missing || /html/i.test(error.contentType ?? '');
  if (isPage && isSameOrigin(connection, pageUrl)) return { verdict: 'no-proxy', found };
  return isPage ? { verdict: 'wrong-url', found, suggestion } : { verdict: 'not-json', contentType };
}

async function askForServer({ baseUrl }: Connection, { signal, timeoutMs }: RequestScope) {
  const path = ['api', 'system_stats'];
  const answer = await request({ provider: PROVIDER_NAMES.comfyui, baseUrl, path, timeoutMs, signal });
  return { version: parseAnswer(systemStats, answer).system.comfyui_version };
}

/** A server may say the key back to whoever sent it; nobody else gets to read it. */
const withoutEcho = (check: ConnectionCheck, key: string): ConnectionCheck => ({
  ...check,
  account: cleanText(check.account, key),
  version: cleanText(check.version, key),
  features: check.features.flatMap((name) => cleanText(name, key) ?? []),
});
