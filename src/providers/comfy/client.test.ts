import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { comfyHandlers } from '@/demo/comfy-handlers';
import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { AssetQuery } from '@/domain/asset-query';
import {
  AssetsDisabledError,
  InvalidRequestError,
  NotFoundError,
  NotSentError,
  UnauthorizedError,
  WrongShapeError,
} from '@/domain/errors';
import { sentRequests } from '@/testing/recorded/sent-requests';
import { COMFY_FLAVOURS } from './flavour';
import { createComfyProvider } from './client';

const KEY = 'comfyui-0123456789';
const CLOUD = 'http://cloud.test/some/folder/proxy/comfy-cloud';
const OSS = 'http://oss.test';
const DEFAULTS = 'limit=50&offset=0&sort=created_at&order=desc&include_public=false';

const server = setupServer();
const sent = sentRequests(server);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  sent.length = 0;
});
afterAll(() => server.close());

const query = (changes: Partial<AssetQuery> = {}): AssetQuery => ({ ...DEFAULT_QUERY, ...changes });

function cloud(key: string | null = KEY) {
  const connection = { id: 'c', kind: 'comfy-cloud', label: 'C', baseUrl: CLOUD, demo: false } as const;
  return createComfyProvider(connection, COMFY_FLAVOURS['comfy-cloud'], () => key);
}
function oss(key: string | null = KEY) {
  const connection = { id: 'o', kind: 'comfyui', label: 'O', baseUrl: OSS, demo: false } as const;
  return createComfyProvider(connection, COMFY_FLAVOURS.comfyui, () => key);
}

const library = (count = 3) =>
  createComfyLibrary(
    Array.from({ length: count }, (_, index) =>
      comfyAsset({ tags: ['output', index % 2 === 0 ? 'even' : 'odd'] }),
    ),
  );
const cloudServer = (assets = library()) =>
  server.use(...comfyHandlers({ baseUrl: CLOUD, library: assets, apiKey: KEY, flavour: 'cloud' }));
const ossServer = (assets = library()) =>
  server.use(...comfyHandlers({ baseUrl: OSS, library: assets, flavour: 'oss' }));

const emptyList = (base: string) =>
  server.use(
    http.get(`${base}/api/assets`, () => HttpResponse.json({ assets: [], total: 0, has_more: false })),
  );
const targets = () => sent.map(({ method, target }) => `${method} ${target}`);

describe('listing', () => {
  const answering = (body: unknown) =>
    server.use(http.get(`${OSS}/api/assets`, () => HttpResponse.json(body as null)));

  it('asks for the newest 50 of one’s own, with the key, in the folder of the base URL', async () => {
    cloudServer();
    const page = await cloud().listAssets(query());
    expect(targets()).toEqual([`GET /some/folder/proxy/comfy-cloud/api/assets?${DEFAULTS}`]);
    expect(sent[0]?.headers).toMatchObject({ 'x-api-key': KEY, accept: 'application/json' });
    expect(page).toMatchObject({ total: 3, hasMore: false, nextCursor: null });
    expect(page.rows).toHaveLength(3);
  });

  it('serialises every filter as the specification says', async () => {
    emptyList(OSS);
    await oss().listAssets(
      query({
        text: '50% & more',
        includeTags: ['output', 'client A', 'é/ü'],
        excludeTags: ['draft', ' '],
        metadata: [
          { key: 'project', value: 'x=1' },
          { key: 'rating', value: '5' },
          { key: 'zip', value: '007' },
          { key: 'quoted', value: '"5"' },
          { key: 'done', value: 'true' },
        ],
        includePublic: true,
        sort: 'last_access_time',
        order: 'asc',
        page: 3,
        pageSize: 250,
      }),
    );
    const filter = encodeURIComponent('{"project":"x=1","rating":5,"zip":"007","quoted":"5","done":true}');
    expect(targets()).toEqual([
      `GET /api/assets?include_tags=output,client%20A,%C3%A9%2F%C3%BC&exclude_tags=draft&name_contains=50%25%20%26%20more` +
        `&metadata_filter=${filter}&limit=250&offset=500&sort=last_access_time&order=asc&include_public=true`,
    ]);
  });

  it('filters on a key like any other, even __proto__', async () => {
    emptyList(OSS);
    await oss().listAssets(query({ metadata: [{ key: '__proto__', value: 'x' }] }));
    expect(new URLSearchParams(sent[0]?.target.split('?')[1]).get('metadata_filter')).toBe(
      '{"__proto__":"x"}',
    );
  });

  it('never sends a key to a server that has none', async () => {
    ossServer();
    await oss().listAssets(query());
    expect(sent[0]?.headers).not.toHaveProperty('x-api-key');
    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    { page: 1, pageSize: 0, expected: 'limit=1&offset=0' },
    { page: 2, pageSize: 9999, expected: 'limit=500&offset=500' },
    { page: -3, pageSize: 20, expected: 'limit=20&offset=0' },
    { page: NaN, pageSize: NaN, expected: 'limit=1&offset=0' },
    { page: 1e300, pageSize: 500, expected: 'limit=500&offset=9007199254740991' },
  ])('keeps page $page of $pageSize within bounds', async ({ expected, ...page }) => {
    emptyList(OSS);
    await oss().listAssets(query(page));
    expect(sent[0]?.target).toContain(`?${expected}&`);
  });

  it('walks pages without holes', async () => {
    ossServer(library(45));
    const ids = new Set<string>();
    for (const page of [1, 2, 3]) {
      const { rows, total, hasMore } = await oss().listAssets(query({ page, pageSize: 20 }));
      expect({ total, hasMore }).toEqual({ total: 45, hasMore: page < 3 });
      for (const row of rows) if (row.type === 'asset') ids.add(row.id);
    }
    expect(ids.size).toBe(45);
  });

  it('goes on behind a cursor instead of at an offset, to the end', async () => {
    ossServer(library(45));
    const ids = new Set<string>();
    let page = await oss().listAssets(query({ pageSize: 20 }), { after: '' });
    for (const row of page.rows) if (row.type === 'asset') ids.add(row.id);
    while (page.nextCursor !== null && sent.length < 9) {
      page = await oss().listAssets(query({ page: 9, pageSize: 20 }), { after: page.nextCursor });
      for (const row of page.rows) if (row.type === 'asset') ids.add(row.id);
    }
    expect(ids.size).toBe(45);
    expect(page).toMatchObject({ hasMore: false, nextCursor: null, total: 45 });
  });

  it.each([
    [{ has_more: true }, { hasMore: true, nextCursor: null }],
    [{ next_cursor: 'c2' }, { hasMore: true, nextCursor: 'c2' }],
    [{ total: 900 }, { hasMore: false, total: 900 }],
  ])('reads %j behind a cursor, where the offset says nothing', async (answer, expected) => {
    answering({ assets: [comfyAsset()], ...answer });
    expect(await oss().listAssets(query(), { after: 'c1' })).toMatchObject(expected);
    expect(sent[0]?.target).toContain('limit=50&after=c1&sort=');
  });

  it('never sends a cursor with a sort that has none', async () => {
    const asked = cloud().listAssets(query({ sort: 'last_access_time' }), { after: 'c1' });
    await expect(asked).rejects.toMatchObject({ name: 'NotSentError', field: 'after' });
    expect(sent).toEqual([]);
  });

  it('refuses tags that the API cannot be asked for, and keys with two values, before anything is sent', async () => {
    const pairs = [
      { key: 'a', value: '1' },
      { key: 'a', value: '2' },
    ];
    await expect(cloud().listAssets(query({ includeTags: ['a,b'] }))).rejects.toBeInstanceOf(NotSentError);
    await expect(cloud().listAssets(query({ excludeTags: ['a,b'] }))).rejects.toMatchObject({
      field: 'excludeTags',
    });
    await expect(cloud().listAssets(query({ metadata: pairs }))).rejects.toMatchObject({ field: 'metadata' });
    expect(sent).toEqual([]);
  });

  it('never sends an empty parameter', async () => {
    emptyList(OSS);
    const text = fc.oneof(fc.constant(''), fc.string({ unit: 'binary' }));
    const tags = fc.array(text.map((value) => value.replaceAll(',', '')));
    await fc.assert(
      fc.asyncProperty(text, tags, tags, async (name, includeTags, excludeTags) => {
        sent.length = 0;
        await oss().listAssets(query({ text: name, includeTags, excludeTags }));
        expect(sent[0]?.target).not.toMatch(/=(&|$)/);
        const parameters = new URL(`${OSS}${sent[0]?.target ?? ''}`).searchParams;
        expect(parameters.get('name_contains') ?? '').toBe(name);
        expect(parameters.getAll('include_tags').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('makes the best of an answer without total or has_more', async () => {
    const assets = [comfyAsset(), comfyAsset()];
    answering({ assets, has_more: true });
    expect(await oss().listAssets(query())).toMatchObject({ total: 3, hasMore: true });
    answering({ assets, total: 9 });
    expect(await oss().listAssets(query())).toMatchObject({ total: 9, hasMore: true });
    answering({ assets, next_cursor: 'abc' });
    expect(await oss().listAssets(query())).toMatchObject({ total: 3, hasMore: true, nextCursor: 'abc' });
    answering({ assets });
    expect(await oss().listAssets(query())).toMatchObject({ total: 2, hasMore: false });
  });

  it.each([
    [{}, 'assets'],
    [{ assets: {} }, 'assets'],
    [{ assets: [], total: 'many' }, 'total'],
    [{ assets: [], total: -1 }, 'total'],
    [{ assets: [], has_more: 1 }, 'has_more'],
    [null, '(the whole of it)'],
  ])('names the field of an envelope that is wrong: %j', async (body, field) => {
    answering(body);
    const error = await oss()
      .listAssets(query())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WrongShapeError);
    expect(error).toMatchObject({ field });
  });

  it('keeps a bad row as a visible one, and lists nothing twice', async () => {
    const good = comfyAsset();
    answering({
      assets: [good, { ...comfyAsset(), id: 'bad', created_at: 'yesterday' }, good, 'junk'],
      total: 4,
      has_more: false,
    });
    const { rows } = await oss().listAssets(query());
    expect(rows).toMatchObject([
      { type: 'asset', id: good.id },
      { type: 'unreadable', id: 'bad', field: 'created_at' },
      { type: 'unreadable', id: null },
    ]);
    expect(new Set(rows.map((row) => (row.type === 'asset' ? row.id : row.rowKey))).size).toBe(3);
  });

  it('tells a wrong key from a refused parameter', async () => {
    cloudServer();
    await expect(cloud('wrong').listAssets(query())).rejects.toBeInstanceOf(UnauthorizedError);
    await expect(cloud(null).listAssets(query())).rejects.toBeInstanceOf(UnauthorizedError);
    expect(sent[1]?.headers).not.toHaveProperty('x-api-key');
    server.use(
      ...comfyHandlers({ baseUrl: OSS, library: library(), flavour: 'oss', refusesMetadataFilter: true }),
    );
    const error = await oss()
      .listAssets(query({ metadata: [{ key: 'a', value: 'b' }] }))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ code: 'UNSUPPORTED_PARAM' });
  });
});

describe('one asset', () => {
  it('is read, with its id encoded', async () => {
    const asset = comfyAsset();
    cloudServer(createComfyLibrary([asset]));
    expect(await cloud().getAsset(asset.id)).toMatchObject({ id: asset.id, name: asset.name });
    await expect(cloud().getAsset('a/../b?c')).rejects.toBeInstanceOf(NotFoundError);
    expect(targets()[1]).toBe('GET /some/folder/proxy/comfy-cloud/api/assets/a%2F..%2Fb%3Fc');
  });

  it('is deleted with an empty request, once; the second time it is already gone', async () => {
    const asset = comfyAsset();
    const assets = createComfyLibrary([asset]);
    cloudServer(assets);
    expect(await cloud().deleteAsset(asset.id)).toBe('deleted');
    expect(assets.get(asset.id)).toBeNull();
    expect(await cloud().deleteAsset(asset.id)).toBe('already-gone');
    const target = `DELETE /some/folder/proxy/comfy-cloud/api/assets/${asset.id}`;
    expect(targets()).toEqual([target, target]);
    expect(sent[0]?.body).toBe('');
    expect(sent[0]?.headers).not.toHaveProperty('content-type');
    expect(sent[0]?.headers).toMatchObject({ 'x-api-key': KEY });
  });

  it('is not called gone because a web server has no such page', async () => {
    const page = () =>
      new HttpResponse('<html>404</html>', { status: 404, headers: { 'Content-Type': 'text/html' } });
    server.use(http.delete(`${OSS}/api/assets/x`, page));
    await expect(oss().deleteAsset('x')).rejects.toMatchObject({ kind: 'not-found', fromApi: false });
  });

  it('stays when it is protected', async () => {
    const asset = comfyAsset({ is_immutable: true });
    cloudServer(createComfyLibrary([asset]));
    await expect(cloud().deleteAsset(asset.id)).rejects.toMatchObject({ kind: 'conflict', status: 409 });
  });

  it('is never deleted without an id', async () => {
    await expect(cloud().deleteAsset('')).rejects.toBeInstanceOf(NotSentError);
    await expect(cloud().deleteAsset('..')).rejects.toBeInstanceOf(NotSentError);
    expect(sent).toEqual([]);
  });
});

describe('tags', () => {
  it('are removed with a DELETE that has a JSON body', async () => {
    const asset = comfyAsset({ tags: ['output', 'draft', 'a,b'] });
    ossServer(createComfyLibrary([asset]));
    expect(await oss().removeTags(asset.id, ['draft', 'a,b', 'never'])).toEqual({
      totalTags: ['output'],
      changed: ['draft', 'a,b'],
      unchanged: ['never'],
    });
    expect(targets()).toEqual([`DELETE /api/assets/${asset.id}/tags`]);
    expect(sent[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(sent[0]?.body).toBe('{"tags":["draft","a,b","never"]}');
  });

  it('are added with a POST', async () => {
    const asset = comfyAsset({ tags: ['output'] });
    cloudServer(createComfyLibrary([asset]));
    expect(await cloud().addTags(asset.id, ['draft', 'output'])).toEqual({
      totalTags: ['output', 'draft'],
      changed: ['draft'],
      unchanged: ['output'],
    });
    expect(targets()).toEqual([`POST /some/folder/proxy/comfy-cloud/api/assets/${asset.id}/tags`]);
    expect(sent[0]?.body).toBe('{"tags":["draft","output"]}');
  });

  it('need no more than total_tags in the answer, but that', async () => {
    server.use(
      http.delete(`${OSS}/api/assets/x/tags`, () => HttpResponse.json({ total_tags: ['a'], removed: null })),
    );
    expect(await oss().removeTags('x', ['b'])).toEqual({ totalTags: ['a'], changed: null, unchanged: null });
    server.use(http.delete(`${OSS}/api/assets/x/tags`, () => HttpResponse.json({ removed: ['b'] })));
    await expect(oss().removeTags('x', ['b'])).rejects.toMatchObject({
      kind: 'wrong-shape',
      field: 'total_tags',
    });
  });

  it('are suggested, most used first', async () => {
    ossServer(library(5));
    const tags = await oss().listTags({ prefix: '' });
    expect(tags).toEqual([
      { name: 'output', count: 5 },
      { name: 'even', count: 3 },
      { name: 'odd', count: 2 },
    ]);
    expect(await oss().listTags({ prefix: 'o' })).toHaveLength(2);
    const rest = 'limit=100&order=count_desc&include_zero=false&include_public=false';
    expect(targets()).toEqual([`GET /api/tags?${rest}`, `GET /api/tags?prefix=o&${rest}`]);
  });

  it.each([404, 405, 501])('are not suggested by a server that answers %i', async (status) => {
    server.use(http.get(`${OSS}/api/tags`, () => new HttpResponse('no', { status })));
    expect(await oss().listTags({ prefix: '' })).toEqual([]);
  });

  it('report any other failure of their list', async () => {
    server.use(http.get(`${OSS}/api/tags`, () => new HttpResponse(null, { status: 500 })));
    await expect(oss().listTags({ prefix: '' })).rejects.toMatchObject({ kind: 'server' });
  });
});

describe('checking a connection', () => {
  it('asks Comfy Cloud whose key it is', async () => {
    cloudServer();
    expect(await cloud().check()).toEqual({
      account: 'active',
      credits: null,
      assetCount: 3,
      version: null,
      features: ['assets'],
    });
    await expect(cloud('wrong').check()).rejects.toBeInstanceOf(UnauthorizedError);
    expect(sent[0]?.target).toBe('/some/folder/proxy/comfy-cloud/api/user');
  });

  it('needs no more of Comfy Cloud than its list', async () => {
    cloudServer();
    server.use(
      http.get(`${CLOUD}/api/user`, () => new HttpResponse(null, { status: 404 })),
      http.get(`${CLOUD}/api/features`, () => new HttpResponse(null, { status: 500 })),
    );
    expect(await cloud().check()).toMatchObject({ account: null, assetCount: 3, features: [] });
    await expect(cloud('wrong').check()).rejects.toBeInstanceOf(UnauthorizedError);
  });

  it('asks ComfyUI whether its assets are on', async () => {
    ossServer();
    expect(await oss().check()).toEqual({
      account: null,
      credits: null,
      assetCount: 3,
      version: '0.33.0',
      features: ['assets'],
    });
    server.use(http.get(`${OSS}/api/features`, () => HttpResponse.json({ assets: false })));
    await expect(oss().check()).rejects.toBeInstanceOf(AssetsDisabledError);
  });

  it('lists one asset of a ComfyUI that does not tell', async () => {
    ossServer(library(1234));
    for (const features of [
      new HttpResponse(null, { status: 404 }),
      HttpResponse.json({ supports_preview: true }),
    ]) {
      server.use(http.get(`${OSS}/api/features`, () => features));
      expect(await oss().check()).toMatchObject({ assetCount: 1234 });
    }
    expect(targets()).toContain('GET /api/assets?limit=1&include_public=false');
  });

  it('names only what is switched on, and what can be a name', async () => {
    ossServer();
    const flags = { assets: true, node_replacements: true, off: false, max_upload_size: 1, '<b>': true };
    server.use(http.get(`${OSS}/api/features`, () => HttpResponse.json(flags)));
    expect((await oss().check()).features).toEqual(['assets', 'node_replacements']);
  });

  it('works with a server that keeps its version to itself', async () => {
    ossServer();
    server.use(http.get(`${OSS}/api/system_stats`, () => HttpResponse.json({ system: 1 })));
    expect(await oss().check()).toMatchObject({ assetCount: 3, version: null });
  });
});

describe('cancelling', () => {
  it('rejects with the caller’s own reason', async () => {
    cloudServer();
    const controller = new AbortController();
    const reason = new Error('typed on');
    const page = cloud().listAssets(query(), { signal: controller.signal });
    controller.abort(reason);
    await expect(page).rejects.toBe(reason);
  });
});
