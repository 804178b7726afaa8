import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Route, Upstream } from './upstreams.ts';

// Allow-lists: what is not named (Cookie, Origin, Referer, Sec-Fetch-*, X-Forwarded-*, hop-by-hop) does not travel.
const REQUEST_HEADERS = [
  'accept',
  'accept-encoding',
  'accept-language',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'range',
];
const BODY_HEADERS = ['content-type', 'content-encoding', 'content-length'];
const RESPONSE_HEADERS = [
  'accept-ranges',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'retry-after',
  'x-request-id',
];

/** Whether a request announces a body, whatever its method. */
export const announcesBody = (headers: IncomingHttpHeaders) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** The headers of a browser's request that travel upstream. */
export function requestHeaders(headers: IncomingHttpHeaders, upstream: Upstream): OutgoingHttpHeaders {
  const names = [...REQUEST_HEADERS, ...(announcesBody(headers) ? BODY_HEADERS : [])];
  const chosen = pick(headers, upstream.keyHeader === null ? names : [...names, upstream.keyHeader]);
  // Node sends no chunked body with DELETE unless told to: the bytes would follow the request unannounced.
  return headers['transfer-encoding'] === undefined ? chosen : { ...chosen, 'transfer-encoding': 'chunked' };
}

/** The same headers for a host that must not see the key. */
export function withoutKey(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'x-api-key' && name !== 'authorization'),
  );
}

/** The headers of an upstream's answer that reach the browser, with the ones that keep it harmless there. */
export function responseHeaders(
  headers: IncomingHttpHeaders,
  status: number,
  route: Route,
): OutgoingHttpHeaders {
  const storable = route.gives === 'content' && (status < 300 || status === 304);
  return {
    ...pick(headers, RESPONSE_HEADERS),
    'cache-control': storable ? 'private, no-cache' : 'no-store',
    // A file opened by itself (SVG, HTML) would otherwise run its scripts in the dashboard's origin.
    'content-security-policy': 'sandbox',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}
