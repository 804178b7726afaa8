import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asset, AssetRow } from '@/domain/asset';
import { toAsset as toComfyAsset } from './comfy/map';
import { COMFY_FLAVOURS } from './comfy/flavour';
import { comfyAsset } from './comfy/schema';
import { readRows } from './parse';
import { toAsset as toRoughyAsset } from './roughy/map';
import { roughyAsset } from './roughy/schema';

const comfyRow = {
  id: 'fa4256b3-ded6-4221-9334-97f2bca9c672',
  name: 'fox.png',
  display_name: 'Fox',
  hash: 'a'.repeat(64),
  asset_hash: `blake3:${'a'.repeat(64)}.png`,
  size: 1,
  mime_type: 'image/png',
  tags: ['output'],
  user_metadata: { name: 'fox' },
  metadata: { width: 1 },
  preview_url: '/api/view?filename=fox.png',
  preview_id: 'p',
  job_id: 'j',
  prompt_id: 'j',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  last_access_time: '2026-01-02T03:04:05Z',
  is_immutable: false,
  is_public: false,
};
const roughyRow = {
  id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
  project_id: 'p',
  type: 'video',
  state: 'ready',
  extension: 'mp4',
  size_bytes: '1',
  content_type: 'video/mp4',
  duration_seconds: '1.5',
  language: 'en',
  error_code: null,
  error_message: null,
  created_at: '2026-01-02T03:04:05Z',
  download_url: 'https://storage.example/a.mp4',
};

const readComfy = (rows: readonly unknown[]): AssetRow[] =>
  Object.values(COMFY_FLAVOURS).flatMap((flavour) =>
    readRows(comfyAsset, rows, (row) => toComfyAsset(row, 'https://api.example/base', flavour)),
  );
const readRoughy = (rows: readonly unknown[]): AssetRow[] =>
  readRows(roughyAsset, rows, (row) => toRoughyAsset(row, null));

/** As `JSON.parse` makes it: `__proto__` is a key like any other. */
const parsed = (row: object, field: string, json: string): unknown => {
  const others = Object.entries(row).filter(([key]) => key !== field);
  const pairs = [...others.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)];
  return JSON.parse(`{${[...pairs, `${JSON.stringify(field)}:${json}`].join(',')}}`);
};

const NASTY = [
  '1e308',
  '-1',
  '9223372036854775808',
  '1.5',
  '"NaN"',
  '"Infinity"',
  '"1e999"',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud83d"',
  '"\\u202egnp.exe"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '".."',
  '"../../x?y#z"',
  '"javascript:alert(1)"',
  '"data:text/html,<script>alert(1)</script>"',
  '"https://user:pass@evil.example/"',
  '"//evil.example/x"',
  '"0000-00-00T00:00:00Z"',
  '"9999-12-31T23:59:60Z"',
  '"+275760-09-13T00:00:00.001Z"',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}',
  '["__proto__","constructor","toString","a","a"]',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  JSON.stringify('x'.repeat(1_000_000)),
  JSON.stringify(Array.from({ length: 10_000 }, (_, index) => `tag-${index}`)),
];
const json = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

/** What everything beyond this door relies on. */
function expectGood(asset: Asset): void {
  expect(asset.id).not.toBe('');
  expect(asset.name).not.toBe('');
  expect(asset.tags.every((tag) => typeof tag === 'string')).toBe(true);
  expect(new Set(asset.tags).size).toBe(asset.tags.length);
  const size = asset.sizeBytes ?? 0;
  expect(size >= 0 && size <= Number.MAX_SAFE_INTEGER).toBe(true);
  for (const instant of [asset.createdAt, asset.updatedAt, asset.lastAccessedAt]) {
    if (instant !== null) expect(new Date(instant).getTime()).not.toBeNaN();
  }
  const { url = 'https://none' } = asset.preview ?? {};
  expect(url).toMatch(/^https?:\/\//);
  expect(new URL(url)).toMatchObject({ username: '', password: '' });
  const seconds = asset.roughy?.durationSeconds ?? 0;
  expect(seconds >= 0 && seconds <= 1e9).toBe(true);
}

describe.each([
  ['Comfy', comfyRow, readComfy],
  ['Roughy', roughyRow, readRoughy],
] as const)('a hostile row of %s', (_provider, good, read) => {
  const fields = Object.keys(good);

  it('is a good asset or names its field, and the rows beside it stay', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), json, (field, value) => {
        const rows = read([parsed(good, field, value), { ...good, id: 'beside' }]);
        for (const row of rows) {
          if (row.type === 'asset') expectGood(row);
          else
            expect([field, row.field.split('.')[0], row.problem.length <= 200]).toEqual([field, field, true]);
        }
        expect(rows.filter((row) => row.type === 'asset' && row.id === 'beside')).not.toEqual([]);
        expect(Object.prototype).not.toHaveProperty('polluted');
      }),
      { numRuns: 500 },
    );
  });

  it.each(fields)('may have anything nasty in %s', (field) => {
    for (const value of NASTY) {
      for (const row of read([parsed(good, field, value)])) if (row.type === 'asset') expectGood(row);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (row) => {
        const rows = read([row, good]);
        expect(rows.filter(({ type }) => type === 'asset')).not.toEqual([]);
      }),
    );
  });

  it('that comes twice is one asset', () => {
    expect(readRows(roughyAsset, [roughyRow, roughyRow], (row) => toRoughyAsset(row, null))).toHaveLength(1);
    expect(new Set(read([good, good]).map((row) => (row.type === 'asset' ? row.id : '')))).toHaveLength(1);
  });
});
