import fc from 'fast-check';
import { expect, it } from 'vitest';

import { ASSET_KINDS } from '@/domain/asset';
import type { TreemapCell } from '@/library/treemap-cells';

import { layOut } from './treemap-layout';

const cell: fc.Arbitrary<TreemapCell> = fc.record({
  kind: fc.constantFrom(...ASSET_KINDS),
  value: fc.constantFrom('a', 'b', null),
  others: fc.constant(0),
  filters: fc.constant(null),
  count: fc.integer({ min: 1, max: 9 }),
  bytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })),
  unknownSizes: fc.constant(0),
});

it('gives each cell its share of the whole, beside those of its kind, and names each kind once', () => {
  fc.assert(
    fc.property(fc.array(cell), fc.constantFrom('bytes' as const, 'count' as const), (cells, measure) => {
      const placed = layOut(cells, measure, 600, 300);
      const total = cells.reduce((sum, each) => sum + each[measure], 0);
      expect(placed.map((each) => each.cell)).toHaveLength(cells.filter((each) => each[measure] > 0).length);
      for (const { cell, rect } of placed) {
        expect(rect.width * rect.height).toBeCloseTo((cell[measure] / total) * 600 * 300, 3);
      }
      const named = placed.filter(({ first }) => first).map((each) => each.cell.kind);
      expect(named.toSorted()).toEqual([...new Set(placed.map((each) => each.cell.kind))].toSorted());
    }),
  );
});
