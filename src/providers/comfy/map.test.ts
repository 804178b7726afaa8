import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readRows } from '../parse';
import { COMFY_FLAVOURS } from './flavour';
import { toAsset } from './map';
import { comfyAsset } from './schema';

const BASE = 'https://host.test/app/proxy/comfyui';
const HEX = '0fbbc907'.repeat(8);
const REQUIRED = {
  id: '11111111-2222-4333-8444-555566667777',
  name: 'fox.png',
  created_at: '2026-01-02T03:04:05Z',
};

const map = (row: object, flavour: keyof typeof COMFY_FLAVOURS = 'comfyui') =>
  toAsset(v.parse(comfyAsset, { ...REQUIRED, ...row }), BASE, COMFY_FLAVOURS[flavour]);
const rowOf = (row: unknown) =>
  readRows(comfyAsset, [row], (read) => toAsset(read, BASE, COMFY_FLAVOURS.comfyui))[0];

describe('a row with nothing but what must be there', () => {
  it('has nulls and empty lists for the rest', () => {
    expect(map({})).toEqual({
      type: 'asset',
      id: REQUIRED.id,
      name: 'fox.png',
      kind: 'image',
      sizeBytes: null,
      mimeType: null,
      tags: [],
      contentHash: null,
      createdAt: '2026-01-02T03:04:05Z',
      updatedAt: null,
      lastAccessedAt: null,
      preview: null,
      previewAssetId: null,
      jobId: null,
      protection: null,
      metadata: {},
      roughy: null,
    });
  });

  it('reads the same when everything else is null', () => {
    const keys = Object.keys(comfyAsset.entries).filter((key) => !(key in REQUIRED));
    expect(map(Object.fromEntries(keys.map((key) => [key, null])))).toEqual(map({}));
  });
});

describe('a row that breaks the contract', () => {
  it.each([
    ['id', 5],
    ['id', ''],
    ['created_at', undefined],
    ['created_at', null],
    ['created_at', 'yesterday'],
    ['created_at', 1773310500],
    ['tags', 'output'],
    ['is_immutable', 'yes'],
  ])('is unreadable and names %s', (field, value) => {
    expect(rowOf({ ...REQUIRED, [field]: value })).toMatchObject({ type: 'unreadable', field });
  });

  it('names the place within a field', () => {
    expect(rowOf({ ...REQUIRED, tags: ['a', 1] })).toMatchObject({ field: 'tags.1', id: REQUIRED.id });
  });

  it('never costs more than itself', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.json().map((text): unknown => JSON.parse(text)),
            fc.record({ id: fc.string(), name: fc.string() }),
          ),
        ),
        (rows) => {
          const read = readRows(comfyAsset, [...rows, REQUIRED], (row) =>
            toAsset(row, BASE, COMFY_FLAVOURS.comfyui),
          );
          expect(read.some((row) => row.type === 'asset' && row.id === REQUIRED.id)).toBe(true);
        },
      ),
    );
  });
});

describe('size', () => {
  it.each([
    [undefined, null],
    [null, null],
    [-1, null],
    ['12', 12],
    ['-12', null],
    ['many', null],
    [true, null],
    [0, 0],
    [6_900_000_000, 6_900_000_000],
  ])('%s reads as %s', (size, expected) => expect(map({ size }).sizeBytes).toBe(expected));

  it('0 means unknown at Comfy Cloud only', () => {
    expect(map({ size: 0 }, 'comfy-cloud').sizeBytes).toBeNull();
    expect(map({ size: '0' }, 'comfy-cloud').sizeBytes).toBeNull();
  });

  it.each([NaN, Infinity, -Infinity])('%s reads as unknown', (size) =>
    expect(map({ size }).sizeBytes).toBeNull(),
  );
});

describe('hash', () => {
  it.each([`blake3:${HEX}`, HEX, HEX.toUpperCase(), `${HEX}.png`, `BLAKE3:${HEX}`, `${HEX}.tar.gz`])(
    '%s reads as the bare hex',
    (hash) => {
      expect(map({ hash }).contentHash).toBe(HEX);
      expect(map({ asset_hash: hash }).contentHash).toBe(HEX);
    },
  );

  it.each(['', 'sha256:abc', 'fox.png', 'blake3:'])('"%s" is none', (hash) =>
    expect(map({ hash }).contentHash).toBeNull(),
  );

  it('prefers the newer spelling, unless it is empty', () => {
    expect(map({ hash: 'a'.repeat(64), asset_hash: HEX }).contentHash).toBe('a'.repeat(64));
    expect(map({ hash: '', asset_hash: HEX }).contentHash).toBe(HEX);
  });

  it('is lower-case hex or null, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(map({ hash }).contentHash ?? 'abc').toMatch(/^[0-9a-f]+$/);
      }),
    );
  });
});

describe('name', () => {
  it.each([
    [
      { name: `${HEX}.png`, user_metadata: { name: 'Fox' }, metadata: { name: 'M' }, display_name: 'D' },
      'Fox',
    ],
    [{ name: `blake3:${HEX}`, metadata: { name: 'M' }, display_name: 'D' }, 'M'],
    [{ name: HEX, user_metadata: { name: 5 }, display_name: 'runs/D.png' }, 'runs/D.png'],
    [{ name: HEX, display_name: `${HEX}.png` }, HEX],
    [{ name: 'fox.png', user_metadata: { name: 'Fox' } }, 'fox.png'],
    [{ name: '', user_metadata: { name: 'Fox' } }, 'Fox'],
    [{ name: ' \u200B\n' }, 'other 11111111'],
    [{ name: null, mime_type: 'video/mp4' }, 'video 11111111'],
    [{ name: undefined, mime_type: 'image/png' }, 'image 11111111'],
    [{ name: 'deadbeef.png' }, 'deadbeef.png'],
  ])('of %j is %s', (row, expected) => expect(map(row).name).toBe(expected));

  it('is never empty', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null), fc.constant(' '), fc.integer());
    fc.assert(
      fc.property(text, text, text, (name, display_name, own) => {
        expect(map({ name, display_name, user_metadata: { name: own } }).name.trim()).not.toBe('');
      }),
    );
  });
});

describe('the rest', () => {
  it('reads old and new spellings of the job', () => {
    expect(map({ prompt_id: 'p' }).jobId).toBe('p');
    expect(map({ job_id: 'j', prompt_id: 'p' }).jobId).toBe('j');
  });

  it('knows what is protected, and takes silence for no', () => {
    expect(map({ is_immutable: true }).protection).toBe('immutable');
    expect(map({ is_immutable: true, is_public: true }).protection).toBe('public');
    expect(map({ is_immutable: false }).protection).toBeNull();
    expect(map({}, 'comfy-cloud').protection).toBeNull();
  });

  it('takes "never" in the spelling of Go for no time', () => {
    expect(map({ last_access_time: '0001-01-01T00:00:00Z' }).lastAccessedAt).toBeNull();
  });

  it('reads MIME types without their parameters', () => {
    expect(map({ mime_type: 'Text/Plain; charset=utf-8' }).mimeType).toBe('text/plain');
  });

  it('keeps what the server read from the file apart from the person’s own pairs', () => {
    const metadata = { width: 96 };
    expect(map({ user_metadata: { a: null }, metadata }).metadata).toEqual({ a: null, file: metadata });
    expect(map({ user_metadata: { file: 'mine' }, metadata }).metadata).toEqual({
      file: 'mine',
      'file (read by the server)': metadata,
    });
  });

  it('keeps a key named __proto__ as a key', () => {
    const user_metadata: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
    const { metadata } = map({ user_metadata, metadata: { width: 1 } });
    expect(Object.keys(metadata)).toEqual(['__proto__', 'file']);
    expect(metadata['polluted']).toBeUndefined();
  });
});
