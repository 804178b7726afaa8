import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { NO_FILTERS } from '@/domain/library-query';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';

import { readable, storable } from './storable-text';

const anyText = fc.string({
  unit: fc.constantFrom(
    'a',
    '0',
    '\0',
    '\uE802',
    '\uD83E',
    '\uDD8A',
    '\uE000',
    '\uE800',
    '\uE801',
    '"',
    '\\',
  ),
  maxLength: 6,
});

describe('texts that the database cannot keep', () => {
  it('come back as they were, and no two become the same', () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(storable(left)).not.toMatch(/\0|\p{Surrogate}/u);
        expect(readable(storable(left))).toBe(left);
        expect(storable(left) === storable(right)).toBe(left === right);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are found wherever they are, and what has none is left alone', () => {
    const bytes = new Uint8Array([1]);
    const plain = { list: ['a', 1, null, bytes], more: { deep: true } };
    expect(storable(plain)).toBe(plain);
    const odd = { ['\0']: [{ __proto__: null, a: '\0' }], b: undefined, bytes };
    expect(JSON.stringify(storable(odd))).not.toContain('\\u0000');
    expect(readable(storable(odd))).toEqual(odd);
  });
});

describe('an index of assets with odd ids and names', () => {
  let library: TestLibrary;
  beforeEach(async () => {
    library = await openTestLibrary();
    return () => library.close();
  });

  const ids = ['a', 'a\0b', 'a\0c', 'a\uD83E', 'a\uFFFD'];
  const page = (about: Partial<typeof NO_FILTERS> = {}) =>
    library.call('page', {
      query: {
        ...NO_FILTERS,
        ...about,
        includePublic: true,
        sort: 'name',
        order: 'asc',
        page: 1,
        pageSize: 50,
      },
      now: 0,
    });

  const fill = () =>
    library.fill(
      ids.map((id) =>
        anAsset({
          ...{ id, name: `${id}.png`, tags: [`tag ${id}`], jobId: id, contentHash: `hash ${id}` },
          ...{ metadata: { [id]: id }, previewAssetId: id },
          preview: {
            url: `https://host.test/view?name=${encodeURIComponent(id.replace('\uD83E', ''))}`,
            ...{ access: 'connection', isImage: true, expiresAt: null },
          },
        }),
      ),
    );

  it('has each of them whole', () => {
    fill();
    const assets = library.call('assets', { ids });
    expect(assets.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    for (const { id, name, tags, jobId, contentHash, metadata, previewAssetId } of assets) {
      expect({ name, tags, jobId, contentHash, metadata, previewAssetId }).toEqual({
        ...{ name: `${id}.png`, tags: [`tag ${id}`], jobId: id, contentHash: `hash ${id}` },
        ...{ metadata: { [id]: id }, previewAssetId: id },
      });
    }
  });

  it('finds what has such a tag, and tells its copies apart', () => {
    fill();
    const [, odd = ''] = ids;
    expect(page({ includeTags: [`tag ${odd}`] }).assets.map(({ id }) => id)).toEqual([odd]);
    library.call('write', { assets: [anAsset({ id: 'copy', contentHash: `hash ${odd}` })], pass: 1 });
    const others = library.call('otherCopies', { groups: [[odd], ['a']] });
    expect(others.map(({ id }) => id)).toEqual(['copy']);
  });

  it('takes off none but the one that went', () => {
    fill();
    library.call('retag', { tags: { 'a\0b': ['new'] } });
    library.call('remove', { ids: ['a\0c', 'a\uD83E'] });
    const left = library.call('assets', { ids });
    expect(new Map(left.map(({ id, tags }) => [id, tags]))).toEqual(
      new Map([
        ['a', ['tag a']],
        ['a\0b', ['new']],
        ['a\uFFFD', ['tag a\uFFFD']],
      ]),
    );
  });
});
