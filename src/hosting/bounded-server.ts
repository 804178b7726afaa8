import http from 'node:http';
import { Refusal, sendRefusal } from './refusal.ts';

export interface Limits {
  /** For the headers of one request, from its first byte to its last. */
  readonly headersMs: number;
  /** For one request with its body. */
  readonly requestMs: number;
  /** A connection on which nothing moves in either direction, a browser that does not read its answer included. */
  readonly idleMs: number;
  /** How often the first two are looked at. */
  readonly checkMs: number;
  readonly connections: number;
}

const LIMITS: Limits = {
  headersMs: 15_000,
  requestMs: 60_000,
  idleMs: 300_000,
  checkMs: 5_000,
  connections: 1_000,
};
const MAX_HEADER_BYTES = 16 * 1024;
/** Browsers send some twenty. Node would drop what is above its own bound, and with it what tells where a request came from. */
const MAX_HEADERS = 100;

/** An HTTP server, not yet listening, that no client can keep busy for ever. */
export function createBoundedServer(
  listener: http.RequestListener,
  limits: Partial<Limits> = {},
): http.Server {
  const { headersMs, requestMs, idleMs, checkMs, connections } = { ...LIMITS, ...limits };
  const server = http.createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
    },
    (request, response) => {
      if (request.rawHeaders.length <= 2 * MAX_HEADERS) listener(request, response);
      else sendRefusal(response, new Refusal(431, 'TOO_MANY_HEADERS', 'The request has too many headers.'));
    },
  );
  server.timeout = idleMs;
  server.maxConnections = connections;
  return server;
}
