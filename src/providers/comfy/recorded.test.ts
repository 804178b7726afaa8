import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { AssetRow } from '@/domain/asset';
import { recorded, replay } from '@/testing/recorded/replay';
import { sentRequests } from '@/testing/recorded/sent-requests';
import { COMFY_FLAVOURS } from './flavour';
import { createComfyProvider } from './client';

const BASE = 'http://comfyui.test';
const ID = 'e2addfb1-0031-41ff-8b34-b51005b6b430';
const connection = { id: 'o', kind: 'comfyui', label: 'O', baseUrl: BASE, demo: false } as const;
const comfyui = createComfyProvider(connection, COMFY_FLAVOURS.comfyui, () => null);

const server = setupServer();
const sent = sentRequests(server);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  sent.length = 0;
});
afterAll(() => server.close());

const play = (name: string): void => server.use(replay(BASE, recorded(name)));
const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

interface Raw {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly tags: string[];
  readonly hash?: string;
  readonly created_at: string;
  readonly preview_url?: string;
  readonly preview_id?: string;
  readonly job_id?: string;
}

describe('what a real ComfyUI 0.33 sent', () => {
  it('its whole library is read, field by field, in any time zone', async () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(new Date(2026, 10, 20).getTimezoneOffset()).toBe(300);
    play('list-all-322');
    const { rows, total, hasMore } = await comfyui.listAssets({ ...DEFAULT_QUERY, pageSize: 500 });
    expect({ total, hasMore, unreadable: rows.filter((row) => row.type === 'unreadable') }).toEqual({
      total: 322,
      hasMore: false,
      unreadable: [],
    });
    const raw = (recorded('list-all-322').response.body as { assets: Raw[] }).assets;
    const expected = raw.map((row) => ({
      type: 'asset',
      id: row.id,
      name: row.name,
      sizeBytes: row.size,
      tags: row.tags,
      contentHash: row.hash?.replace('blake3:', '') ?? null,
      createdAt: `${row.created_at}Z`,
      jobId: row.job_id ?? null,
      previewAssetId: row.preview_id ?? null,
      protection: null,
      roughy: null,
    }));
    expect(rows).toMatchObject(expected);
    expect(rows.map((row) => (row.type === 'asset' ? row.preview?.url : null))).toEqual(
      raw.map((row) => (row.preview_url === undefined ? undefined : new URL(row.preview_url, BASE).href)),
    );
  });

  it('every kind of file is recognised', async () => {
    play('list-all-322');
    const { rows } = await comfyui.listAssets({ ...DEFAULT_QUERY, pageSize: 500 });
    const kindOf = (name: string) => find(rows, name)?.kind;
    expect(kindOf('disk-model-4.safetensors')).toBe('model');
    expect(kindOf('workflow.json')).toBe('text');
    expect(kindOf('big-3MB.bin')).toBe('other');
    expect(kindOf('noextension')).toBe('other');
    const counts: Record<string, number> = {};
    for (const row of rows) if (row.type === 'asset') counts[row.kind] = (counts[row.kind] ?? 0) + 1;
    expect(counts).toEqual({
      image: 246,
      model: 32,
      text: 23,
      video: 16,
      audio: 1,
      other: 4,
    });
  });

  it('one asset is read whole', async () => {
    play('get-one');
    expect(await comfyui.getAsset(ID)).toEqual({
      type: 'asset',
      id: ID,
      name: 'run_00016_.png',
      kind: 'image',
      sizeBytes: 459,
      mimeType: 'image/png',
      tags: ['output', 'uploaded'],
      contentHash: null,
      createdAt: '2026-11-20T15:52:11.153743Z',
      updatedAt: '2026-11-20T15:52:20.896068Z',
      lastAccessedAt: '2026-11-20T15:52:11.153743Z',
      preview: {
        url: `${BASE}/api/view?type=output&filename=run_00016_.png&subfolder=runs`,
        access: 'connection',
        isImage: true,
        expiresAt: null,
      },
      previewAssetId: null,
      jobId: 'c6c4cb74-ace3-450f-a8dc-b0882dcdca70',
      protection: null,
      metadata: {
        filename: 'runs/run_00016_.png',
        file: {
          filename: 'runs/run_00016_.png',
          content_length: 459,
          format: 'png',
          file_path: '/srv/comfyui/output/runs/run_00016_.png',
          content_type: 'image/png',
          kind: 'image',
          width: 96,
          height: 75,
        },
      },
      roughy: null,
    });
  });

  it.each([
    ['list-page-20', 20, 322, true],
    ['list-empty', 0, 0, false],
    ['list-past-end', 0, 322, false],
    ['list-metadata-filter', 0, 0, false],
  ])('%s is a page', async (name, count, total, hasMore) => {
    play(name);
    const page = await comfyui.listAssets(DEFAULT_QUERY);
    expect({ count: page.rows.length, total: page.total, hasMore: page.hasMore }).toEqual({
      count,
      total,
      hasMore,
    });
  });

  it.each([
    ['list-bad-sort', 'sort'],
    ['list-limit-501', 'limit'],
  ])('%s names the field that is wrong', async (name, field) => {
    play(name);
    expect(await failure(comfyui.listAssets(DEFAULT_QUERY))).toMatchObject({
      kind: 'invalid-request',
      status: 400,
      code: 'INVALID_QUERY',
      message: 'Validation failed.',
      fields: [{ field, message: expect.stringContaining('Input should be') as string }],
    });
  });

  it('a deletion, and the same again', async () => {
    play('delete-one');
    expect(await comfyui.deleteAsset(ID)).toBe('deleted');
    play('delete-again');
    expect(await comfyui.deleteAsset(ID)).toBe('already-gone');
    play('get-after-delete');
    expect(await failure(comfyui.getAsset(ID))).toMatchObject({
      kind: 'not-found',
      code: 'ASSET_NOT_FOUND',
      fromApi: true,
    });
  });

  it.each([
    ['get-unknown', '00000000-0000-4000-8000-000000000000', 'ASSET_NOT_FOUND'],
    ['get-not-uuid', 'nope', null],
  ])('%s is the API’s own 404', async (name, id, code) => {
    play(name);
    expect(await failure(comfyui.getAsset(id))).toMatchObject({ kind: 'not-found', code, fromApi: true });
  });

  it('tags go and come back', async () => {
    play('tags-remove');
    const removal = recorded('tags-remove').request;
    expect(await comfyui.removeTags(ID, ['probe-a', 'never-there'])).toEqual({
      totalTags: ['output', 'uploaded'],
      changed: ['probe-a'],
      unchanged: ['never-there'],
    });
    play('tags-add');
    expect(await comfyui.addTags(ID, ['probe-a'])).toEqual({
      totalTags: ['output', 'probe-a', 'uploaded'],
      changed: ['probe-a'],
      unchanged: [],
    });
    expect(sent[0]).toMatchObject({
      method: removal.method,
      target: removal.path,
      body: JSON.stringify(removal.body),
    });
  });

  it('no tags to remove is an error of the field tags', async () => {
    play('tags-remove-empty');
    expect(await failure(comfyui.removeTags(ID, []))).toMatchObject({
      code: 'INVALID_BODY',
      fields: [{ field: 'tags' }],
    });
  });

  it('87 tags with counts', async () => {
    play('tags');
    const tags = await comfyui.listTags({ prefix: '' });
    expect(tags).toHaveLength(87);
    expect(tags[0]).toEqual({ name: 'uploaded', count: 271 });
  });
});

const find = (rows: readonly AssetRow[], name: string) =>
  rows.flatMap((row) => (row.type === 'asset' && row.name === name ? [row] : []))[0];
