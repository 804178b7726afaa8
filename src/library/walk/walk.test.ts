// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RateLimitedError, ServerError, UnauthorizedError } from '@/domain/errors';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { PretendLibrary, type PretendLibraryOptions } from '@/testing/pretend-library';
import { indexed, walkOf } from '@/testing/walk-library';

import { build, sync } from './sync';

const CONTEXT = { provider: 'Pretend', requestId: null };

let index: TestLibrary;
beforeEach(async () => {
  index = await openTestLibrary();
});
afterEach(() => index.close());

const ids = (library: PretendLibrary) => [...library.assets.keys()].sort();
const indexedIds = () => indexed(index).map(({ id }) => id);
const standing = () => index.call('standing', undefined);

function aLibrary(count: number, options: PretendLibraryOptions = {}) {
  const library = new PretendLibrary(options);
  library.addMany(count);
  return library;
}

/** A library that was read, and how many requests the sync after the change took. */
async function syncAfter(library: PretendLibrary, change: () => void) {
  await build(walkOf(library, index).context, 'scan');
  const before = library.requests.length;
  change();
  await sync(walkOf(library, index).context);
  return library.since(before).length;
}

describe('the first scan', () => {
  it.each([
    ['by offset', {}],
    ['by cursor', { cursors: true }],
    ['newest first', { kind: 'roughy' }],
    ['at Comfy Cloud', { kind: 'comfy-cloud' }],
  ] satisfies readonly (readonly [string, PretendLibraryOptions])[])(
    'reads everything %s, as the provider has it',
    async (_, options) => {
      const library = aLibrary(95, options);
      await build(walkOf(library, index).context, 'scan');
      expect(indexed(index)).toEqual(
        [...library.assets.values()].map((asset) => ({ ...asset, preview: null })),
      );
      expect(standing()).toMatchObject({ walk: null, count: 95, complete: { unreadable: 0, gaps: [0] } });
    },
  );

  it('asks for up to four pages at a time, the oldest first', async () => {
    const library = aLibrary(95);
    await build(walkOf(library, index).context, 'scan');
    expect(library.mostInFlight).toBe(4);
    const lists = library.requests.filter(
      ({ query }) => query?.pageSize === 10 && query.sort === 'created_at',
    );
    expect(lists.map(({ query }) => query?.page).slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(lists.map(({ query }) => query?.order))).toEqual(new Set(['asc']));
    // Twice, since an offset may skip rows; the two marks before, and the two fronts after.
    expect(library.requests).toHaveLength(2 + 20 + 2);
  });

  it('asks one after the other by cursor, and once', async () => {
    const library = aLibrary(95, { cursors: true });
    await build(walkOf(library, index).context, 'scan');
    expect(library.mostInFlight).toBe(1);
    expect(library.requests).toHaveLength(2 + 10 + 2);
  });

  it('finds what a list without tags hides, in lists by tag', async () => {
    const library = aLibrary(30, { kind: 'comfy-cloud', hidden: ['models', 'secret'] });
    library.addMany(25, { tags: ['models'] });
    library.addMany(15, { tags: ['secret'] });
    await build(walkOf(library, index).context, 'scan');
    expect(indexedIds()).toEqual(ids(library));
    expect(standing().complete).toMatchObject({ hides: true });
  });

  it('reads the rest of a list by tag only where the index does not have it all', async () => {
    const library = aLibrary(95, { kind: 'comfy-cloud', cursors: true });
    await build(walkOf(library, index).context, 'scan');
    const byTag = library.requests.filter(
      ({ query }) => query?.sort === 'created_at' && query.includeTags.length > 0,
    );
    expect(byTag.map(({ query }) => query?.includeTags)).toEqual([
      ['input'],
      ['output'],
      ['temp'],
      ['models'],
    ]);
    // Their counts say enough.
    expect(byTag.map(({ query }) => query?.pageSize)).toEqual([1, 1, 1, 1]);
  });

  it('counts rows that cannot be read, and does not miss them at the next sync', async () => {
    const library = aLibrary(25, { unreadable: 3 });
    const requests = await syncAfter(library, () => undefined);
    expect(standing()).toMatchObject({ count: 25, complete: { unreadable: 3, gaps: [3] } });
    expect(requests).toBe(2);
  });

  it('goes on exactly where it was stopped', async () => {
    let stop: () => void = () => undefined;
    const library = aLibrary(95, {
      cursors: true,
      onRequest: (number) => {
        if (number === 8) stop();
      },
    });
    const first = walkOf(library, index);
    stop = first.stop;
    await expect(build(first.context, 'scan')).rejects.toThrow('stopped');
    const { walk, complete } = standing();
    expect(complete).toBeNull();
    expect(walk).toMatchObject({ met: 60, total: 95, round: 1 });

    const before = library.requests.length;
    const second = walkOf(library, index);
    await build(second.context, 'scan');
    expect(indexedIds()).toEqual(ids(library));
    // Six pages were read before.
    expect(library.since(before)).toHaveLength(4 + 2);
    expect(second.progress[0]).toMatchObject({ met: 70 });
  });

  it('stops at a key that is refused, and can go on', async () => {
    let refused = true;
    const library = aLibrary(95, {
      onRequest: (number) => {
        if (number > 6 && refused) throw new UnauthorizedError('No', { status: 401, code: null }, CONTEXT);
      },
    });
    await expect(build(walkOf(library, index).context, 'scan')).rejects.toThrow(UnauthorizedError);
    refused = false;
    await build(walkOf(library, index).context, 'scan');
    expect(indexedIds()).toEqual(ids(library));
  });

  it('does not let a page that was asked for before bring back what Winnow deleted or changed', async () => {
    let meanwhile: () => void = () => undefined;
    const library = aLibrary(45, {
      cursors: true,
      onRequest: (number) => {
        if (number === 3) meanwhile();
      },
    });
    const walk = walkOf(library, index);
    const [first = '', second = ''] = ids(library);
    // The page with both is under way, and as it was before.
    meanwhile = () => {
      walk.overlay.gone([first]);
      walk.overlay.retagged(new Map([[second, ['kept']]]));
      queueMicrotask(() => {
        library.remove(first);
        library.assets.set(second, { ...library.assets.get(second)!, tags: ['kept'] });
      });
    };
    const seen: boolean[] = [];
    const onProgress = () => void seen.push(indexedIds().includes(first));
    await build({ ...walk.context, onProgress }, 'scan');
    expect(seen).not.toContain(true);
    expect(indexed(index)).toEqual([...library.assets.values()]);
  });
});

describe('a walk that meets trouble', () => {
  afterEach(() => vi.useRealTimers());

  it('waits as long as it is told to, says so, and goes on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 20 });
    const library = aLibrary(95, {
      onRequest: (number) => {
        if (number !== 5) return;
        throw new RateLimitedError('Slow down', { status: 429, code: null, retryAfterMs: 120_000 }, CONTEXT);
      },
    });
    const walk = walkOf(library, index);
    const began = Date.now();
    const building = build(walk.context, 'scan');
    await vi.waitFor(() => expect(walk.waits).toHaveLength(1));
    expect(walk.waits[0]?.until).toBeGreaterThanOrEqual(began + 120_000);
    const sent = library.requests.length;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(library.requests.length).toBe(sent);
    await vi.advanceTimersByTimeAsync(30_000);
    await building;
    expect(indexedIds()).toEqual(ids(library));
    expect(walk.waits.at(-1)).toBeNull();
  });

  it('gives up on a server that fails for minutes, and can go on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let works = true;
    const library = aLibrary(95, {
      onRequest: (number) => {
        works &&= number < 6;
        if (!works) throw new ServerError('Sorry', { status: 500, code: null, retryAfterMs: null }, CONTEXT);
      },
    });
    const building = expect(build(walkOf(library, index).context, 'scan')).rejects.toThrow(ServerError);
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    await building;
    expect(standing().walk).toMatchObject({ step: expect.any(Number) as number });
  });
});

describe('a sync', () => {
  it('takes two requests when nothing changed', async () => {
    expect(await syncAfter(aLibrary(400, { pageSize: 100 }), () => undefined)).toBe(2);
  });

  it('finds what was added and changed, newest first', async () => {
    const library = aLibrary(400, { pageSize: 100 });
    const requests = await syncAfter(library, () => {
      library.addMany(20);
      library.change(library.idAt(3), { tags: ['changed'] });
      library.change(library.idAt(300), { name: 'changed.png' });
    });
    expect(indexed(index)).toEqual(
      [...library.assets.values()].map((asset) => ({ ...asset, preview: null })),
    );
    expect(requests).toBe(2);
    expect(standing().complete?.lastSync).toMatchObject({ added: 20, changed: 2, gone: 0, requests: 2 });
  });

  it('finds one deletion among 100 pages by halving', async () => {
    const library = aLibrary(1_000, { pageSize: 10 });
    const gone = library.idAt(734);
    const requests = await syncAfter(library, () => library.remove(gone));
    expect(indexedIds()).toEqual(ids(library));
    // Two fronts, seven halvings of 100 pages, the page, and the fronts once more to see that it agrees.
    expect(requests).toBeLessThanOrEqual(2 + 7 + 1 + 2);
    expect(standing().complete?.lastSync).toMatchObject({ added: 0, changed: 0, gone: 1 });
  }, 30_000);

  it.each([
    ['newest first', { kind: 'roughy' }],
    ['by cursor', { cursors: true }],
    ['at Comfy Cloud', { kind: 'comfy-cloud' }],
  ] satisfies readonly (readonly [string, PretendLibraryOptions])[])(
    'finds scattered deletions and additions %s',
    async (_, options) => {
      const library = aLibrary(400, { pageSize: 10, ...options });
      const requests = await syncAfter(library, () => {
        for (const place of [0, 77, 78, 204, 390]) library.remove(library.idAt(place));
        library.addMany(8);
      });
      expect(indexedIds()).toEqual(ids(library));
      expect(requests).toBeLessThan(35);
    },
  );

  it('finds deletions where many were made in one moment, and the server orders these by its own taste', async () => {
    const library = new PretendLibrary({ pageSize: 20, oddTies: true });
    library.addMany(60, { createdAt: '2026-01-01T00:00:00Z' });
    library.addMany(60);
    await syncAfter(library, () => {
      for (const place of [5, 41, 80]) library.remove(library.idAt(place));
    });
    expect(indexedIds()).toEqual(ids(library));
  });

  it('finds deletions where lists hide categories', async () => {
    const library = aLibrary(200, { kind: 'comfy-cloud', hidden: ['models'] });
    library.addMany(80, { tags: ['models'] });
    const requests = await syncAfter(library, () => {
      library.remove(library.idAt(230));
      library.remove(library.idAt(17));
    });
    expect(indexedIds()).toEqual(ids(library));
    expect(requests).toBeLessThan(45);
  });

  it.each([0, 20])('finds what lists without tags hide, beside %i that were so before', async (count) => {
    const library = aLibrary(100, { kind: 'comfy-cloud', hidden: ['models'] });
    library.addMany(count, { tags: ['models'] });
    const requests = await syncAfter(library, () => library.addMany(5, { tags: ['models'] }));
    expect(indexedIds()).toEqual(ids(library));
    // Five lists by what was updated and one by use, and five counts.
    expect(requests).toBe(6 + 5);
  });

  it('reads everything anew when what is missing cannot be found otherwise', async () => {
    const library = aLibrary(60);
    await syncAfter(library, () => {
      // As after a restore: old, and in no list of what is new.
      library.add({ createdAt: '2020-01-01T00:00:00Z', updatedAt: '2020-01-01T00:00:00Z' });
    });
    expect(indexedIds()).toEqual(ids(library));
    expect(standing().walk).toBeNull();
  });

  it('reads anew what was not finished at Roughy, whether it is now or is gone', async () => {
    const library = new PretendLibrary({ kind: 'roughy', pageSize: 10 });
    const pending = library.add();
    const purged = library.add();
    for (const { id, roughy } of [pending, purged]) {
      library.change(id, { roughy: { ...roughy!, state: 'pending_payment' } });
    }
    library.addMany(30);
    const requests = await syncAfter(library, () => {
      library.change(pending.id, { roughy: { ...pending.roughy!, state: 'ready' } });
      library.remove(purged.id);
    });
    expect(indexed(index)).toEqual([...library.assets.values()]);
    expect(requests).toBe(3);
  });

  it('finds all of a sync that was interrupted', async () => {
    let stopAt = { number: Infinity, stop: () => undefined as unknown };
    const library = aLibrary(200, {
      pageSize: 20,
      onRequest: (number) => {
        if (number === stopAt.number) stopAt.stop();
      },
    });
    await build(walkOf(library, index).context, 'scan');
    for (let place = 0; place < 90; place += 1) library.change(library.idAt(place), { name: `new ${place}` });
    const first = walkOf(library, index);
    stopAt = { number: library.requests.length + 3, stop: first.stop };
    await expect(sync(first.context)).rejects.toThrow('stopped');
    await sync(walkOf(library, index).context);
    expect(indexed(index).filter(({ name }) => name.startsWith('new'))).toHaveLength(90);
  });
});
