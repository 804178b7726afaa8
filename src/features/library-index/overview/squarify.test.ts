import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { squarify, type Rect } from './squarify';

const BOUNDS = fc.record({
  x: fc.integer({ min: -50, max: 50 }),
  y: fc.integer({ min: -50, max: 50 }),
  width: fc.integer({ min: 1, max: 1_200 }),
  height: fc.integer({ min: 1, max: 800 }),
});
/** From a byte to a terabyte, with ties. */
const WEIGHTS = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1_000_000_000_000 })),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const NEARLY = 1e-6;

const areaOf = ({ width, height }: Rect) => width * height;
/** How far two spans run into one another. */
const shared = (from: number, length: number, otherFrom: number, otherLength: number) =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

describe('squarify', () => {
  it('gives each weight its share of the area', () => {
    fc.assert(
      fc.property(WEIGHTS, BOUNDS, (weights, bounds) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const rects = squarify(weights, bounds);
        expect(rects).toHaveLength(weights.length);
        for (const [index, rect] of rects.entries()) {
          const wanted = ((weights[index] ?? 0) / total) * areaOf(bounds);
          expect(Math.abs(areaOf(rect) - wanted)).toBeLessThanOrEqual(NEARLY * areaOf(bounds));
        }
      }),
    );
  });

  it('stays within the bounds, and no two overlap', () => {
    fc.assert(
      fc.property(WEIGHTS, BOUNDS, (weights, bounds) => {
        const rects = squarify(weights, bounds);
        for (const [index, rect] of rects.entries()) {
          expect(rect.x).toBeGreaterThanOrEqual(bounds.x - NEARLY);
          expect(rect.y).toBeGreaterThanOrEqual(bounds.y - NEARLY);
          expect(rect.x + rect.width).toBeLessThanOrEqual(bounds.x + bounds.width + NEARLY);
          expect(rect.y + rect.height).toBeLessThanOrEqual(bounds.y + bounds.height + NEARLY);
          for (const other of rects.slice(index + 1)) {
            const across = shared(rect.x, rect.width, other.x, other.width);
            const down = shared(rect.y, rect.height, other.y, other.height);
            expect(Math.min(across, down)).toBeLessThanOrEqual(NEARLY);
          }
        }
      }),
    );
  });

  it('makes shapes that can be compared: equal weights are near squares', () => {
    for (const rect of squarify(new Array<number>(12).fill(1), { x: 0, y: 0, width: 400, height: 300 })) {
      expect(Math.max(rect.width / rect.height, rect.height / rect.width)).toBeLessThan(1.5);
    }
  });

  it('has no rectangle for nothing', () => {
    expect(squarify([], { x: 0, y: 0, width: 10, height: 10 })).toEqual([]);
  });
});
