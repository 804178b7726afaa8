import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, it } from 'vitest';

import type { Asset, AssetPage } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { anAsset } from '@/testing/assets';
import { comfyProvider, idOf } from '@/testing/pretend-network';

import { collectMatching } from './collect';

const COUNT = 100_000;
const PAGE = 500;
/** Node spends eight bytes on each reference where browsers spend four, and an asset has 13 fields. */
const LARGER_REFERENCES = (COUNT * 13 * 4) / 1_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A row as a client makes it of the text of an answer: parts of longer texts, and much that no list needs. */
function rowAt(at: number): Asset {
  const text = JSON.stringify({
    id: idOf(at),
    hash: `blake3:${at.toString(16).padStart(64, '0')}.png`,
    created_at: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString().replace('Z', '456'),
    used_at: new Date(Date.UTC(2026, 5, 1) + at * 1_000).toISOString().replace('Z', '123'),
    metadata: { prompt: `a fox, ${at} `.repeat(50) },
  });
  const row = JSON.parse(text) as Record<'id' | 'hash' | 'created_at' | 'used_at', string>;
  const createdAt = `${row.created_at}Z`;
  return anAsset({
    ...{ id: row.id, name: `ComfyUI_${String(at).padStart(6, '0')}_.png`, metadata: { text } },
    ...{ createdAt, updatedAt: `${row.created_at}Z`, lastAccessedAt: `${row.used_at}Z` },
    ...{ contentHash: row.hash.slice(7, -4), tags: ['output', at % 3 === 0 ? 'draft' : 'final'] },
    preview: {
      ...{ url: `https://host.test/api/view?filename=${at}`, access: 'connection', isImage: true },
      expiresAt: null,
    },
  });
}

it('keeps 100,000 assets in less than 40 MB of a browser', async () => {
  const provider = {
    ...comfyProvider(),
    listAssets: ({ page, pageSize }: typeof DEFAULT_QUERY): Promise<AssetPage> =>
      Promise.resolve({
        rows: Array.from({ length: PAGE }, (_, at) => rowAt((page - 1) * pageSize + at)),
        total: COUNT,
        hasMore: page * pageSize < COUNT,
        nextCursor: page * pageSize < COUNT ? `page ${page}` : null,
      }),
  };
  const before = heapUsed();
  const collected = await collectMatching(provider, DEFAULT_QUERY, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const megabytes = (heapUsed() - before) / 1_000_000;
  expect(collected.assets).toHaveLength(COUNT);
  expect(megabytes).toBeLessThan(40 + LARGER_REFERENCES);
}, 60_000);
