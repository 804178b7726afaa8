import type http from 'node:http';
import sirv from 'sirv';
import { createBoundedServer, type Limits } from './bounded-server.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';
import { Refusal, sendRefusal } from './refusal.ts';
import { parseTarget } from './request-target.ts';
import { securityHeaders } from './security-headers.ts';
import { readSiteConfig } from './site-config.ts';

export interface ServerOptions extends Omit<ProxyOptions, 'mount'> {
  /** Folder of the built site. */
  readonly siteDir: string;
  /** Folder the site is mounted in, such as `/some/folder/`; the root unless given. */
  readonly basePath?: string;
  readonly limits?: Partial<Limits>;
}

/** An HTTP server, not yet listening, for the built site and the proxy beside it. */
export function createServer({
  siteDir,
  basePath = '/',
  limits,
  ...proxyOptions
}: ServerOptions): http.Server {
  const base = `/${basePath}/`.replace(/\/+/g, '/');
  const proxy = createProxy({ ...proxyOptions, mount: `${base}proxy/` });
  const configPath = `${base}config.json`;
  const site = sirv(siteDir, {
    etag: true,
    // The build compresses its files once and well.
    brotli: true,
    gzip: true,
    // File names in assets/ carry a hash of their content; all others keep their name when they change.
    setHeaders: (response, pathname) => {
      const hashed = pathname.startsWith('/assets/');
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  return createBoundedServer((request, response) => {
    if (proxy(request, response)) return;
    const config = readSiteConfig(siteDir);
    const headers = securityHeaders(config.connect);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const target = parseTarget(request.url ?? '');
    if (target === null) sendRefusal(response, badTarget());
    else if (request.method !== 'GET' && request.method !== 'HEAD') sendRefusal(response, readOnly());
    else if (`${target.path}/` === base) {
      // The page's relative addresses are right only with the slash.
      response.writeHead(308, { location: base + target.query }).end();
    } else if (target.path === configPath && config.text !== null) {
      // sirv remembers each file as it was at the start.
      response.writeHead(200, { 'cache-control': 'no-cache', 'content-type': 'application/json' });
      response.end(request.method === 'HEAD' ? '' : config.text);
    } else if (!target.path.startsWith(base)) sendRefusal(response, notFound());
    else {
      request.url = target.path.slice(base.length - 1);
      site(request, response, () => sendRefusal(response, notFound()));
    }
  }, limits);
}

const badTarget = () => new Refusal(400, 'BAD_TARGET', 'The request target is not a plain path.');
const readOnly = () =>
  new Refusal(405, 'METHOD_NOT_ALLOWED', 'The site can only be read.', { allow: 'GET, HEAD' });
const notFound = () => new Refusal(404, 'NOT_FOUND', 'There is no such file.');
