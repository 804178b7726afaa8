// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset, anyAsset } from '@/testing/assets';

import { frictionOf, planDeletion, totalsOf } from './deletion-plan';

const anyAssets = fc.array(anyAsset, { maxLength: 30 });

describe('planDeletion', () => {
  it('holds every asked asset exactly once, either to delete or left out', () => {
    fc.assert(
      fc.property(anyAssets, (asked) => {
        const plan = planDeletion(asked);
        const planned = [...plan.assets, ...plan.leftOut].map((asset) => asset.id);
        expect(new Set(planned).size).toBe(planned.length);
        expect(new Set(planned)).toEqual(new Set(asked.map((asset) => asset.id)));
      }),
    );
  });

  it('never deletes what is protected, and leaves out nothing else', () => {
    fc.assert(
      fc.property(anyAssets, (asked) => {
        const plan = planDeletion(asked);
        expect(plan.assets.filter((asset) => asset.protection !== null)).toEqual([]);
        expect(plan.leftOut.filter((asset) => asset.protection === null)).toEqual([]);
      }),
    );
  });

  it('counts in its totals only what it deletes', () => {
    fc.assert(
      fc.property(anyAssets, (asked) => {
        const { assets, totals } = planDeletion(asked);
        expect(totals).toEqual(totalsOf(assets));
      }),
    );
  });

  it('takes the newest known version of an asset that is asked for twice', () => {
    const before = anAsset({ protection: null });
    const plan = planDeletion([before, { ...before, protection: 'immutable' }]);
    expect(plan.assets).toEqual([]);
    expect(plan.leftOut).toHaveLength(1);
  });
});

describe('totalsOf', () => {
  it('counts the bytes of each known content once, and of unknown content always', () => {
    fc.assert(
      fc.property(anyAssets, (assets) => {
        const known = assets.filter((asset) => asset.sizeBytes !== null);
        const sizes = new Map(
          known.map((asset, index) => [asset.contentHash ?? index, asset.sizeBytes ?? 0]),
        );
        const expected = [...sizes.values()].reduce((sum, size) => sum + size, 0);
        expect(totalsOf(assets).upToBytes).toBe(expected);
      }),
    );
  });

  it('keeps unknown sizes apart from the sum', () => {
    const assets = [anAsset({ id: 'a', sizeBytes: null }), anAsset({ id: 'b', sizeBytes: 7 })];
    expect(totalsOf(assets)).toMatchObject({ upToBytes: 7, unknownSizes: 1 });
  });

  it('counts a content whose size only one of its assets knows', () => {
    const assets = [null, 7, null].map((sizeBytes, at) =>
      anAsset({ id: `${at}`, contentHash: 'same', sizeBytes }),
    );
    expect(totalsOf(assets)).toMatchObject({ upToBytes: 7, unknownSizes: 2 });
  });

  it('finds the oldest and the newest, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(anyAsset, { minLength: 1 }), (assets) => {
        const times = assets.map((asset) => Date.parse(asset.createdAt));
        const { oldest, newest } = totalsOf(assets);
        expect(Date.parse(oldest ?? '')).toBe(Math.min(...times));
        expect(Date.parse(newest ?? '')).toBe(Math.max(...times));
      }),
    );
  });

  it('compares times of different precision as times', () => {
    const instants = ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.250000Z'];
    const { oldest, newest } = totalsOf(instants.map((createdAt) => anAsset({ createdAt })));
    expect({ oldest, newest }).toEqual({ oldest: '2026-01-01T00:00:00Z', newest: '2026-01-01T00:00:00.5Z' });
  });

  it('counts every asset under its kind, the most frequent first', () => {
    fc.assert(
      fc.property(anyAssets, (assets) => {
        const { kinds } = totalsOf(assets);
        expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(assets.length);
        expect(kinds.map(({ count }) => count)).toEqual(
          kinds.map(({ count }) => count).sort((a, b) => b - a),
        );
        for (const { kind, count } of kinds) {
          expect(assets.filter((asset) => asset.kind === kind)).toHaveLength(count);
        }
      }),
    );
  });

  it('gives zeros and nulls for nothing', () => {
    expect(totalsOf([])).toEqual({ upToBytes: 0, unknownSizes: 0, oldest: null, newest: null, kinds: [] });
  });
});

describe('frictionOf', () => {
  const GB = 1_000_000_000;

  it.each([
    { count: 0, bytes: 0, cascades: 0, friction: 'simple' },
    { count: 1, bytes: 10, cascades: 0, friction: 'simple' },
    { count: 1, bytes: 40 * GB, cascades: 0, friction: 'simple' },
    { count: 1, bytes: 10, cascades: 7, friction: 'simple' },
    { count: 2, bytes: 10, cascades: 0, friction: 'summary' },
    { count: 2, bytes: GB - 1, cascades: 0, friction: 'summary' },
    { count: 2, bytes: GB, cascades: 0, friction: 'typed' },
    { count: 2, bytes: 10, cascades: 1, friction: 'typed' },
    { count: 49, bytes: 49, cascades: 0, friction: 'summary' },
    { count: 50, bytes: 50, cascades: 0, friction: 'typed' },
  ])('is $friction for $count assets with $bytes bytes and $cascades derived items', (row) => {
    const assets = Array.from({ length: row.count }, (_, at) =>
      anAsset({ id: `${at}`, sizeBytes: at === 0 ? row.bytes : 0 }),
    );
    expect(frictionOf(planDeletion(assets), row.cascades)).toBe(row.friction);
  });

  it('goes by what is deleted, not by what was asked for', () => {
    const asked = Array.from({ length: 60 }, (_, at) =>
      anAsset({ id: `${at}`, protection: at < 49 ? null : 'public' }),
    );
    expect(frictionOf(planDeletion(asked), 0)).toBe('summary');
  });

  it('does not take copies of one content for more than it is', () => {
    const copies = ['a', 'b', 'c'].map((id) => anAsset({ id, contentHash: 'same', sizeBytes: 400_000_000 }));
    expect(frictionOf(planDeletion(copies), 0)).toBe('summary');
  });
});
