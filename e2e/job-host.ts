import type http from 'node:http';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';

import { getResponse } from 'msw';

import { createComfyLibrary, comfyAsset, type ComfyAssetJson, type ComfyLibrary } from '@/demo/comfy-library';

import { createServer } from '../src/hosting/server';
import { readUpstreams } from '../src/hosting/upstreams';

import { selfHosted } from './fixtures';
import { startPlainServer, type Received } from './plain-server';

/** What happens to one request instead of, or besides, being answered. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Carried out, and the answer lost. */
  | 'answer lost'
  | null;

export interface JobHost {
  readonly url: string;
  readonly library: ComfyLibrary;
  /** Requests for the assets API, in the order in which they arrived. */
  readonly received: readonly Received[];
  readonly deletions: () => readonly string[];
  readonly close: () => void;
}

const NOBODY = 'http://127.0.0.1:9';

/**
 * The built site on a port, and so an origin and a storage, of its own; behind its proxy a ComfyUI with the same strict
 * rules as everywhere, but over real HTTP: thousands of requests would be slow to intercept one by one.
 */
export async function startJobHost({
  assets,
  fault = () => null,
  latencyMs = 2,
}: {
  assets: readonly ComfyAssetJson[];
  fault?: (request: Received) => Fault;
  latencyMs?: number;
}): Promise<JobHost> {
  const library = createComfyLibrary(assets);
  const handlers = selfHosted(library, { baseUrl: 'http://comfy.test' });

  async function answer(request: Received, response: http.ServerResponse) {
    await delay(latencyMs);
    const wrong = fault(request);
    if (wrong !== null && wrong !== 'answer lost') {
      response.writeHead(wrong.status, { 'content-type': 'application/json', ...wrong.headers });
      response.end(JSON.stringify(wrong.body ?? { error: { code: 'MADE_UP', message: 'Made to fail' } }));
      return;
    }
    const { method, path, query, headers, body } = request;
    const found = await getResponse(
      handlers,
      new Request(`http://comfy.test${path}${query}`, {
        method,
        headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
        ...(body !== '' && { body }),
      }),
    );
    if (wrong === 'answer lost') {
      response.destroy();
      return;
    }
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(found.status, Object.fromEntries(found.headers));
    response.end(Buffer.from(await found.arrayBuffer()));
  }

  const upstream = await startPlainServer((request, response) => void answer(request, response));
  const site = createServer({
    siteDir: fileURLToPath(new URL('../dist/', import.meta.url)),
    basePath: '/',
    upstreams: readUpstreams({ COMFY_CLOUD_URL: NOBODY, COMFYUI_URL: upstream.url, ROUGHY_URL: NOBODY }),
    hosts: ['127.0.0.1'],
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  const port = typeof address === 'object' ? address?.port : '';
  return {
    url: `http://127.0.0.1:${port}/?connection=comfyui`,
    library,
    received: upstream.received,
    deletions: () =>
      upstream.received
        .filter(({ method, path }) => method === 'DELETE' && /^\/api\/assets\/[^/]+$/.test(path))
        .map(({ path }) => path.slice('/api/assets/'.length)),
    close: () => {
      site.closeAllConnections();
      site.close();
      upstream.close();
    },
  };
}

/** So many assets of one's own, the newest first in the default order; `name(1)` is the oldest. */
export const grow = (count: number, about: Partial<ComfyAssetJson> = {}): readonly ComfyAssetJson[] =>
  Array.from({ length: count }, (_, index) =>
    comfyAsset({
      id: `10000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      name: `grown-${String(index + 1).padStart(6, '0')}.png`,
      size: 1_000,
      tags: ['output'],
      preview_url: null,
      created_at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
      updated_at: new Date(Date.UTC(2026, 5, 1) + index * 60_000).toISOString(),
      ...about,
    }),
  );
