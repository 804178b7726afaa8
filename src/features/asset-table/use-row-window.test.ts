import fc from 'fast-check';
import { expect, it } from 'vitest';

import { runsOf } from './use-row-window';

const anyView = fc
  .record({
    count: fc.integer({ min: 1, max: 600 }),
    rowHeight: fc.constantFrom(36, 56, 112),
    height: fc.integer({ min: 100, max: 2_200 }),
    scrolled: fc.double({ min: 0, max: 1, noNaN: true }),
    focused: fc.option(fc.nat(700)),
  })
  .map((view) => ({
    ...view,
    top: Math.floor((view.scrolled * view.count * view.rowHeight) / 160) * 160,
  }));

it('draws every row in view, wherever it is scrolled to until the next step', () => {
  fc.assert(
    fc.property(anyView, fc.nat(159), (view, beyond) => {
      const scrollTop = view.top + beyond;
      const drawn = new Set(runsOf(view).flatMap(([from, end]) => range(from, end)));
      const first = Math.floor(scrollTop / view.rowHeight);
      const end = Math.min(view.count, Math.ceil((scrollTop + view.height) / view.rowHeight));
      expect(range(first, end).filter((index) => !drawn.has(index))).toEqual([]);
    }),
  );
});

it('draws the row that has the focus, no row twice, none that is not there, and in order', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const drawn = runsOf(view).flatMap(([from, end]) => range(from, end));
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      expect(drawn.every((index) => index >= 0 && index < view.count)).toBe(true);
      if (view.focused !== null && view.focused < view.count) expect(drawn).toContain(view.focused);
    }),
  );
});

it('draws few of many', () => {
  const drawn = runsOf({ count: 500, rowHeight: 56, top: 5_600, height: 900, focused: 3 });
  expect(drawn).toEqual([
    [3, 4],
    [92, 127],
  ]);
});

const range = (from: number, end: number) =>
  Array.from({ length: Math.max(0, end - from) }, (_, at) => from + at);
