import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform, pipeline, type Readable } from 'node:stream';
import { systemResolve, type Resolve } from './addresses.ts';
import { refuseForeignCaller } from './callers.ts';
import { announcesBody, requestHeaders, responseHeaders } from './proxy-headers.ts';
import { Refusal, sendRefusal } from './refusal.ts';
import { parseTarget } from './request-target.ts';
import { askUpstream, type Timeouts } from './upstream-request.ts';
import { findRoute, type Route, type Upstream, type Upstreams } from './upstreams.ts';

export interface ProxyOptions {
  readonly upstreams: Upstreams;
  /** Names this server goes by, besides the loopback ones. */
  readonly hosts?: readonly string[];
  /** Path that the upstreams' names follow. */
  readonly mount?: string;
  readonly timeouts?: Timeouts;
  readonly resolve?: Resolve;
  /** Told of requests the proxy could not pass on: method, path without query, code and cause. */
  readonly log?: (line: string) => void;
}

/** Answers a request and returns true, or returns false for one that is not for it. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Call {
  readonly upstream: Upstream;
  readonly route: Route;
  readonly path: string;
}

const BODY_LIMIT = 1024 * 1024;
const LOGGED_PATH = 200;
const TIMEOUTS: Timeouts = { headersMs: 60_000, idleMs: 60_000 };

/** The same-origin proxy: a page reaches the named upstreams' asset APIs through it, and nothing else. */
export function createProxy(options: ProxyOptions): Handler {
  const { upstreams, hosts = [], mount = '/proxy/', log } = options;
  const network = { timeouts: options.timeouts ?? TIMEOUTS, resolve: options.resolve ?? systemResolve };

  const passOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    refuseForeignCaller(request, hosts);
    const { upstream, route, path } = parseCall(request, mount, upstreams);
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    // An answer may come before the body was read: the rest is dropped, so that the sender gets to see the answer.
    response.once('finish', () => request.unpipe().resume());
    const answer = await askUpstream(
      {
        upstream,
        path,
        method: request.method ?? '',
        headers: requestHeaders(request.headers, upstream),
        body: limitedBody(request),
        signal: gone.signal,
      },
      network,
    );
    const status = answer.statusCode ?? 502;
    try {
      response.writeHead(status, responseHeaders(answer.headers, status, route));
    } catch (error) {
      // A status or a header that Node reads but does not write; nobody would read the rest of such an answer.
      answer.destroy();
      throw error;
    }
    response.flushHeaders();
    // An upstream that breaks off must not look like a complete answer: pipeline then destroys the response.
    pipeline(answer, response, () => undefined);
  };

  return (request, response) => {
    if (request.url?.startsWith(mount) !== true) return false;
    passOn(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      const refusal = error instanceof Refusal ? error : unreachable(error);
      log?.(`${request.method ?? ''} ${loggable(request.url ?? '')} ${refusal.code}${causeOf(error)}`);
      if (response.headersSent) response.destroy();
      else sendRefusal(response, refusal);
    });
    return true;
  };
}

/** The path alone, on one short line: queries may say what somebody looks for, and a path may hold anything. */
function loggable(target: string): string {
  const path = target.split(/[?#]/, 1)[0]?.replace(/[^!-~]/g, '?') ?? '';
  return path.length > LOGGED_PATH ? `${path.slice(0, LOGGED_PATH)}…` : path;
}

function parseCall(request: IncomingMessage, mount: string, upstreams: Upstreams): Call {
  const target = parseTarget(request.url ?? '');
  if (target === null) throw new Refusal(400, 'BAD_TARGET', 'The request target is not a plain path.');
  const [name = '', ...rest] = target.path.slice(mount.length).split('/');
  const upstream = upstreams.get(name);
  const path = `/${rest.join('/')}`;
  const route = upstream && findRoute(upstream, path);
  if (upstream === undefined || route === undefined) {
    throw new Refusal(404, 'NOT_PROXIED', 'The proxy does not pass this path on.');
  }
  if (request.method === undefined || !route.methods.includes(request.method)) {
    throw new Refusal(405, 'METHOD_NOT_PROXIED', 'The proxy does not pass this method on for this path.', {
      allow: route.methods.join(', '),
    });
  }
  return { upstream, route, path: target.path.slice(mount.length + name.length) + target.query };
}

function limitedBody(request: IncomingMessage): Readable | null {
  if (!announcesBody(request.headers)) return null;
  if (request.method === 'GET' || request.method === 'HEAD') {
    throw new Refusal(400, 'BODY_NOT_ALLOWED', 'A reading request has no body.');
  }
  const tooLarge = () => new Refusal(413, 'BODY_TOO_LARGE', 'The request body is larger than 1 MiB.');
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge();
  let size = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > BODY_LIMIT) done(tooLarge());
      else done(null, chunk);
    },
  });
  return request.pipe(limit);
}

function unreachable(error: unknown): Refusal {
  return new Refusal(502, 'UPSTREAM_UNREACHABLE', `The upstream could not be reached${causeOf(error)}.`);
}

// Only the system's error code: messages of network errors may quote what was sent.
function causeOf(error: unknown): string {
  const code =
    error instanceof Error && 'code' in error && !(error instanceof Refusal) ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
