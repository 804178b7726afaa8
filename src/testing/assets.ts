import fc from 'fast-check';

import { ASSET_KINDS, type Asset, type UnreadableRow } from '@/domain/asset';

const PLAIN: Asset = {
  type: 'asset',
  id: 'fox',
  name: 'fox.png',
  kind: 'image',
  sizeBytes: 1_000,
  mimeType: 'image/png',
  tags: [],
  contentHash: null,
  createdAt: '2026-03-12T08:00:00Z',
  updatedAt: null,
  lastAccessedAt: null,
  preview: null,
  previewAssetId: null,
  jobId: null,
  protection: null,
  metadata: {},
  roughy: null,
};

/** An ordinary asset; a test names only what it is about. */
export const anAsset = (about: Partial<Asset> = {}): Asset => ({ ...PLAIN, ...about });

export const unreadableRow = (rowKey = 'row-0'): UnreadableRow => ({
  type: 'unreadable',
  rowKey,
  id: null,
  field: 'created_at',
  problem: 'not a date',
});

/** Any asset, with few enough ids, hashes and tags that they meet. Equal content has equal size. */
export const anyAsset: fc.Arbitrary<Asset> = fc
  .record({
    id: fc.integer({ min: 1, max: 12 }).map((number) => `asset-${number}`),
    kind: fc.constantFrom(...ASSET_KINDS),
    size: fc.option(fc.nat(5_000_000_000)),
    hash: fc.option(fc.nat(5)),
    tags: fc.array(fc.constantFrom('input', 'output', 'draft', 'portrait')),
    created: fc.date({ min: new Date('2020-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
    protection: fc.constantFrom(null, null, null, 'immutable' as const, 'public' as const),
  })
  .map(({ id, kind, size, hash, tags, created, protection }) =>
    anAsset({
      ...{ id, kind, tags, protection, createdAt: created.toISOString() },
      contentHash: hash === null ? null : `hash-${hash}`,
      sizeBytes: size === null || hash === null ? size : (hash + 1) * 1_000,
    }),
  );
