import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { publicLookup, refusePrivateLiteral, type Resolve } from './addresses.ts';
import { withoutKey } from './proxy-headers.ts';
import { Refusal } from './refusal.ts';
import type { Upstream } from './upstreams.ts';

export interface Timeouts {
  /** From the start of a request to the first byte of the answer. */
  readonly headersMs: number;
  /** Between two pieces of an answer. */
  readonly idleMs: number;
}

export interface UpstreamRequest {
  readonly upstream: Upstream;
  readonly path: string;
  readonly method: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Readable | null;
  readonly signal: AbortSignal;
}

interface Network {
  readonly timeouts: Timeouts;
  readonly resolve: Resolve;
}

const agents = {
  http: new http.Agent({ keepAlive: true, maxSockets: 32 }),
  https: new https.Agent({ keepAlive: true, maxSockets: 32 }),
};
const MAX_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
const SMALL_BODY = 64 * 1024;

/** Asks an upstream and follows its redirects; the key goes to the upstream's own origin and nowhere else. */
export async function askUpstream(request: UpstreamRequest, network: Network): Promise<http.IncomingMessage> {
  const home = request.upstream.url;
  let url = new URL(`${home.href.replace(/\/+$/, '')}${request.path}`);
  let headers = request.headers;
  let atHome = true;
  for (let hop = 0; ; hop += 1) {
    const answer = await send(
      url,
      { ...request, headers },
      network,
      atHome ? null : publicLookup(network.resolve),
    );
    if (!REDIRECTS.includes(answer.statusCode ?? 0)) return answer;
    discard(answer);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw badRedirect('answered with a redirect');
    if (hop === MAX_REDIRECTS) throw badRedirect('redirected too often');
    url = redirectTarget(answer.headers.location, url);
    // Once away, always away: another host must not be able to steer requests back into a private network.
    atHome &&= isSameServer(url, home);
    if (!atHome || url.origin !== home.origin) headers = withoutKey(headers);
    if (!atHome) refuseUnsafe(url);
  }
}

/**
 * The upstream's own origin, or its usual step from http to https. Another port is another program: on this machine or
 * in its network that may be a database or a container engine, which no answer may steer a request to.
 */
const isSameServer = (url: URL, home: URL): boolean =>
  url.origin === home.origin ||
  (url.hostname === home.hostname && url.protocol === 'https:' && url.port === '' && home.port === '');

function redirectTarget(location: string | undefined, from: URL): URL {
  if (location === undefined || !URL.canParse(location, from.href))
    throw badRedirect('redirected to nowhere');
  const url = new URL(location, from);
  if (url.username !== '' || url.password !== '') throw badRedirect('redirected with credentials in the URL');
  url.hash = '';
  return url;
}

function refuseUnsafe(url: URL): void {
  if (url.protocol !== 'https:') throw badRedirect('redirected to another host without https');
  refusePrivateLiteral(url.hostname);
}

const badRedirect = (what: string) => new Refusal(502, 'UPSTREAM_REDIRECT', `The upstream ${what}.`);

// Reading a short answer to its end keeps the connection for the next request; a long one is not worth it.
function discard(answer: http.IncomingMessage): void {
  if (Number(answer.headers['content-length'] ?? Infinity) <= SMALL_BODY) answer.resume();
  else answer.destroy();
}

async function send(
  url: URL,
  request: UpstreamRequest,
  network: Network,
  lookup: LookupFunction | null,
): Promise<http.IncomingMessage> {
  const attempt = () => sendOnce(url, request, network.timeouts, lookup);
  try {
    return await attempt();
  } catch (error) {
    // The upstream may close a kept connection just as it is used again; nothing was answered, so ask afresh.
    // Only what changes nothing: a deletion may have been heard.
    if (error instanceof StaleConnectionError && /^(?:GET|HEAD)$/.test(request.method)) return attempt();
    throw error;
  }
}

class StaleConnectionError extends Error {}

function sendOnce(
  url: URL,
  { method, headers, body, signal }: UpstreamRequest,
  { headersMs, idleMs }: Timeouts,
  lookup: LookupFunction | null,
): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request(url, {
      method,
      headers: { 'user-agent': 'winnow', ...headers },
      signal,
      timeout: idleMs,
      // A pooled connection was opened for a name, not for a checked address.
      ...(lookup === null ? { agent: secure ? agents.https : agents.http } : { agent: false, lookup }),
    });
    let incoming: http.IncomingMessage | null = null;
    const giveUp = () =>
      outgoing.destroy(new Refusal(504, 'UPSTREAM_TIMEOUT', 'The upstream took too long.'));
    const deadline = setTimeout(giveUp, headersMs);
    outgoing.once('response', (answer) => {
      clearTimeout(deadline);
      incoming = answer;
      resolve(answer);
    });
    outgoing.on('timeout', () => {
      // Silence while the browser is not reading is the browser's doing.
      if (incoming !== null && !incoming.isPaused()) giveUp();
    });
    outgoing.on('error', (error) => {
      clearTimeout(deadline);
      const stale =
        outgoing.reusedSocket && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(stale ? new StaleConnectionError(error.message, { cause: error }) : error);
    });
    // Node says nothing but this of an upstream that switches to another protocol unasked.
    outgoing.once('upgrade', (_answer, socket) => {
      clearTimeout(deadline);
      socket.destroy();
      reject(new Refusal(502, 'UPSTREAM_PROTOCOL', 'The upstream switched to another protocol.'));
    });
    if (body === null) outgoing.end();
    else body.on('error', (error) => outgoing.destroy(error)).pipe(outgoing);
  });
}
