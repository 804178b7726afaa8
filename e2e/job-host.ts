import type http from 'node:http';
import { fileURLToPath } from 'node:url';

import { getResponse, type RequestHandler } from 'msw';

import { comfyHandlers } from '@/demo/comfy-handlers';
import { createComfyLibrary, comfyAsset, type ComfyAssetJson, type ComfyLibrary } from '@/demo/comfy-library';

import { createServer } from '../src/hosting/server';
import { readUpstreams } from '../src/hosting/upstreams';

import { startPlainServer, type Received } from './plain-server';

/** What happens to one request instead of, or besides, being answered. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Broken off on the way: nothing happens. */
  | 'request lost'
  /** Carried out, and the answer lost behind the proxy, which says so with a 502. */
  | 'answer lost'
  /** Carried out, and never answered. */
  | 'no answer'
  | null;

export interface JobHostOptions {
  readonly assets: readonly ComfyAssetJson[];
  /** Comfy Cloud asks for a key; which one it takes is for `fault` to say. */
  readonly kind?: 'comfyui' | 'comfy-cloud';
  /** Called for each request in the order of arrival; may take its time. */
  readonly fault?: (request: Received) => Fault | Promise<Fault>;
  /** More rows than this it puts on no page, however many are asked for. */
  readonly mostPerPage?: number;
}

export interface JobHost {
  readonly url: string;
  /** Of 20 rows: for all tests to which it does not matter how many there are to draw. */
  readonly shortPage: string;
  /** What it holds at this moment. */
  readonly library: () => ComfyLibrary;
  /** Somebody else adds assets, or changes those that have the same id. */
  readonly put: (assets: readonly ComfyAssetJson[]) => void;
  /** Requests for the assets API, in the order in which they arrived. */
  readonly received: readonly Received[];
  /** Ids asked to be deleted, in the order in which that arrived. */
  readonly deletions: () => readonly string[];
  /** How many assets are left. */
  readonly size: () => number;
  readonly close: () => void;
}

const NOBODY = 'http://127.0.0.1:9';
const BASE_URL = 'http://comfy.test';
const PROXY_FAILURE = {
  error: { code: 'UPSTREAM_UNREACHABLE', message: 'The upstream could not be reached (ECONNRESET).' },
};
const ALL = { includePublic: true, limit: Infinity };

/** The id that a request asks to be deleted; null for any other request. */
export const deletedId = ({ method, path }: Pick<Received, 'method' | 'path'>): string | null =>
  (method === 'DELETE' ? /^\/api\/assets\/([^/]+)$/.exec(path)?.[1] : undefined) ?? null;

/**
 * The built site on a port, and so an origin and a storage, of its own; beside it a provider with the same strict rules
 * as everywhere, but over real HTTP: thousands of requests would be slow to intercept one by one. It answers in the place
 * of the proxy, which has tests of its own: another hop for each request is a good part of what a deletion costs.
 */
export async function startJobHost({
  assets,
  kind = 'comfyui',
  fault = () => null,
  mostPerPage = Infinity,
}: JobHostOptions): Promise<JobHost> {
  let library: ComfyLibrary;
  let handlers: readonly RequestHandler[];
  function hold(all: readonly ComfyAssetJson[]) {
    library = createComfyLibrary(all);
    handlers = comfyHandlers({ baseUrl: BASE_URL, library, flavour: kind === 'comfyui' ? 'oss' : 'cloud' });
  }
  hold(assets);

  async function answer(request: Received, response: http.ServerResponse) {
    const wrong = await fault(request);
    if (wrong === 'request lost') {
      response.destroy();
      return;
    }
    if (wrong !== null && typeof wrong === 'object') {
      response.writeHead(wrong.status, { 'content-type': 'application/json', ...wrong.headers });
      response.end(JSON.stringify(wrong.body ?? { error: { code: 'MADE_UP', message: 'Made to fail' } }));
      return;
    }
    const { method, path, headers, body } = request;
    const query = request.query.replace(
      /\blimit=(\d+)/,
      (_, limit: string) => `limit=${Math.min(+limit, mostPerPage)}`,
    );
    const found = await getResponse(
      [...handlers],
      new Request(`${BASE_URL}${path}${query}`, {
        method,
        headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
        ...(body !== '' && { body }),
      }),
    );
    if (wrong === 'no answer') return;
    if (wrong === 'answer lost') {
      response.writeHead(502, { 'content-type': 'application/json' });
      response.end(JSON.stringify(PROXY_FAILURE));
      return;
    }
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(found.status, Object.fromEntries(found.headers));
    response.end(Buffer.from(await found.arrayBuffer()));
  }

  const site = createServer({
    siteDir: fileURLToPath(new URL('../dist/', import.meta.url)),
    basePath: '/',
    upstreams: readUpstreams({ COMFY_CLOUD_URL: NOBODY, COMFYUI_URL: NOBODY, ROUGHY_URL: NOBODY }),
    hosts: ['127.0.0.1'],
  });
  const received: Received[] = [];
  const baseUrl = `/proxy/${kind}`;
  const server = await startPlainServer((request, response) => {
    if (!request.path.startsWith(`${baseUrl}/`)) {
      site.emit('request', response.req, response);
      return;
    }
    const asked = { ...request, path: request.path.slice(baseUrl.length) };
    received.push(asked);
    answer(asked, response).catch((error: unknown) => {
      response.destroy();
      throw error;
    });
  });
  const url = `${server.url}/?connection=${kind}`;
  return {
    url,
    shortPage: `${url}&size=20`,
    library: () => library,
    put: (more) => {
      const all = new Map([...library.list(ALL).assets, ...more].map((asset) => [asset.id, asset]));
      hold([...all.values()]);
    },
    received,
    deletions: () => received.map(deletedId).filter((id) => id !== null),
    size: () => library.list(ALL).total,
    close: server.close,
  };
}

export const grownId = (number: number): string =>
  `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const grownName = (number: number): string => `grown-${String(number).padStart(6, '0')}.png`;

/** One of `grow`, counted from 1; a higher number was created later. */
export const grown = (number: number, about: Partial<ComfyAssetJson> = {}): ComfyAssetJson =>
  comfyAsset({
    id: grownId(number),
    name: grownName(number),
    size: 1_000,
    tags: ['output'],
    preview_url: null,
    created_at: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
    updated_at: new Date(Date.UTC(2026, 5, 1) + number * 60_000).toISOString(),
    ...about,
  });

/** So many assets of one's own, the newest first in the default order; `grownName(1)` is the oldest. */
export const grow = (count: number, about: Partial<ComfyAssetJson> = {}): readonly ComfyAssetJson[] =>
  Array.from({ length: count }, (_, index) => grown(index + 1, about));

export interface Tap {
  /** To be the `fault` of a host, or a part of one. */
  readonly pass: (request: Received) => Promise<Fault>;
  /** Lets deletions through until there were so many since the start. */
  readonly allow: (total: number) => void;
  readonly open: () => void;
  /** How many deletions wait. */
  readonly waiting: () => number;
  /** Decides about those that wait, in the order of their arrival, as if nothing had held them up. */
  readonly release: (how: (place: number) => Fault) => void;
}

/** Lets only so many deletions through: a test that stops the world at a certain one needs no luck with time. */
export function createTap(allowed: number): Tap {
  const queue: ((fault: Fault) => void)[] = [];
  let passed = 0;
  let most = allowed;
  function flow() {
    while (queue.length > 0 && passed < most) {
      passed += 1;
      queue.shift()?.(null);
    }
  }
  const allow = (total: number) => {
    most = Math.max(most, total);
    flow();
  };
  return {
    pass: (request) =>
      deletedId(request) === null
        ? Promise.resolve(null)
        : new Promise((resolve) => {
            queue.push(resolve);
            flow();
          }),
    allow,
    open: () => allow(Infinity),
    waiting: () => queue.length,
    release: (how) => {
      for (const [place, settle] of queue.splice(0).entries()) settle(how(place));
    },
  };
}
