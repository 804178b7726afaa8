import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { roughyAsset, roughyCut, roughyProject, roughyRender } from './roughy-builders';
import { roughyHandlers } from './roughy-handlers';
import { createRoughyLibrary, type RoughyLibrary } from './roughy-library';

const BASE = 'http://demo.test/folder/roughy';
const KEY = 'sk_right';
const UNKNOWN = '01990000-0000-7000-8000-00000000ffff';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

const podcast = roughyProject({ name: 'Podcast' });
const old = roughyProject({ name: 'Old', state: 'archived' });
const talk = roughyAsset({ project_id: podcast.id });
const film = roughyAsset({ project_id: old.id, type: 'video', extension: 'mp4', content_type: 'video/mp4' });
const broken = roughyAsset({ project_id: podcast.id, state: 'failed', error_code: 'file_corrupt' });
const talkCut = roughyCut({ asset_id: talk.id });
const filmCut = roughyCut({ asset_id: film.id, state: 'failed' });
const talkRender = roughyRender({ asset_id: talk.id, cut_id: talkCut.id });

let library: RoughyLibrary;
beforeEach(() => {
  library = createRoughyLibrary({
    projects: [podcast, old],
    assets: [talk, film, broken],
    cuts: [talkCut, filmCut],
    renders: [talkRender],
  });
  server.resetHandlers(...roughyHandlers({ baseUrl: '*/folder/roughy', library, apiKey: KEY }));
});

interface Body {
  readonly items: { readonly id: string }[];
  readonly total: number;
  readonly download_url: string;
}

async function call(path: string, init: RequestInit = {}) {
  const url = path.startsWith('http') ? path : `${BASE}${path}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${KEY}` }, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : null) as Body,
  };
}

const ids = async (path: string) => (await call(path)).body.items.map(({ id }) => id);

describe('every answer', () => {
  it.each([
    ['/v1/assets', 200],
    ['/v1/assets?limit=0', 422],
    [`/v1/assets/${UNKNOWN}`, 404],
    ['/v1/nowhere', 404],
  ])('carries a request id: %s', async (path, status) => {
    const response = await call(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-request-id')).toMatch(/^req_\d{8}$/);
  });

  it.each([{}, { authorization: 'Bearer sk_wrong' }, { authorization: KEY }, { 'x-api-key': KEY }])(
    'is 401 with %j',
    async (headers) => {
      const { status, body } = await call('/v1/credits/balance', { headers });
      expect([status, body]).toEqual([
        401,
        { error: { code: 'unauthenticated', message: expect.any(String) as string } },
      ]);
    },
  );

  it('tells a good key its balance', async () => {
    expect((await call('/v1/credits/balance')).body).toEqual({ balance: 4585 });
  });
});

describe('what is refused', () => {
  it.each([
    ['/v1/assets?limit=101', 'query.limit'],
    ['/v1/assets?limit=', 'query.limit'],
    ['/v1/assets?offset=-1', 'query.offset'],
    ['/v1/assets?project_id=podcast', 'query.project_id'],
    ['/v1/assets?state=deleted', 'query.state'],
    ['/v1/assets?sort=created_at', 'query.sort'],
    ['/v1/assets?state=ready&state=failed', 'query.state'],
    ['/v1/projects?state=all', 'query.state'],
    ['/v1/cuts?state=cancelled', 'query.state'],
    ['/v1/renders?asset=1', 'query.asset'],
    ['/v1/assets/not-a-uuid', 'path.asset_id'],
    ['/v1/credits/balance?x=1', 'query.x'],
  ])('%s', async (path, field) => {
    const { status, body } = await call(path);
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: { code: 'validation_error', fields: [{ field }] } });
  });

  it('a deletion with a query or a body', async () => {
    expect((await call(`/v1/assets/${talk.id}?force=true`, { method: 'DELETE' })).status).toBe(422);
    const headers = { authorization: `Bearer ${KEY}` };
    expect((await call(`/v1/assets/${talk.id}`, { method: 'DELETE', body: '{}', headers })).status).toBe(422);
    expect(library.getAsset(talk.id)).not.toBeNull();
  });
});

describe('lists', () => {
  it('are newest first, with totals over all pages', async () => {
    expect(await ids('/v1/assets')).toEqual([broken.id, film.id, talk.id]);
    const { body } = await call('/v1/assets?limit=1&offset=1');
    expect(body).toMatchObject({ items: [{ id: film.id }], total: 3, limit: 1, offset: 1 });
  });

  it('filter by project and state', async () => {
    expect(await ids(`/v1/assets?project_id=${podcast.id}`)).toEqual([broken.id, talk.id]);
    expect(await ids(`/v1/assets?project_id=${podcast.id}&state=ready`)).toEqual([talk.id]);
  });

  it('leave the reason of a failure to the detail', async () => {
    const { body } = await call('/v1/assets?state=failed');
    expect(body.items[0]).not.toHaveProperty('error_code');
    expect((await call(`/v1/assets/${broken.id}`)).body).toMatchObject({
      error_code: 'file_corrupt',
      download_url: null,
    });
  });

  it('show active projects unless asked for archived ones', async () => {
    expect(await ids('/v1/projects')).toEqual([podcast.id]);
    expect(await ids('/v1/projects?state=archived')).toEqual([old.id]);
    expect((await call(`/v1/projects/${old.id}`)).body).toMatchObject({ name: 'Old', state: 'archived' });
  });

  it('of cuts and renders filter by asset, project and state', async () => {
    expect(await ids(`/v1/cuts?asset_id=${talk.id}`)).toEqual([talkCut.id]);
    expect(await ids(`/v1/cuts?project_id=${old.id}`)).toEqual([filmCut.id]);
    expect(await ids('/v1/cuts?state=failed')).toEqual([filmCut.id]);
    expect(await ids(`/v1/renders?asset_id=${film.id}`)).toEqual([]);
    expect((await call(`/v1/cuts/${talkCut.id}`)).body).toMatchObject({ asset_id: talk.id });
    expect((await call(`/v1/renders/${talkRender.id}`)).body).toMatchObject({ cut_id: talkCut.id });
  });
});

it('takes cuts and renders along when an asset is deleted', async () => {
  const first = await call(`/v1/assets/${talk.id}`, { method: 'DELETE' });
  expect([first.status, first.text]).toEqual([204, '']);
  expect(await call(`/v1/assets/${talk.id}`, { method: 'DELETE' })).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found', message: 'Asset not found.' } },
  });
  expect(await ids('/v1/cuts')).toEqual([filmCut.id]);
  expect(await ids('/v1/renders')).toEqual([]);
  expect((await call(`/v1/cuts/${talkCut.id}`)).status).toBe(404);
});

describe('media', () => {
  const link = async () => (await call(`/v1/assets/${film.id}`)).body.download_url;

  it('is linked on the address that was called, and needs no key', async () => {
    const url = await link();
    expect(url).toMatch(
      /^http:\/\/demo\.test\/folder\/roughy\/media\/[-\w]+\?X-Amz-Algorithm=AWS4-HMAC-SHA256&/,
    );
    const { status, headers } = await call(url, { headers: {} });
    expect([status, headers.get('content-type')]).toEqual([200, 'video/webm']);
  });

  it('refuses a key: storage is not the API', async () => {
    expect((await call(await link())).status).toBe(400);
  });

  it('is out of reach a quarter of an hour later', async () => {
    const url = await link();
    vi.useFakeTimers({ now: Date.now() + 901_000, toFake: ['Date'] });
    expect((await call(url, { headers: {} })).status).toBe(403);
    vi.useRealTimers();
  });
});
