import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { NO_FILTERS } from '@/domain/library-query';
import { anyFilters, anyLibrary, anyNow } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveFacet } from '@/testing/naive-library';

import { FACET_NAMES } from './facets';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

describe('facets', () => {
  it('count what plain code counts, for any library and any filters', () => {
    fc.assert(
      fc.property(anyLibrary, anyFilters, anyNow, (assets, filters, now) => {
        library.fill(assets);
        const found = library.call('facets', { filters, now, facets: FACET_NAMES });
        for (const name of FACET_NAMES) {
          const values = found[name]?.values.map(({ value, count, bytes, unknownSizes }) => ({
            ...{ value, count, bytes, unknownSizes },
          }));
          expect([name, values]).toEqual([name, naiveFacet(assets, name, filters, now)]);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('name the projects, and say how many values there are besides the most frequent', () => {
    library.fill([
      ...Array.from({ length: 203 }, (_, at) => anAsset({ id: `a${at}`, tags: [`tag-${at}`] })),
      anAsset({ id: 'b', tags: ['tag-150'] }),
      anAsset({
        id: 'c',
        roughy: {
          ...{ state: 'ready', projectId: 'p1', projectName: 'Fox film', durationSeconds: null },
          ...{ language: null, errorCode: null, errorMessage: null },
        },
      }),
    ]);
    const { tag, project } = library.call('facets', {
      ...{ filters: NO_FILTERS, now: 0, facets: ['tag', 'project'] },
    });
    expect(tag?.values).toHaveLength(200);
    expect(tag?.values[0]).toEqual({
      value: 'tag-150',
      label: null,
      count: 2,
      bytes: 2_000,
      unknownSizes: 0,
    });
    expect(tag?.more).toBe(3);
    expect(project?.values).toMatchObject([{ value: 'p1', label: 'Fox film', count: 1 }]);
  });
});
