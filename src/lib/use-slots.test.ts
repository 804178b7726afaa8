import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { slotsByIdentity, slotsInPlace } from './use-slots';

const step = fc.record({
  ids: fc.uniqueArray(fc.stringMatching(/^[a-h]{1,2}$/), { maxLength: 12 }),
  replaced: fc.boolean(),
});

describe('slots', () => {
  it('are one for each id, kept by whoever stays or by the place, whichever is asked for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let slots: ReadonlyMap<string, number> = new Map();
        for (const { ids, replaced } of steps) {
          const next = (replaced ? slotsInPlace : slotsByIdentity)(slots, ids);
          expect([...next.keys()]).toEqual(ids);
          expect(new Set(next.values()).size).toBe(ids.length);
          const places = [...slots.values()];
          if (replaced)
            [...next.values()].slice(0, places.length).forEach((slot, at) => expect(slot).toBe(places[at]));
          else for (const id of ids) if (slots.has(id)) expect(next.get(id)).toBe(slots.get(id));
          slots = next;
        }
      }),
    );
  });

  it('of what left go to what is new', () => {
    const first = slotsInPlace(new Map(), ['a', 'b', 'c']);
    expect([...slotsByIdentity(first, ['x', 'b', 'y', 'z']).values()]).toEqual([0, 1, 2, 3]);
  });
});
