import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';

import { copyKeyOf } from './copies';
import { copiesLeft, tickable, type CopyGroup } from './copy-ticks';
import { makePlan } from './make-plan';
import type { SeenAsset } from './plan';
import { EMPTY_SELECTION, selectAll, withoutIds, type Selection } from './selection';

const copiesOf = (hash: string, count: number): readonly SeenAsset[] =>
  Array.from({ length: count }, (_, at) =>
    anAsset({ id: `${hash}-${at}`, contentHash: hash, protection: at === 2 ? 'immutable' : null }),
  );
const groupOf = (copies: readonly SeenAsset[], shown: number): CopyGroup => ({
  key: copyKeyOf(copies[0] ?? anAsset()) ?? '',
  count: copies.length,
  copies: copies.slice(0, shown),
});

/** Ticks as the view does it: only what the guard lets through. */
const tick = (group: CopyGroup, selection: Selection, wanted: readonly SeenAsset[]): Selection =>
  selectAll(selection, tickable(group, selection, wanted));

const anyClick = fc.record({
  group: fc.nat(1),
  /** Places among all copies, shown or not: those that are not come from "select all but the keepers". */
  places: fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
  on: fc.boolean(),
});

describe('whatever is clicked', () => {
  it('leaves a copy of every group, and so does the plan that is made of it', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 })),
        fc.nat(6),
        fc.array(anyClick, { maxLength: 25 }),
        fc.array(fc.nat(11), { maxLength: 3 }),
        ([first, second], shown, clicks, gone) => {
          const groups = [copiesOf('aa', first), copiesOf('bb', second)];
          let selection = EMPTY_SELECTION;
          for (const { group, places, on } of clicks) {
            const copies = groups[group] ?? [];
            const wanted = copies.filter((_, at) => places.includes(at));
            selection = on
              ? tick(groupOf(copies, shown), selection, wanted)
              : withoutIds(selection, new Set(wanted.map(({ id }) => id)));
            for (const all of groups) {
              const left = all.filter(({ id }) => !selection.has(id));
              expect(left.length).toBeGreaterThan(0);
              expect(copiesLeft(groupOf(all, shown), selection)).toBe(left.length);
            }
          }
          // Some copies are gone before the plan is made.
          const there = groups.flat().filter((_, at) => !gone.includes(at));
          const otherCopies = there.filter(({ id }) => !selection.has(id));
          const { items } = makePlan(
            {
              connectionId: 'x',
              assets: [...selection.values()],
              action: { type: 'delete' },
              allMatching: false,
            },
            { pinned: new Set(), known: [], keepLastCopies: false, otherCopies, onlyDuplicates: true },
          );
          for (const item of items) {
            const keeper = [...selection.values(), ...there].find(({ id }) => id === item.keptCopyId);
            expect(keeper?.contentHash).toBe(item.contentHash);
            expect(items.some(({ id }) => id === item.keptCopyId)).toBe(false);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('tickable', () => {
  const copies = copiesOf('aa', 3);

  it('lets all but one be ticked', () => {
    expect(tickable(groupOf(copies, 3), EMPTY_SELECTION, copies).map(({ id }) => id)).toEqual([
      'aa-0',
      'aa-1',
    ]);
    const two = groupOf(copies.slice(0, 2), 2);
    expect(tickable(two, EMPTY_SELECTION, two.copies)).toHaveLength(1);
  });

  it('counts the ticked ones that are not shown', () => {
    const [first, second] = copies;
    const selection = selectAll(EMPTY_SELECTION, [second ?? anAsset()]);
    const group = { ...groupOf(copies, 1), count: 2 };
    expect(tickable(group, selection, [first ?? anAsset()])).toEqual([]);
  });
});
