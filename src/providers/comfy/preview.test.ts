import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Asset } from '@/domain/asset';
import { sentRequests } from '@/testing/recorded/sent-requests';
import { createComfyProvider } from './client';
import { COMFY_FLAVOURS } from './flavour';
import { comfyPreview } from './preview';

const FOLDER = 'https://host.test/some/folder/proxy/comfy';
const previewOf = (raw: string | null, base = FOLDER, kind: keyof typeof COMFY_FLAVOURS = 'comfy-cloud') =>
  comfyPreview(raw, true, base, COMFY_FLAVOURS[kind]);

describe('comfyPreview', () => {
  it.each([
    ['/api/view?type=output&filename=a%20b.png', '/api/view?type=output&filename=a%20b.png'],
    ['api/view?filename=a.png', '/api/view?filename=a.png'],
    ['/view?filename=a.png', '/api/view?filename=a.png'],
    ['/assets/1/content', '/api/assets/1/content'],
    ['/api/assets/1/content', '/api/assets/1/content'],
    ['/api/s/1', '/api/s/1'],
    ['https://cloud.comfy.org/api/view?filename=a.png', '/api/view?filename=a.png'],
    ['https://cloud.comfy.org/assets/1/content', '/api/assets/1/content'],
    ['https://host.test/api/view?filename=a.png', '/api/view?filename=a.png'],
    [`${FOLDER}/api/view?filename=a.png`, '/api/view?filename=a.png'],
    ['/api/../../../etc', '/etc'],
    ['/api/%2e%2e/%2e%2e/x', '/x'],
  ])('%s is served by the connection', (raw, path) => {
    expect(previewOf(raw)).toEqual({
      url: FOLDER + path,
      access: 'connection',
      isImage: true,
      expiresAt: null,
    });
    expect(previewOf(raw, 'https://host.test')?.url).toBe(
      raw.startsWith(FOLDER) ? raw : `https://host.test${path}`,
    );
  });

  it('leaves another host alone, with its expiry', () => {
    const url = 'https://storage.test/x?X-Amz-Date=20260312T101500Z&X-Amz-Expires=900';
    expect(previewOf(url)).toEqual({
      url,
      access: 'open',
      isImage: true,
      expiresAt: '2026-03-12T10:30:00.000Z',
    });
    expect(previewOf('//evil.test/api/view')).toMatchObject({
      url: 'http://evil.test/api/view',
      access: 'open',
    });
    expect(previewOf('\\\\evil.test/x')).toMatchObject({ access: 'open' });
    expect(previewOf('https://cloud.comfy.org.evil.test/api/view')).toMatchObject({ access: 'open' });
    expect(previewOf('https://host.test:8443/api/view')).toMatchObject({ access: 'open' });
    expect(previewOf('https://host.test/other/site.png')).toMatchObject({ access: 'open' });
  });

  it('takes Comfy Cloud’s host for its own only at Comfy Cloud', () => {
    expect(previewOf('https://cloud.comfy.org/api/view', FOLDER, 'comfyui')).toMatchObject({
      access: 'open',
    });
  });

  it.each([
    null,
    '',
    ' ',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:https://host.test/1',
    'https://user:pass@cloud.comfy.org/api/view',
    'https://',
    'http://[bad',
  ])('follows nothing from %s', (raw) => expect(previewOf(raw)).toBeNull());

  it('is http(s) for any text, and the key stays below the base URL', () => {
    const url = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.webPath(),
      fc.string().map((text) => `/api/${text}`),
    );
    fc.assert(
      fc.property(url, (raw) => {
        const preview = previewOf(raw);
        if (preview === null) return;
        expect(preview.url).toMatch(/^https?:\/\//);
        expect(preview.access === 'open' || preview.url.startsWith(`${FOLDER}/`)).toBe(true);
      }),
    );
  });
});

describe('previewSource and readPreview', () => {
  const server = setupServer();
  const sent = sentRequests(server);
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    sent.length = 0;
  });
  afterAll(() => server.close());

  const provider = (kind: 'comfy-cloud' | 'comfyui', readKey: () => string | null = () => 'secret-key') =>
    createComfyProvider(
      { id: 'c', kind, label: 'C', baseUrl: FOLDER, demo: false },
      COMFY_FLAVOURS[kind],
      readKey,
    );
  const asset = (url: string, changes: Partial<Asset> = {}): Asset => ({
    type: 'asset',
    id: '1',
    name: 'a.png',
    kind: 'image',
    sizeBytes: 1,
    mimeType: 'image/png',
    tags: [],
    contentHash: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: null,
    lastAccessedAt: null,
    preview: { url, access: url.startsWith(FOLDER) ? 'connection' : 'open', isImage: true, expiresAt: null },
    previewAssetId: null,
    jobId: null,
    protection: null,
    metadata: {},
    roughy: null,
    ...changes,
  });
  const VIEW = `${FOLDER}/api/view?filename=a%20b.png`;

  it('asks each server for a small picture in its own way', () => {
    expect(provider('comfy-cloud').previewSource(asset(VIEW), 'thumbnail')).toEqual({
      type: 'authenticated',
      url: `${VIEW}&res=512`,
    });
    expect(provider('comfyui').previewSource(asset(VIEW), 'thumbnail')).toEqual({
      type: 'url',
      url: `${VIEW}&preview=webp;80`,
    });
    expect(provider('comfyui').previewSource(asset(VIEW), 'full')).toEqual({ type: 'url', url: VIEW });
  });

  it.each(['a.svg', 'a.gif', 'a'])('asks ComfyUI for %s as it is', (name) => {
    const url = `${FOLDER}/api/view?filename=${name}`;
    const mimeType = name === 'a' ? null : `image/${name.slice(2)}`;
    expect(provider('comfyui').previewSource(asset(url, { mimeType }), 'thumbnail')?.url).toBe(url);
  });

  it('leaves other routes and other hosts as they are', () => {
    for (const url of [`${FOLDER}/api/assets/1/content`, 'https://storage.test/a.png?X-Amz-Signature=s']) {
      expect(provider('comfy-cloud').previewSource(asset(url), 'thumbnail')?.url).toBe(url);
    }
  });

  it('needs the key only where it may go, and only while there is one', () => {
    let key: string | null = 'secret-key';
    const cloud = provider('comfy-cloud', () => key);
    expect(cloud.previewSource(asset(VIEW), 'full')?.type).toBe('authenticated');
    expect(cloud.previewSource(asset('https://storage.test/a.png'), 'full')?.type).toBe('url');
    key = null;
    expect(cloud.previewSource(asset(VIEW), 'full')?.type).toBe('url');
  });

  it('has no thumbnail of what is no picture', () => {
    const film = asset(VIEW, {
      kind: 'video',
      preview: { url: VIEW, access: 'connection', isImage: false, expiresAt: null },
    });
    expect(provider('comfyui').previewSource(film, 'thumbnail')).toBeNull();
    expect(provider('comfyui').previewSource(film, 'full')).toEqual({ type: 'url', url: VIEW });
    expect(provider('comfyui').previewSource(asset(VIEW, { preview: null }), 'full')).toBeNull();
  });

  it('reads bytes with the key from the connection, and never from elsewhere', async () => {
    server.use(
      http.get(`${FOLDER}/api/view`, () => HttpResponse.text('pixels')),
      http.get('https://storage.test/a.png', () => HttpResponse.text('signed')),
    );
    const cloud = provider('comfy-cloud');
    expect(await (await cloud.readPreview({ type: 'authenticated', url: VIEW })).text()).toBe('pixels');
    expect(
      await (
        await cloud.readPreview({ type: 'url', url: 'https://storage.test/a.png' }, { maxBytes: 3 })
      ).text(),
    ).toBe('sig');
    await cloud.readPreview({ type: 'authenticated', url: 'https://storage.test/a.png' });
    expect(sent.map(({ headers }) => headers['x-api-key'])).toEqual(['secret-key', undefined, undefined]);
    expect(sent[1]?.headers['range']).toBe('bytes=0-2');
  });
});
