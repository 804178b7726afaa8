import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comfyHandlers, type ComfyHandlersOptions } from './comfy-handlers';
import { comfyAsset, createComfyLibrary, type ComfyAssetJson, type ComfyLibrary } from './comfy-library';

const BASE = 'http://demo.test/folder/comfy';
const UNKNOWN = 'aaaaaaaa-0000-4000-8000-00000000ffff';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

const fox = comfyAsset({
  name: 'Fox.png',
  tags: ['output', 'animal'],
  user_metadata: { base_model: ['SDXL', 'Pony'], rating: 5, notes: null, size: { width: 4, height: 3 } },
});
const owl = comfyAsset({ name: 'owl.png', tags: ['output', 'animal', 'wip'] });
const model = comfyAsset({
  name: 'shared.safetensors',
  tags: ['models'],
  is_public: true,
  is_immutable: true,
});
let library: ComfyLibrary;

function serve(
  options: Partial<ComfyHandlersOptions> = {},
  assets: readonly ComfyAssetJson[] = [fox, owl, model],
) {
  library = createComfyLibrary(assets);
  server.resetHandlers(...comfyHandlers({ baseUrl: BASE, library, ...options }));
}
beforeEach(() => serve());

async function call(path: string, init?: RequestInit) {
  const response = await fetch(`${BASE}${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as unknown) : text,
    headers: response.headers,
  };
}

const sendTags = (method: string, id: string, body: BodyInit, type = 'application/json') =>
  call(`/api/assets/${id}/tags`, { method, body, headers: { 'content-type': type } });

const names = async (query: string) => {
  const { body } = await call(`/api/assets${query}`);
  return (body as { assets: ComfyAssetJson[] }).assets.map(({ name }) => name);
};

describe.each(['cloud', 'oss'] as const)('listing assets, %s', (flavour) => {
  beforeEach(() => serve({ flavour }));

  it.each([
    ['a misspelled parameter', '?include_tag=a'],
    ['a parameter of another contract', '?tags_any=a'],
    ['brackets', '?include_tags[]=a'],
    ['repeated tags', '?include_tags=a&include_tags=b'],
    ['an empty parameter', '?name_contains='],
    ['an empty tag', '?exclude_tags=a,,b'],
    ['limit 0', '?limit=0'],
    ['limit 501', '?limit=501'],
    ['a fractional limit', '?limit=1.5'],
    ['a wordy limit', '?limit=ten'],
    ['a negative offset', '?offset=-1'],
    ['an endless offset', '?offset=99999999999999999999'],
    ['an unknown sort', '?sort=created'],
    ['upper-case order', '?order=DESC'],
    ['a metadata filter that is not JSON', '?metadata_filter=a%3Db'],
    ['a metadata filter that is a list', '?metadata_filter=%5B%5D'],
    ['include_public that is not a boolean', '?include_public=1'],
  ])('refuses %s', async (_, query) => {
    const { status, body } = await call(`/api/assets${query}`);
    expect(status).toBe(400);
    const envelope = { code: 'INVALID_QUERY', message: expect.any(String) as string };
    expect(body).toEqual(
      flavour === 'cloud' ? envelope : { error: { ...envelope, details: { errors: [expect.anything()] } } },
    );
  });

  it('says that an unknown asset is unknown, in its own envelope', async () => {
    const { status, body } = await call(`/api/assets/${UNKNOWN}`);
    expect(status).toBe(404);
    expect(flavour === 'cloud' ? body : (body as { error: unknown }).error).toMatchObject({
      code: 'ASSET_NOT_FOUND',
    });
  });

  it('takes ids in upper case', async () => {
    expect((await call(`/api/assets/${fox.id.toUpperCase()}`)).body).toMatchObject({ id: fox.id });
  });
});

describe('what a list answers', () => {
  it('needs all of the included tags and none of the excluded', async () => {
    expect(await names('?include_tags=output,animal')).toEqual(['owl.png', 'Fox.png']);
    expect(await names('?include_tags=output,animal&exclude_tags=wip,none')).toEqual(['Fox.png']);
    expect(await names('?include_tags=Animal')).toEqual([]);
  });

  it('lists public assets unless told otherwise', async () => {
    expect(await names('')).toContain('shared.safetensors');
    expect(await names('?include_public=false')).not.toContain('shared.safetensors');
  });

  it('finds a part of the name in any case', async () => {
    expect(await names('?name_contains=FOX')).toEqual(['Fox.png']);
    expect(await names('?name_contains=%25')).toEqual([]);
  });

  it.each([
    [{ rating: 5 }, ['Fox.png']],
    [{ rating: '5' }, []],
    [{ base_model: 'Pony' }, ['Fox.png']],
    [{ size: { height: 3, width: 4 } }, ['Fox.png']],
    [{ rating: 5, base_model: 'none' }, []],
    [{ toString: 1 }, []],
  ])('compares metadata %j by value', async (filter, found) => {
    expect(await names(`?metadata_filter=${encodeURIComponent(JSON.stringify(filter))}`)).toEqual(found);
  });

  it('counts all matches and says whether there are more', async () => {
    expect((await call('/api/assets?limit=2&sort=name&order=asc')).body).toMatchObject({
      assets: [{ name: 'Fox.png' }, { name: 'owl.png' }],
      total: 3,
      has_more: true,
    });
    expect((await call('/api/assets?offset=50')).body).toEqual({ assets: [], total: 3, has_more: false });
  });

  it('never shows what only the made-up server knows', async () => {
    expect((await call(`/api/assets/${model.id}`)).body).not.toHaveProperty('is_public');
  });

  it('sends times, nulls and both spellings the way a self-hosted server does', async () => {
    serve({ flavour: 'oss' }, [
      {
        ...fox,
        hash: 'blake3:ab',
        prompt_id: UNKNOWN,
        preview_id: null,
        created_at: '2026-01-01T00:00:00.5Z',
      },
    ]);
    const { body } = await call(`/api/assets/${fox.id}`);
    expect(body).toMatchObject({
      hash: 'blake3:ab',
      asset_hash: 'blake3:ab',
      job_id: UNKNOWN,
      prompt_id: UNKNOWN,
    });
    expect(body).toMatchObject({ created_at: '2026-01-01T00:00:00.5' });
    expect(body).not.toHaveProperty('preview_id');
  });

  it('walks by cursor on self-hosted servers only', async () => {
    serve({ flavour: 'oss' });
    const { body } = await call('/api/assets?limit=2&sort=name&order=asc');
    const cursor = (body as { next_cursor: string }).next_cursor;
    expect(await names(`?limit=2&sort=name&order=asc&after=${cursor}`)).toEqual(['shared.safetensors']);
    expect((await call(`/api/assets?limit=2&sort=size&order=asc&after=${cursor}`)).status).toBe(400);
    expect((await call('/api/assets?after=rubbish')).status).toBe(400);
    expect((await call('/api/assets?limit=1&sort=last_access_time')).body).not.toHaveProperty('next_cursor');
    serve();
    expect((await call('/api/assets?limit=1')).body).not.toHaveProperty('next_cursor');
    expect((await call(`/api/assets?after=${cursor}`)).status).toBe(400);
  });

  it.each(['cloud', 'oss'] as const)(
    'leads a newer server’s walk by cursor to its end, %s',
    async (flavour) => {
      serve({ flavour, cursors: true });
      interface Page {
        assets: ComfyAssetJson[];
        next_cursor?: string;
      }
      const first = (await call('/api/assets?limit=2&sort=name&order=asc')).body as Page;
      const cursor = first.next_cursor ?? '';
      const last = await call(`/api/assets?limit=2&sort=name&order=asc&after=${cursor}`);
      expect([...first.assets, ...(last.body as Page).assets].map(({ name }) => name)).toEqual([
        ...['Fox.png', 'owl.png', 'shared.safetensors'],
      ]);
      expect(last.body).toMatchObject({ total: 3, has_more: false });
      expect(last.body).not.toHaveProperty('next_cursor');
    },
  );

  it.each([
    ['that is rubbish', '&after=rubbish'],
    ['of another server', `&after=${btoa('{"offset":2}')}`],
    ['of another sort', '&after=CURSOR&sort=size'],
    ['of the other order', '&after=CURSOR&order=desc'],
    ['beside an unstable sort', '&after=CURSOR&sort=last_access_time'],
  ])('refuses a cursor %s', async (_, change) => {
    serve({ cursors: true });
    const asked = new URLSearchParams({ limit: '1', sort: 'name', order: 'asc' });
    const { next_cursor } = (await call(`/api/assets?${asked.toString()}`)).body as { next_cursor: string };
    for (const [name, value] of new URLSearchParams(change)) {
      asked.set(name, value === 'CURSOR' ? next_cursor : value);
    }
    const { status, body } = await call(`/api/assets?${asked.toString()}`);
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'INVALID_CURSOR' } });
  });

  it('refuses an offset beside a cursor: one of the two would be ignored', async () => {
    serve({ cursors: true });
    const { next_cursor } = (await call('/api/assets?limit=1')).body as { next_cursor: string };
    expect((await call(`/api/assets?limit=1&offset=1&after=${next_cursor}`)).body).toMatchObject({
      code: 'INVALID_QUERY',
    });
  });

  it('can refuse metadata filters as the newest self-hosted builds do', async () => {
    serve({ flavour: 'oss', refusesMetadataFilter: true });
    expect(await call('/api/assets?metadata_filter=%7B%7D')).toMatchObject({
      status: 400,
      body: { error: { code: 'UNSUPPORTED_PARAM' } },
    });
  });
});

describe('keys', () => {
  it('are compared when one is set', async () => {
    serve({ apiKey: 'comfyui-right' });
    const ask = (headers: HeadersInit) => call('/api/user', { headers });
    expect(await ask({})).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
    expect((await ask({ 'x-api-key': 'comfyui-wrong' })).status).toBe(401);
    expect(await ask({ 'x-api-key': 'comfyui-right' })).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
  });

  it('must not be sent to a self-hosted server', async () => {
    serve({ flavour: 'oss' });
    expect((await call('/api/assets', { headers: { 'x-api-key': 'comfyui-mine' } })).status).toBe(400);
  });
});

describe('deleting', () => {
  it('answers 204 without a body, then 404', async () => {
    const first = await call(`/api/assets/${fox.id}`, { method: 'DELETE' });
    expect([first.status, first.body, first.headers.get('content-type')]).toEqual([204, '', null]);
    expect((await call(`/api/assets/${fox.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await call(`/api/assets/${fox.id}`)).status).toBe(404);
    expect(await names('?sort=name')).not.toContain('Fox.png');
  });

  it('refuses what is immutable and keeps it', async () => {
    const { status, body } = await call(`/api/assets/${model.id}`, { method: 'DELETE' });
    expect([status, body]).toEqual([409, { code: 'ASSET_IMMUTABLE', message: expect.any(String) as string }]);
    expect(library.get(model.id)).not.toBeNull();
  });

  it('accepts neither query nor body', async () => {
    expect((await call(`/api/assets/${fox.id}?delete_content=true`, { method: 'DELETE' })).status).toBe(400);
    expect((await call(`/api/assets/${fox.id}`, { method: 'DELETE', body: '{}' })).status).toBe(400);
    expect(library.get(fox.id)).not.toBeNull();
  });

  it.each(['/api/assets/nope', '/api/assets/', '/api/asset', `/api/assets/${fox.id}/`])(
    'has no %s',
    async (path) => {
      expect(await call(path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      serve({ flavour: 'oss' });
      expect(await call(path)).toMatchObject({ status: 404, body: '' });
    },
  );
});

describe('tags of an asset', () => {
  it('are removed and reported one by one', async () => {
    const { status, body } = await sendTags(
      'DELETE',
      owl.id,
      JSON.stringify({ tags: ['wip', 'nope', 'wip'] }),
    );
    expect(status).toBe(200);
    expect(body).toEqual({ removed: ['wip'], not_present: ['nope'], total_tags: ['output', 'animal'] });
    expect(library.get(owl.id)?.tags).toEqual(['output', 'animal']);
  });

  it('are added and reported one by one', async () => {
    const { body } = await sendTags('POST', owl.id, JSON.stringify({ tags: [' new ', 'wip'] }));
    expect(body).toEqual({
      added: ['new'],
      already_present: ['wip'],
      total_tags: ['output', 'animal', 'wip', 'new'],
    });
  });

  it.each([
    ['nothing', ''],
    ['rubbish', '{'],
    ['a list', '["wip"]'],
    ['no tags', '{}'],
    ['an empty list', '{"tags":[]}'],
    ['one text', '{"tags":"wip"}'],
    ['numbers', '{"tags":[1]}'],
    ['blank tags', '{"tags":[" "]}'],
    ['something else besides', '{"tags":["wip"],"id":1}'],
  ])('cannot be changed with %s', async (_, body) => {
    for (const method of ['DELETE', 'POST']) {
      expect(await sendTags(method, owl.id, body)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_BODY' },
      });
    }
  });

  it('cannot be changed with another content type, a query, an unknown id or on what is immutable', async () => {
    const body = '{"tags":["wip"]}';
    expect((await sendTags('DELETE', owl.id, body, 'text/plain')).status).toBe(400);
    expect((await sendTags('DELETE', UNKNOWN, body)).status).toBe(404);
    expect((await sendTags('DELETE', model.id, body)).status).toBe(409);
    expect((await call(`/api/assets/${owl.id}/tags?tags=wip`, { method: 'DELETE' })).status).toBe(400);
    expect(library.get(owl.id)?.tags).toContain('wip');
  });
});

describe('all tags', () => {
  it('come with counts, most used first', async () => {
    expect((await call('/api/tags')).body).toEqual({
      tags: [
        { name: 'animal', count: 2 },
        { name: 'output', count: 2 },
        { name: 'models', count: 1 },
        { name: 'wip', count: 1 },
      ],
      total: 4,
      has_more: false,
    });
  });

  it('can be narrowed, ordered and paged', async () => {
    const tagNames = async (query: string) =>
      ((await call(`/api/tags${query}`)).body as { tags: { name: string }[] }).tags.map(({ name }) => name);
    expect(await tagNames('?prefix=o')).toEqual(['output']);
    expect(await tagNames('?order=name_asc&limit=1&offset=1')).toEqual(['models']);
    expect(await tagNames('?include_public=false')).not.toContain('models');
    library.removeTags(owl.id, ['wip']);
    expect(await tagNames('')).not.toContain('wip');
    expect(await tagNames('?include_zero=true')).toContain('wip');
    expect((await call('/api/tags?limit=1001')).status).toBe(400);
  });
});

describe('files', () => {
  it('are drawn, smaller on demand, and looked up by name', async () => {
    const { status, headers, body } = await call(fox.preview_url ?? '');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(body).toContain('width="512"');
    expect((await call(`${fox.preview_url ?? ''}&res=64`)).body).toContain('width="64"');
    expect((await call('/api/view?type=output&filename=gone.png')).status).toBe(404);
    expect((await call('/api/view?type=output')).status).toBe(400);
    expect(
      (await call(`/api/assets/${fox.id}/content?disposition=inline`)).headers.get('content-disposition'),
    ).toBe("inline; filename*=UTF-8''Fox.png");
  });

  it('go with their asset in the cloud and stay on the disk of a self-hosted server', async () => {
    library.remove(fox.id);
    expect((await call(fox.preview_url ?? '')).status).toBe(404);
    serve({ flavour: 'oss' });
    library.remove(fox.id);
    expect((await call(fox.preview_url ?? '')).status).toBe(200);
    expect((await call(`${fox.preview_url ?? ''}&res=64`)).status).toBe(400);
  });
});

it('matches any origin with a wildcard address', async () => {
  serve({ baseUrl: '*/folder/comfy' });
  expect((await call('/api/features')).body).toMatchObject({ assets: true });
});

it('asks for its latency per kind of request', async () => {
  const asked: string[] = [];
  serve({
    latencyMs: (weight) => {
      asked.push(weight);
      return 0;
    },
  });
  await call('/api/assets');
  await call(`/api/assets/${fox.id}`);
  await call(fox.preview_url ?? '');
  expect(asked).toEqual(['list', 'one', 'media']);
});
