import fc from 'fast-check';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AssetPage } from '@/domain/asset';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
import { ServerError } from '@/domain/errors';
import type { AssetProvider, ListScope } from '@/providers/provider';
import { anAsset, unreadableRow } from '@/testing/assets';
import { COMFY_URL, comfyProvider, idOf, pretendNetwork } from '@/testing/pretend-network';

import { collectMatching, type CollectProgress } from './collect';

const network = pretendNetwork();

async function collect(provider: AssetProvider, query: Partial<AssetQuery> = {}, signal?: AbortSignal) {
  const progress: CollectProgress[] = [];
  const collected = await collectMatching(
    provider,
    { ...DEFAULT_QUERY, ...query },
    { signal: signal ?? new AbortController().signal, onProgress: (step) => progress.push(step) },
  );
  return { ...collected, progress, ids: collected.assets.map(({ id }) => id) };
}

/** A provider whose pages are made up. */
const pretend = (
  listAssets: (query: AssetQuery, scope: ListScope) => Partial<AssetPage> | Promise<Partial<AssetPage>>,
  maxPageSize = 2,
) => {
  const asked: { readonly page: number; readonly after: string | null }[] = [];
  const provider: AssetProvider = {
    ...comfyProvider(),
    maxPageSize,
    async listAssets(query, scope = {}) {
      asked.push({ page: query.page, after: scope.after ?? null });
      return { rows: [], total: 0, hasMore: false, nextCursor: null, ...(await listAssets(query, scope)) };
    },
  };
  return { provider, asked };
};
const rows = (...ids: readonly string[]) => ids.map((id) => anAsset({ id }));

describe('at a server of the published contract', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ tags: [`t${at % 2}`] }));

  it('reads every match by offset, in the largest pages, until a pass finds nothing new', async () => {
    network.serveComfy(many(1_203));
    const { ids, progress, ...rest } = await collect(comfyProvider(), { page: 3, pageSize: 20 });
    expect(ids.toSorted()).toEqual(Array.from({ length: 1_203 }, (_, at) => idOf(at + 1)));
    expect(rest).toMatchObject({ totalBefore: 1_203, totalAfter: 1_203, unreadable: 0, passes: 2 });
    expect(network.sent).toHaveLength(6);
    expect(network.sent[1]).toContain('limit=500&offset=500&sort=created_at&order=desc');
    expect(progress.slice(0, 4)).toEqual([
      { found: 500, total: 1_203, pass: 1 },
      { found: 1_000, total: 1_203, pass: 1 },
      { found: 1_203, total: 1_203, pass: 1 },
      { found: 500 + 703, total: 1_203, pass: 2 },
    ]);
  });

  it('walks once by cursor where the server offers one', async () => {
    network.serveComfy(many(1_203), { cursors: true });
    const { ids, passes } = await collect(comfyProvider());
    expect(new Set(ids).size).toBe(1_203);
    expect(passes).toBe(1);
    expect(network.sent).toHaveLength(3);
    expect(network.sent[1]).toMatch(/limit=500&after=[^&]+&sort=created_at/);
  });

  it('asks with all filters, and in an order that does not move while it walks', async () => {
    network.serveComfy([
      { name: 'fox.png', tags: ['output'] },
      { name: 'fox draft.png', tags: ['output', 'draft'] },
      { name: 'owl.png', tags: ['output'] },
      { name: 'fox.jpg', tags: ['input'] },
    ]);
    const filters = { text: 'fox', includeTags: ['output'], excludeTags: ['draft'] };
    const { ids } = await collect(comfyProvider(), { ...filters, sort: 'last_access_time', order: 'asc' });
    expect(ids).toEqual([idOf(1)]);
    expect(network.sent).toEqual([
      'GET /api/assets?include_tags=output&exclude_tags=draft&name_contains=fox&limit=500&offset=0' +
        '&sort=created_at&order=desc&include_public=false',
    ]);
  });

  it('reads a result of one page once, and an empty one too', async () => {
    network.serveComfy(many(3));
    expect(await collect(comfyProvider())).toMatchObject({ passes: 1, totalAfter: 3 });
    expect(await collect(comfyProvider(), { text: 'nothing' })).toMatchObject({ ids: [], passes: 1 });
    expect(network.sent).toHaveLength(2);
  });

  it('keeps what is protected, so that a plan can say why it leaves it out', async () => {
    network.serveComfy([{ is_immutable: true }, {}]);
    const { assets } = await collect(comfyProvider());
    expect(assets.map(({ protection }) => protection).sort()).toEqual(['immutable', null]);
  });

  it('counts rows that cannot be read', async () => {
    network.serveComfy([{}, { created_at: 'yesterday' }, {}]);
    expect(await collect(comfyProvider())).toMatchObject({ unreadable: 1, ids: [idOf(3), idOf(1)] });
  });
});

describe('a server that ignores a filter', () => {
  const all = [
    anAsset({ id: 'fox', name: 'Fox.png', tags: ['output', 'draft'] }),
    anAsset({ id: 'owl', name: 'owl.png', tags: ['output'] }),
    anAsset({ id: 'elk', name: 'elk.png', tags: ['input'] }),
  ];
  const careless = () => pretend(() => ({ rows: all, total: 3 }), 500).provider;

  it.each<{ query: Partial<AssetQuery>; ids: readonly string[] }>([
    { query: { text: 'fox' }, ids: ['fox'] },
    { query: { includeTags: ['output'] }, ids: ['fox', 'owl'] },
    { query: { excludeTags: ['draft'] }, ids: ['owl', 'elk'] },
    { query: {}, ids: ['fox', 'owl', 'elk'] },
  ])('gets only what matches $query selected, and the rest is counted', async ({ query, ids }) => {
    expect(await collect(careless(), query)).toMatchObject({
      ids,
      mismatched: 3 - ids.length,
      totalAfter: 3,
    });
  });

  it('does not get an asset selected that has stopped to match since the first pass', async () => {
    const passes = [['draft'], [], []];
    const { provider } = pretend(({ page }) => {
      const tags = (page === 1 ? passes.shift() : undefined) ?? [];
      return page === 1
        ? {
            rows: [anAsset({ id: 'fox', tags }), anAsset({ id: 'hen', tags: ['draft'] })],
            total: 3,
            hasMore: true,
          }
        : { rows: [anAsset({ id: 'owl', tags: ['draft'] })], total: 3 };
    });
    expect(await collect(provider, { includeTags: ['draft'] })).toMatchObject({
      ids: ['hen', 'owl'],
      mismatched: 1,
    });
  });
});

describe('what is kept of an asset', () => {
  it('is what a plan needs, with a preview for the first few only', async () => {
    const preview = { url: 'https://host.test/p', access: 'open', isImage: true, expiresAt: null } as const;
    const all = Array.from({ length: 30 }, (_, at) =>
      anAsset({ id: `a${at}`, preview, metadata: { prompt: 'long' }, tags: ['output', 'draft'] }),
    );
    const { provider } = pretend(() => ({ rows: all, total: 30 }), 500);
    const { assets } = await collect(provider);
    expect(assets.map((asset) => asset.preview)).toEqual(all.map((_, at) => (at < 24 ? preview : null)));
    const { type, jobId, metadata, roughy, ...seen } = { ...all[29], preview: null };
    expect([type, jobId, metadata, roughy]).toHaveLength(4);
    expect(assets[29]).toEqual(seen);
    expect(new Set(assets.map(({ tags }) => tags)).size).toBe(1);
  });

  it('is the version seen last, once for each id', async () => {
    const versions = [
      { rows: [anAsset({ id: 'a', name: 'old' }), anAsset({ id: 'b' })], total: 3, hasMore: true },
      { rows: [anAsset({ id: 'b' }), anAsset({ id: 'c' })], total: 3 },
      { rows: [anAsset({ id: 'a', name: 'new' }), anAsset({ id: 'b' })], total: 3, hasMore: true },
      { rows: [anAsset({ id: 'c' })], total: 3 },
    ];
    const { provider } = pretend(() => versions.shift() ?? {});
    const { assets, passes } = await collect(provider);
    expect(assets.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'new'],
      ['b', 'fox.png'],
      ['c', 'fox.png'],
    ]);
    expect(passes).toBe(2);
  });
});

describe('a library that moves, and a server that goes round in circles', () => {
  it('tells the totals of the beginning and of the end', async () => {
    const pages = [
      { rows: rows('a', 'b'), total: 4, hasMore: true, nextCursor: '1' },
      { rows: rows('c'), total: 3 },
    ];
    const { provider } = pretend(() => pages.shift() ?? {});
    expect(await collect(provider)).toMatchObject({ totalBefore: 4, totalAfter: 3, ids: ['a', 'b', 'c'] });
  });

  it('gives up after three passes when each finds more', async () => {
    let made = 0;
    const { provider, asked } = pretend(({ page }) => {
      made += 2;
      return { rows: rows(`a${made}`, `b${made}`), total: 4, hasMore: page === 1 };
    });
    expect((await collect(provider)).passes).toBe(3);
    expect(asked).toHaveLength(6);
  });

  it('ends at an empty page, whatever is said about more', async () => {
    const { provider, asked } = pretend(({ page }) => ({
      ...{ rows: page === 2 ? [] : rows(`a${page}`, `b${page}`), total: 9, hasMore: true },
    }));
    expect(await collect(provider)).toMatchObject({ ids: ['a1', 'b1'], passes: 2 });
    expect(asked.map(({ page }) => page)).toEqual([1, 2, 1, 2]);
  });

  it('ends at a cursor that it has followed before', async () => {
    const { provider, asked } = pretend((_, { after }) => {
      const place = Number(after ?? 0);
      const nextCursor = String(place === 3 ? 2 : place + 1);
      return { rows: rows(`a${place}`), total: 9, hasMore: true, nextCursor };
    });
    expect((await collect(provider)).ids).toEqual(['a0', 'a1', 'a2', 'a3']);
    expect(asked.map(({ after }) => after)).toEqual([null, '1', '2', '3']);
  });

  it.each([
    { name: 'the same page without end', rowsAt: () => rows('a', 'b'), most: 4 * 2 },
    { name: 'unreadable rows without end', rowsAt: () => [unreadableRow('1'), unreadableRow('2')], most: 90 },
    { name: 'new rows without end', rowsAt: (page: number) => rows(`a${page}`, `b${page}`), most: 90 },
  ])('stops by itself at $name', async ({ rowsAt, most }) => {
    const { provider, asked } = pretend(({ page }) => ({ rows: rowsAt(page), total: 4, hasMore: true }));
    await collect(provider);
    expect(asked.length).toBeLessThanOrEqual(most);
    const cursors = pretend(({ page }) => ({
      ...{ rows: rowsAt(page), total: 4, hasMore: true, nextCursor: `c${page}` },
    }));
    await collect(cursors.provider);
    expect(cursors.asked.length).toBeLessThanOrEqual(most);
  });

  it('leaves no holes when pages come smaller than asked for', async () => {
    const all = Array.from({ length: 23 }, (_, at) => `a${at}`);
    const { provider } = pretend(({ page, pageSize }) => {
      const limit = Math.min(pageSize, 5);
      const offset = (page - 1) * pageSize;
      const shown = all.slice(offset, offset + limit);
      return { rows: rows(...shown), total: 23, hasMore: offset + limit < 23 };
    }, 10);
    expect((await collect(provider)).ids.toSorted()).toEqual(all.toSorted());
  });
});

interface Move {
  readonly gone: readonly number[];
  readonly come: number;
}

describe('whatever comes and goes between two pages', () => {
  /** What happens before a page is read: places of assets that go, and how many come. */
  const anyMoves = fc.array(fc.record({ gone: fc.array(fc.nat(40), { maxLength: 6 }), come: fc.nat(2) }), {
    maxLength: 40,
  });
  const anyWalk = fc.record({
    count: fc.nat(40),
    moves: anyMoves,
    maxPageSize: fc.integer({ min: 3, max: 9 }),
  });

  /** A library in which the newest comes first, and assets may go and come before each page. */
  function moving(count: number, maxPageSize: number, moveBefore: (page: number, pass: number) => Move) {
    let now = Array.from({ length: count }, (_, at) => at);
    const ever = new Set(now);
    const gone = new Set<number>();
    let pass = 0;
    const provider = (byCursor: boolean) =>
      pretend(({ page, pageSize }, { after }) => {
        if (page === 1) pass += 1;
        const move = moveBefore(page, pass);
        const going = new Set(move.gone.map((place) => now[place]));
        for (const each of going) if (each !== undefined) gone.add(each);
        const coming = Array.from({ length: move.come }, (_, at) => ever.size + at);
        now = [...now.filter((each) => !going.has(each)), ...coming];
        for (const each of coming) ever.add(each);
        const newest = now.toSorted((a, b) => b - a);
        const start =
          after == null ? (page - 1) * pageSize : newest.filter((each) => each >= Number(after)).length;
        const shown = newest.slice(start, start + pageSize);
        const hasMore = start + shown.length < now.length;
        const nextCursor = byCursor && hasMore ? String(shown.at(-1)) : null;
        return { rows: rows(...shown.map(String)), total: now.length, hasMore, nextCursor };
      }, maxPageSize).provider;
    const stayed = () =>
      Array.from({ length: count }, (_, at) => at)
        .filter((each) => !gone.has(each))
        .map(String);
    return { provider, stayed, ever };
  }
  const STILL: Move = { gone: [], come: 0 };

  it('a cursor finds all that stayed, each once, and nothing that never was', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async ({ count, moves, maxPageSize }) => {
        const library = moving(count, maxPageSize, (page) => moves[page - 1] ?? STILL);
        const { ids, passes } = await collect(library.provider(true));
        expect(ids).toEqual([...new Set(ids)]);
        expect(ids).toEqual(expect.arrayContaining(library.stayed()));
        expect(ids.filter((id) => !library.ever.has(Number(id)))).toEqual([]);
        // Without a second page there was no cursor, and nothing could move.
        expect(passes).toBe(1);
      }),
    );
  });

  it('offsets find all that stayed, if nothing goes during the passes after the first', async () => {
    await fc.assert(
      fc.asyncProperty(anyWalk, async ({ count, moves, maxPageSize }) => {
        const library = moving(count, maxPageSize, (page, pass) => {
          const { gone, come } = moves[page - 1] ?? STILL;
          return { gone: pass === 1 ? gone : [], come: pass < 3 ? come : 0 };
        });
        const { ids, passes } = await collect(library.provider(false));
        expect(ids).toEqual([...new Set(ids)]);
        expect(ids).toEqual(expect.arrayContaining(library.stayed()));
        expect(ids.filter((id) => !library.ever.has(Number(id)))).toEqual([]);
        expect(passes).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('a page that cannot be had', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Lets the waits pass. */
  async function inNoTime<T>(work: Promise<T>): Promise<T> {
    const state = { over: false };
    const end = work.finally(() => {
      state.over = true;
    });
    end.catch(() => undefined);
    while (!state.over) {
      await vi.advanceTimersByTimeAsync(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return end;
  }
  const failing = (times: number, status: number, headers: HeadersInit = {}) => {
    network.serveComfy([{}, {}]);
    let left = times;
    network.use(
      http.get(`${COMFY_URL}/api/assets`, () => {
        left -= 1;
        return left < 0 ? undefined : HttpResponse.json({ message: 'No' }, { status, headers });
      }),
    );
  };

  it('is asked for again as late as the provider wishes, and the walk goes on', async () => {
    failing(2, 429, { 'retry-after': '7' });
    const from = Date.now();
    const { ids } = await inNoTime(collect(comfyProvider()));
    expect(ids).toHaveLength(2);
    expect(network.sent).toHaveLength(3);
    expect(Date.now() - from).toBeGreaterThanOrEqual(14_000);
  });

  it('is asked for four times at most', async () => {
    failing(99, 503);
    await expect(inNoTime(collect(comfyProvider()))).rejects.toBeInstanceOf(ServerError);
    expect(network.sent).toHaveLength(4);
  });

  it('ends the walk at once when asking again is of no use', async () => {
    failing(99, 401);
    await expect(inNoTime(collect(comfyProvider()))).rejects.toMatchObject({ status: 401 });
    failing(99, 429, { 'retry-after': '3600' });
    await expect(inNoTime(collect(comfyProvider()))).rejects.toMatchObject({ status: 429 });
    expect(network.sent).toHaveLength(2);
  });

  it('is not waited for any longer when the person stops', async () => {
    failing(99, 429, { 'retry-after': '50' });
    const abort = new AbortController();
    const from = Date.now();
    setTimeout(() => abort.abort(), 5_000);
    await expect(inNoTime(collect(comfyProvider(), {}, abort.signal))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(Date.now() - from).toBeLessThan(6_000);
    expect(network.sent).toHaveLength(1);
  });
});

it('stops between pages when it is called off, and asks for nothing more', async () => {
  const abort = new AbortController();
  const { provider, asked } = pretend(({ page }) => {
    if (page === 2) abort.abort();
    return { rows: rows(`a${page}`, `b${page}`), total: 99, hasMore: true };
  });
  await expect(collect(provider, {}, abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked).toHaveLength(2);
});
