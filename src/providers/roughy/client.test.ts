import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { roughyAsset, roughyCut, roughyProject, roughyRender } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';
import type { RoughyContents } from '@/demo/roughy-library';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { AssetQuery } from '@/domain/asset-query';
import { NotSentError, UnauthorizedError } from '@/domain/errors';
import { sentRequests } from '@/testing/recorded/sent-requests';
import { createRoughyProvider } from './client';

const KEY = 'sk_0123456789';
const BASE = 'http://roughy.test/app/proxy/roughy';
const PROJECT = '01990000-0000-7000-8000-00001a2b3c4d';
const connection = { id: 'r', kind: 'roughy', label: 'R', baseUrl: BASE, demo: false } as const;

const server = setupServer();
const sent = sentRequests(server);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  sent.length = 0;
});
afterAll(() => server.close());

const client = (key: string | null = KEY) => createRoughyProvider(connection, () => key);
const query = (changes: Partial<AssetQuery> = {}): AssetQuery => ({ ...DEFAULT_QUERY, ...changes });
const project = roughyProject({ id: PROJECT, name: 'Talk 7' });

function serve(contents: Partial<RoughyContents> = {}) {
  const library = createRoughyLibrary({ projects: [project], assets: [], ...contents });
  server.use(...roughyHandlers({ baseUrl: BASE, library, apiKey: KEY }));
  return library;
}
const targets = () =>
  sent.map(({ method, target }) => `${method} ${target.replace('/app/proxy/roughy', '')}`);
const names = async (provider = client()) => {
  const { rows } = await provider.listAssets(query());
  return rows.map((row) => (row.type === 'asset' ? row.name : row.field));
};

describe('listing', () => {
  it('asks for a page by project and state, with the key, and for nothing the API does not know', async () => {
    serve();
    await client().listAssets(
      query({
        text: 'x',
        includeTags: ['a,b'],
        includePublic: true,
        sort: 'size',
        project: PROJECT,
        state: 'ready',
        page: 3,
        pageSize: 500,
      }),
    );
    expect(targets()).toEqual([`GET /v1/assets?project_id=${PROJECT}&state=ready&limit=100&offset=200`]);
    expect(sent[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(sent[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('reads rows and labels them by project, kind, day and the end of the id', async () => {
    const id = '01990000-1111-7000-8000-0000deadbeef';
    serve({
      assets: [
        roughyAsset({
          id,
          project_id: PROJECT,
          type: 'video',
          extension: 'mov',
          content_type: 'video/quicktime',
          created_at: '2026-03-12T23:59:59.123456Z',
          error_code: 'x',
        }),
      ],
    });
    const page = await client().listAssets(query());
    expect(page).toMatchObject({ total: 1, hasMore: false, nextCursor: null });
    expect(page.rows).toEqual([
      {
        type: 'asset',
        id,
        name: 'Talk 7 · Video · 12 Mar 2026 · deadbeef.mov',
        kind: 'video',
        sizeBytes: 5_000_000,
        mimeType: 'video/quicktime',
        tags: [],
        contentHash: null,
        createdAt: '2026-03-12T23:59:59.123456Z',
        updatedAt: null,
        lastAccessedAt: null,
        preview: null,
        previewAssetId: null,
        jobId: null,
        protection: null,
        metadata: {
          type: 'video',
          state: 'ready',
          extension: 'mov',
          content_type: 'video/quicktime',
          language: 'en',
          project_id: PROJECT,
        },
        roughy: {
          state: 'ready',
          projectId: PROJECT,
          projectName: 'Talk 7',
          durationSeconds: 324.412,
          language: 'en',
          errorCode: null,
          errorMessage: null,
        },
      },
    ]);
  });

  it('reads an upload that has not begun, and a state of tomorrow', async () => {
    const bare = {
      type: null,
      extension: null,
      size_bytes: null,
      content_type: null,
      duration_seconds: null,
      language: null,
    } as const;
    serve({
      assets: [
        roughyAsset({
          project_id: PROJECT,
          state: 'thawing',
          created_at: '2026-01-02T00:00:00Z',
          id: '01990000-0000-7000-8000-0000abcd0001',
          ...bare,
        }),
      ],
    });
    const { rows } = await client().listAssets(query());
    expect(rows).toMatchObject([
      {
        name: 'Talk 7 · Upload · 2 Jan 2026 · abcd0001',
        kind: 'other',
        sizeBytes: null,
        roughy: { state: 'thawing', durationSeconds: null },
      },
    ]);
  });

  it.each([
    ['324.412', 324.412],
    ['0', 0],
    ['', null],
    ['abc', null],
    ['-1', null],
    ['Infinity', null],
  ])('reads a duration of "%s" as %s', async (duration_seconds, durationSeconds) => {
    serve({ assets: [roughyAsset({ project_id: PROJECT, duration_seconds })] });
    expect((await client().listAssets(query())).rows).toMatchObject([{ roughy: { durationSeconds } }]);
  });

  it('keeps a bad row as a visible one, and names a broken envelope', async () => {
    serve();
    server.use(
      http.get(`${BASE}/v1/assets`, () =>
        HttpResponse.json({ items: [{ ...roughyAsset(), project_id: null }], total: 1 }),
      ),
    );
    expect(await names()).toEqual(['project_id']);
    server.use(http.get(`${BASE}/v1/assets`, () => HttpResponse.json({ assets: [] })));
    await expect(client().listAssets(query())).rejects.toMatchObject({ kind: 'wrong-shape', field: 'items' });
  });

  it('tells a wrong key, with the request id', async () => {
    serve();
    const error: unknown = await client('sk_wrong')
      .listAssets(query())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnauthorizedError);
    expect(error).toMatchObject({
      code: 'unauthenticated',
      context: { provider: 'Roughy', requestId: expect.stringMatching(/^req_/) as string },
    });
  });

  it('names the field that the API refuses', async () => {
    serve();
    await expect(client().listAssets(query({ project: 'nope' }))).rejects.toMatchObject({
      kind: 'invalid-request',
      status: 422,
      fields: [{ field: 'query.project_id', message: 'must be a UUID' }],
    });
  });
});

describe('project names', () => {
  const asset = roughyAsset({ project_id: PROJECT });

  it('are read once, active and archived, and kept', async () => {
    serve({ assets: [asset] });
    const provider = client();
    await names(provider);
    await names(provider);
    expect(targets().filter((target) => target.includes('projects'))).toEqual([
      'GET /v1/projects?state=active&limit=100&offset=0',
      'GET /v1/projects?state=archived&limit=100&offset=0',
    ]);
  });

  it('are read again for an unknown project, but only once for one that stays unknown', async () => {
    const stranger = roughyAsset({ project_id: '01990000-0000-7000-8000-000099998888' });
    const projects = [project];
    serve({ projects, assets: [asset] });
    const provider = client();
    await names(provider);
    serve({ projects, assets: [asset, stranger] });
    expect((await names(provider)).some((name) => name.startsWith('Project 99998888 · '))).toBe(true);
    await names(provider);
    expect(targets().filter((target) => target.includes('projects'))).toHaveLength(4);
  });

  it('may fail without failing the list', async () => {
    serve({ assets: [asset] });
    server.use(http.get(`${BASE}/v1/projects`, () => new HttpResponse(null, { status: 500 })));
    const { rows } = await client().listAssets(query());
    expect(rows).toMatchObject([
      {
        roughy: { projectName: null },
        name: expect.stringMatching(/^Project 1a2b3c4d · Audio · /) as string,
      },
    ]);
  });

  it('do not swallow the caller’s abort', async () => {
    serve({ assets: [asset] });
    const controller = new AbortController();
    const reason = new Error('left');
    server.use(
      http.get(
        `${BASE}/v1/projects`,
        () => (controller.abort(reason), HttpResponse.json({ items: [], total: 0 })),
      ),
    );
    await expect(client().listAssets(query(), { signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('one asset', () => {
  it('has a signed preview that knows when it ends', async () => {
    const asset = roughyAsset({ project_id: PROJECT, upload_url: 'http://up.test/secret' });
    serve({ assets: [asset] });
    const read = await client().getAsset(asset.id);
    expect(read.preview).toMatchObject({
      access: 'open',
      isImage: false,
      expiresAt: expect.stringMatching(/Z$/) as string,
    });
    const { preview, ...rest } = read;
    expect(JSON.stringify(rest)).not.toContain('http');
    expect(client().previewSource(read, 'full')).toEqual({ type: 'url', url: preview?.url });
    expect(client().previewSource(read, 'thumbnail')).toBeNull();
    sent.length = 0;
    await client().readPreview({ type: 'url', url: preview?.url ?? '' });
    expect(sent[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['javascript:alert(1)', 'audio'],
    ['https://storage.test/x', null],
    [null, 'video'],
  ])('has no preview from %s of type %s', async (download_url, type) => {
    const asset = {
      ...roughyAsset({ project_id: PROJECT, extension: null, content_type: null }),
      type,
      download_url,
    };
    serve();
    server.use(http.get(`${BASE}/v1/assets/${asset.id}`, () => HttpResponse.json(asset)));
    expect((await client().getAsset(asset.id)).preview).toBeNull();
  });

  it('is deleted with an empty request, once; the second time it is already gone', async () => {
    const asset = roughyAsset();
    const library = serve({ assets: [asset] });
    expect(await client().deleteAsset(asset.id)).toBe('deleted');
    expect(library.getAsset(asset.id)).toBeNull();
    expect(await client().deleteAsset(asset.id)).toBe('already-gone');
    expect(targets()).toEqual([`DELETE /v1/assets/${asset.id}`, `DELETE /v1/assets/${asset.id}`]);
    expect(sent[0]).toMatchObject({ body: '', headers: { authorization: `Bearer ${KEY}` } });
    expect(sent[0]?.headers).not.toHaveProperty('content-type');
    await expect(client().deleteAsset('')).rejects.toBeInstanceOf(NotSentError);
  });

  it('says how long to wait when it is being processed', async () => {
    const body = { error: { code: 'asset_processing', message: 'Still processing.', fields: null } };
    server.use(
      http.delete(`${BASE}/v1/assets/x`, () =>
        HttpResponse.json(body, { status: 409, headers: { 'Retry-After': '5' } }),
      ),
    );
    await expect(client().deleteAsset('x')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'asset_processing',
      retryAfterMs: 5000,
    });
  });
});

describe('projects', () => {
  it('come from all pages, active first, with a label when they have no name', async () => {
    const projects = Array.from({ length: 203 }, (_, index) =>
      roughyProject({ state: index === 7 ? 'archived' : 'active' }),
    );
    serve({ projects: [...projects, roughyProject({ id: PROJECT, name: '' })] });
    const read = await client().listProjects();
    expect(read).toHaveLength(204);
    expect(new Set(read.map(({ id }) => id)).size).toBe(204);
    expect(read.filter(({ archived }) => archived)).toEqual([
      { id: projects[7]?.id, name: 'Podcast', archived: true },
    ]);
    expect(read.find(({ id }) => id === PROJECT)?.name).toBe('Project 1a2b3c4d');
    expect(targets().filter((target) => target.includes('active'))).toHaveLength(3);
  });

  it('end even if the server repeats a page for ever', async () => {
    server.use(http.get(`${BASE}/v1/projects`, () => HttpResponse.json({ items: [project], total: 999 })));
    expect(await client().listProjects()).toHaveLength(1);
  });
});

describe('what hangs on assets', () => {
  const [one, two, other, none] = [roughyAsset(), roughyAsset(), roughyAsset(), roughyAsset()] as const;
  const contents = {
    assets: [one, two, other, none],
    cuts: [
      ...Array.from({ length: 120 }, () => roughyCut({ asset_id: one.id })),
      roughyCut({ asset_id: two.id, state: 'failed' }),
      roughyCut({ asset_id: other.id }),
    ],
    renders: [
      roughyRender({ asset_id: one.id, size_bytes: 7, output: { format: 'mp4', resolution: '720p' } }),
      roughyRender({ asset_id: one.id, size_bytes: null, output: {} }),
    ],
  };

  it('is asked for one by one for a few', async () => {
    serve(contents);
    const derived = await client().listDerived([one.id, none.id, one.id]);
    expect([...derived.keys()]).toEqual([one.id, none.id]);
    expect(derived.get(one.id)).toMatchObject({
      subtitlesAtMost: 120,
      renders: expect.arrayContaining([
        expect.objectContaining({ sizeBytes: 7, label: 'mp4 · 720p', state: 'completed', assetId: one.id }),
        expect.objectContaining({ sizeBytes: null, label: '' }),
      ]) as unknown,
    });
    expect(derived.get(one.id)?.cuts).toHaveLength(120);
    expect(derived.get(none.id)).toEqual({ cuts: [], renders: [], subtitlesAtMost: 0 });
    expect(targets().sort()).toEqual(
      [
        `GET /v1/cuts?asset_id=${one.id}&limit=100&offset=0`,
        `GET /v1/cuts?asset_id=${one.id}&limit=100&offset=100`,
        `GET /v1/cuts?asset_id=${none.id}&limit=100&offset=0`,
        `GET /v1/renders?asset_id=${one.id}&limit=100&offset=0`,
        `GET /v1/renders?asset_id=${none.id}&limit=100&offset=0`,
      ].sort(),
    );
  });

  it('is read whole and sorted out for many', async () => {
    serve(contents);
    const derived = await client().listDerived([one.id, two.id, other.id, none.id]);
    expect([...derived.values()].map(({ cuts, subtitlesAtMost }) => [cuts.length, subtitlesAtMost])).toEqual([
      [120, 120],
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
    expect(targets().sort()).toEqual([
      'GET /v1/cuts?limit=100&offset=0',
      'GET /v1/cuts?limit=100&offset=100',
      'GET /v1/renders?limit=100&offset=0',
    ]);
  });

  it('counts nothing of another asset when the server ignores the filter', async () => {
    const all = (items: object[]) => () =>
      HttpResponse.json({ items, total: items.length, limit: 100, offset: 0 });
    server.use(
      http.get(`${BASE}/v1/cuts`, all([roughyCut({ asset_id: one.id }), roughyCut({ asset_id: two.id })])),
      http.get(`${BASE}/v1/renders`, all([])),
    );
    expect((await client().listDerived([two.id])).get(two.id)?.cuts).toHaveLength(1);
  });

  it('is not counted short: a row that cannot be read is an error', async () => {
    serve();
    server.use(http.get(`${BASE}/v1/cuts`, () => HttpResponse.json({ items: [{ id: 'c' }], total: 1 })));
    await expect(client().listDerived([one.id])).rejects.toMatchObject({
      kind: 'wrong-shape',
      field: 'asset_id',
    });
  });
});

describe('checking a connection', () => {
  it('says what the key is worth', async () => {
    serve();
    expect(await client().check()).toMatchObject({ account: 'Ada (ada@example.org)', credits: 4585 });
    expect(targets()).toEqual(['GET /v1/credits/balance', 'GET /v1/assets?limit=1', 'GET /v1/users/me']);
    await expect(client('sk_wrong').check()).rejects.toBeInstanceOf(UnauthorizedError);
    server.use(http.get(`${BASE}/v1/credits/balance`, () => HttpResponse.json({ balance: 1 })));
    server.use(http.get(`${BASE}/v1/users/me`, () => new HttpResponse(null, { status: 403 })));
    expect(await client().check()).toMatchObject({ account: null, credits: 1 });
  });
});
