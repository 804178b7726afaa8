import type { RequestHandler } from 'msw';
import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { comfyHandlers, type ComfyHandlersOptions } from '@/demo/comfy-handlers';
import { comfyAsset, createComfyLibrary, type ComfyAssetJson } from '@/demo/comfy-library';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { Asset } from '@/domain/asset';
import { isAsset } from '@/domain/asset';
import type { Connection } from '@/domain/connection';
import type { AssetProvider, TagEditor } from '@/providers/provider';
import { createProvider } from '@/providers/registry';

export const COMFY_URL = 'http://comfy.test';
export const ROUGHY_URL = 'http://roughy.test';

export const comfyConnection = (about: Partial<Connection> = {}): Connection => ({
  ...{ id: 'cloud', kind: 'comfy-cloud', label: 'Cloud', baseUrl: COMFY_URL, demo: false },
  ...about,
});

/** A client of the Comfy Cloud at `COMFY_URL`. */
export const comfyProvider = (about: Partial<Connection> = {}, key: string | null = null): TagEditor =>
  createProvider(comfyConnection(about), () => key) as TagEditor;

export const roughyProvider = (): AssetProvider =>
  createProvider(comfyConnection({ id: 'roughy', kind: 'roughy', baseUrl: ROUGHY_URL }), () => 'sk_test');

/** One id for each number, in order. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface PretendNetwork {
  readonly server: SetupServer;
  readonly use: (...handlers: RequestHandler[]) => void;
  /** Every request of this test in order, such as `DELETE /api/assets/1`. */
  readonly sent: readonly string[];
  /** Those that begin so. */
  readonly requests: (start: string) => readonly string[];
  /** A Comfy Cloud with these assets: ids by place, without previews unless they say so. */
  readonly serveComfy: (
    assets: readonly Partial<ComfyAssetJson>[],
    options?: Partial<ComfyHandlersOptions>,
  ) => ReturnType<typeof createComfyLibrary>;
}

/** The network of one test file: whatever a test does not serve fails. */
export function pretendNetwork(): PretendNetwork {
  const server = setupServer();
  const sent: string[] = [];
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    sent.length = 0;
  });
  afterAll(() => server.close());
  server.events.on('request:start', ({ request }) => {
    const { pathname, search } = new URL(request.url);
    // Asked for by the browser's CORS rules, not by us.
    if (request.method !== 'OPTIONS') sent.push(`${request.method} ${pathname}${search}`);
  });
  return {
    server,
    use: (...handlers) => server.use(...handlers),
    sent,
    requests: (start) => sent.filter((each) => each.startsWith(start)),
    serveComfy: (assets, options = {}) => {
      const library = createComfyLibrary(
        assets.map((asset, index) => comfyAsset({ id: idOf(index + 1), preview_url: null, ...asset })),
      );
      server.use(...comfyHandlers({ baseUrl: COMFY_URL, library, ...options }));
      return library;
    },
  };
}

/** Every readable asset of a library, oldest first: in the order in which the test made them. */
export async function readAssets(provider: AssetProvider): Promise<readonly Asset[]> {
  const { rows } = await provider.listAssets({ ...DEFAULT_QUERY, pageSize: provider.maxPageSize });
  return rows.filter(isAsset).reverse();
}

/** A promise, and the way to keep it. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
