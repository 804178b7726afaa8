import fc from 'fast-check';
import { expect, it } from 'vitest';

import { ServerError } from '@/domain/errors';
import { openTestLibrary } from '@/testing/library';
import { PretendLibrary } from '@/testing/pretend-library';
import { indexed, walkOf } from '@/testing/walk-library';

import { build, sync } from './sync';

const TAGS = [['output'], ['input', 'portrait'], ['models', 'secret'], ['secret'], []] as const;

/** What another client does, between two requests of the walk. */
const deed = fc.record({
  at: fc.integer({ min: 1, max: 40 }),
  what: fc.constantFrom('add' as const, 'remove' as const, 'change' as const),
  place: fc.nat(200),
  tags: fc.constantFrom(...TAGS),
});

const world = fc.record({
  kind: fc.constantFrom('comfyui' as const, 'comfy-cloud' as const, 'roughy' as const),
  cursors: fc.boolean(),
  hidden: fc.constantFrom([], ['models']),
  oddTies: fc.boolean(),
  unreadable: fc.constantFrom(0, 0, 2),
  failsEvery: fc.constantFrom(7, 1_000),
  rows: fc.array(fc.record({ tags: fc.constantFrom(...TAGS), tie: fc.boolean() }), { maxLength: 40 }),
  during: fc.array(deed, { maxLength: 25 }),
  between: fc.array(deed, { maxLength: 8 }),
});

const FAILURE = { status: 503, code: null, retryAfterMs: 0 };

type World = typeof world extends fc.Arbitrary<infer Some> ? Some : never;
const add = (at: number) => ({ at, what: 'add' as const, place: 0, tags: TAGS[0] });
const remove = (at: number) => ({ ...add(at), what: 'remove' as const });
const roughyWith = (ties: readonly boolean[], about: Pick<World, 'during' | 'between'>): World => ({
  ...{ kind: 'roughy', cursors: false, hidden: [], oddTies: false, unreadable: 0, failsEvery: 7, ...about },
  rows: ties.map((tie) => ({ tags: TAGS[0], tie })),
});
/** Of two assets of one moment, one stood on the page that had lost a row, and the other right behind it. */
const TIED_AT_AN_EDGE = roughyWith([false, false, false, true, false, false], {
  during: [add(1), add(1), remove(7), add(1)],
  between: [add(1)],
});
/** Behind a row of the very moment up to which everything was known was another of it, made later. */
const TIED_WITH_THE_MARK = roughyWith([false, false, true], {
  during: [add(1), remove(4), add(4), add(4)],
  between: [add(1), add(1), add(1)],
});
/** All that seemed gone in the end was there after all, and what was gone was not among it. */
const TIED_AND_MOVING = roughyWith([false, false, true, true, false, true, true], {
  during: [add(11), add(2), remove(7)],
  between: [],
});
/** Its tag went from one root to another when one of them was counted already. */
const BETWEEN_TWO_COUNTS: World = {
  ...roughyWith([], {
    during: [{ ...add(19), what: 'change', tags: TAGS[1] }, add(4)],
    between: [remove(1)],
  }),
  kind: 'comfy-cloud',
};

it('has what the provider has, whatever happens meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ rows, during, between, failsEvery, ...about }) => {
      const isCloud = about.kind === 'comfy-cloud';
      const isRoughy = about.kind === 'roughy';
      // Rows that nobody can read are counted only: where they are among others that move, counts alone tell too little.
      const moves = about.unreadable === 0;
      const waiting = moves ? [...during].sort((left, right) => left.at - right.at) : [];
      const library = new PretendLibrary({
        ...about,
        cursors: about.cursors && !isRoughy,
        // Only Comfy Cloud is known to hide anything.
        hidden: isCloud ? about.hidden : [],
        pageSize: 5,
        onRequest: (number) => {
          while ((waiting[0]?.at ?? Infinity) <= number) carryOut(waiting.shift());
          if (number % failsEvery === 0)
            throw new ServerError('Sorry', FAILURE, { provider: 'Pretend', requestId: null });
        },
      });
      function carryOut(one: (typeof during)[number] | undefined) {
        if (one === undefined) return;
        const id = library.idAt(one.place);
        if (one.what === 'add') library.add({ tags: isRoughy ? [] : one.tags });
        else if (one.what === 'remove') library.remove(id);
        // What is ready at Roughy does not change.
        else if (!isRoughy) library.change(id, { tags: one.tags });
      }
      for (const { tags, tie } of rows) {
        library.add({ tags: isRoughy ? [] : tags, ...(tie && { createdAt: '2026-01-01T00:00:05Z' }) });
      }
      const index = await openTestLibrary();
      try {
        await build(walkOf(library, index).context, 'scan');
        // The library comes to rest, some time after what was seen of it.
        for (const one of [...waiting.splice(0), ...between]) carryOut(one);
        const before = library.requests.length;
        await sync(walkOf(library, index).context);
        const there = [...library.assets.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
        expect(indexed(index)).toEqual(there);
        expect(index.call('standing', undefined).walk).toBeNull();
        // Even what cannot be found otherwise takes so many passes at most.
        const pages = Math.ceil(library.assets.size / 5) + 1;
        expect(library.since(before).length).toBeLessThan(60 + 16 * pages);
      } finally {
        index.close();
      }
    }),
    {
      numRuns: 60,
      examples: [[TIED_AT_AN_EDGE], [TIED_WITH_THE_MARK], [TIED_AND_MOVING], [BETWEEN_TWO_COUNTS]],
    },
  );
}, 180_000);
