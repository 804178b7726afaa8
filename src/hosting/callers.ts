import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/**
 * Refuses requests that another site made a browser send.
 * @param hosts names this server goes by, besides the loopback ones and the address the request came in on
 */
export function refuseForeignCaller(request: IncomingMessage, hosts: readonly string[]): void {
  const { host = '', origin } = request.headers;
  // Which of two names counts is read differently by every program.
  if ((request.headersDistinct['host'] ?? []).length > 1) {
    throw new Refusal(400, 'BAD_HOST', 'The request names more than one host.');
  }
  // A name that an attacker points at this machine (DNS rebinding) is same-origin to the browser: only the name tells.
  if (!isOwnHost(host, [...hosts, request.socket.localAddress ?? ''])) {
    throw new Refusal(403, 'FOREIGN_HOST', 'This host name is not allowed. Add it to ALLOWED_HOSTS.');
  }
  const site = request.headers['sec-fetch-site'];
  const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (crossSite || (origin !== undefined && !isOriginOf(origin, host))) {
    throw new Refusal(403, 'CROSS_SITE', 'The proxy answers only to pages of its own origin.');
  }
}

function isOwnHost(hostHeader: string, hosts: readonly string[]): boolean {
  const name = /^(\[[\da-f:.]+\]|[^:@/\s]+)(?::\d{1,5})?$/i.exec(hostHeader)?.[1];
  if (name === undefined) return false;
  const bare = bareName(name);
  return isLoopbackName(bare) || hosts.some((host) => host !== '' && bareName(host) === bare);
}

const bareName = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:(?=\d+\.)/, '');

const isLoopbackName = (name: string) =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '::1' ||
  (isIP(name) === 4 && name.startsWith('127.'));

// Behind a host that ends TLS the page is https while this server sees http: the scheme is not compared.
function isOriginOf(origin: string, host: string): boolean {
  const own = [`http://${host}`, `https://${host}`].map((url) => url.toLowerCase());
  return own.includes(origin.toLowerCase());
}
