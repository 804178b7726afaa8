import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyAsset } from '@/testing/assets';

import { countTags, isRootTag } from './tags';

it.each(['input', 'output', 'models', 'temp'])('takes %s for a root tag', (tag) => {
  expect(isRootTag(tag)).toBe(true);
});

it.each(['Input', 'model', 'outputs', '', 'constructor', 'checkpoints'])(
  'does not take "%s" for a root tag',
  (tag) => {
    expect(isRootTag(tag)).toBe(false);
  },
);

describe('countTags', () => {
  it('counts the assets that have a tag, however often an asset names it', () => {
    fc.assert(
      fc.property(fc.array(anyAsset), (assets) => {
        const uses = countTags(assets);
        expect(new Set(uses.map((use) => use.name))).toEqual(new Set(assets.flatMap((asset) => asset.tags)));
        for (const { name, count } of uses) {
          expect(assets.filter((asset) => asset.tags.includes(name))).toHaveLength(count);
        }
      }),
    );
  });

  it('puts the most frequent first, then goes by name', () => {
    const assets = [{ tags: ['owl', 'fox'] }, { tags: ['elk', 'fox'] }, { tags: [] }];
    expect(countTags(assets)).toEqual([
      { name: 'fox', count: 2 },
      { name: 'elk', count: 1 },
      { name: 'owl', count: 1 },
    ]);
  });
});
