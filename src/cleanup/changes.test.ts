import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Asset } from '@/domain/asset';
import { anAsset } from '@/testing/assets';
import { PretendHost, type Ending, type HostOptions, type Step } from '@/testing/pretend-host';
import { ledgerWith, planItem, runToEnd } from '@/testing/run-jobs';
import type { Script } from '@/testing/scripts';

import { pageAround } from './nearby-rows';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const steps = (...endings: Ending[]): Step[] => endings.map((ending) => ({ ending, after: 10 }));
const LISTS: HostOptions = { sortableBy: ['created_at'] };

/** `a1` is the newest. */
const library = (count: number): Asset[] =>
  Array.from({ length: count }, (_, at) =>
    anAsset({
      id: `a${at + 1}`,
      contentHash: `hash-${at}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) - at * 60_000).toISOString(),
      updatedAt: '2026-02-01T10:00:00Z',
    }),
  );

async function run(host: PretendHost, planned: readonly Asset[], abortAfter: number | null = null) {
  const ledger = await ledgerWith(
    planned.map((asset) => planItem(asset)),
    { checksChanges: true },
  );
  const trial = await runToEnd(host, ledger, { abortAfter });
  const extra = host.requests('GET').length + host.requests('LIST').length;
  return { ...trial, ledger, extra, state: (id: string) => trial.items.get(id)?.state };
}

describe.each([
  ['where assets can only be read one by one', {}],
  ['where lists can be read', LISTS],
] as const)('an asset, %s,', (_name, options) => {
  const assets = library(60);
  const hostWith = (change: (asset: Asset) => Asset, script: Script = {}) =>
    new PretendHost(
      assets.map((asset) => (asset.id === 'a2' ? change(asset) : asset)),
      script,
      options,
    );

  it.each([
    ['has another hash', { contentHash: 'other' }, 'changed'],
    ['was updated', { updatedAt: '2026-02-02T10:00:00Z' }, 'changed'],
    ['has become immutable', { protection: 'immutable' }, 'protected'],
    ['has become public', { protection: 'public' }, 'protected'],
    ['has a hash that is no longer known', { contentHash: null }, 'deleted'],
    ['has the same time, written differently', { updatedAt: '2026-02-01T10:00:00.000Z' }, 'deleted'],
    ['has other tags', { tags: ['new'] }, 'deleted'],
  ] as const)('that %s is %s', async (_what, change, state) => {
    const host = hostWith((asset) => ({ ...asset, ...change }));
    const trial = await run(host, assets);
    expect(trial.state('a2')).toBe(state);
    expect(host.requests('DELETE', 'a2')).toHaveLength(state === 'deleted' ? 1 : 0);
    expect(host.requests('DELETE')).toHaveLength(state === 'deleted' ? 60 : 59);
    expect(trial.end.cause).toBe('finished');
  });

  it('that is gone is not asked to go', async () => {
    const host = hostWith((asset) => asset);
    host.records.delete('a2');
    const trial = await run(host, assets);
    expect(trial.state('a2')).toBe('already-gone');
    expect(host.requests('DELETE', 'a2')).toEqual([]);
  });

  it.each([
    ['network', 'failed-retryable'],
    ['a web server’s 404', 'failed-final'],
    ['a wrong shape', 'failed-final'],
  ] as const)('that cannot be looked at (%s) is not touched', async (ending, state) => {
    const host = hostWith((asset) => ({ ...asset, updatedAt: '2026-02-02T10:00:00Z' }), {
      'GET a2': steps(ending, ending, ending),
    });
    const trial = await run(host, assets);
    expect(trial.state('a2')).toBe(state);
    expect(host.requests('DELETE', 'a2')).toEqual([]);
  });
});

describe('looking for changes', () => {
  it('pauses when 5 in a row are not there', async () => {
    const host = new PretendHost([]);
    const { end } = await run(host, library(40));
    expect(end).toEqual({ cause: 'paused', pause: { cause: 'strangers' } });
    expect(host.requests('DELETE')).toEqual([]);
  });

  it('stops everything when the key is refused', async () => {
    const host = new PretendHost(library(40), { LIST: steps('unauthorized') }, LISTS);
    const { end, states } = await run(host, library(40));
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'refused' } });
    expect(host.sent).toHaveLength(1);
    expect(states.every((state) => state === 'queued')).toBe(true);
  });

  it('goes asset by asset when lists fail', async () => {
    const host = new PretendHost(library(40), { LIST: steps('failing') }, LISTS);
    const { states } = await run(host, library(40));
    expect(host.requests('LIST')).toHaveLength(1);
    expect(host.requests('GET')).toHaveLength(40);
    expect(states.every((state) => state === 'deleted')).toBe(true);
  });

  it('reads again what was read more than a minute before it is sent', async () => {
    const host = new PretendHost(library(20), { 'DELETE a1': steps('limited for 90 s') });
    await run(host, library(20));
    expect(host.requests('GET', 'a1')).toHaveLength(2);
    const held = host.sent.findIndex(({ ending }) => ending === 'limited for 90 s');
    const after = host.sent.slice(held + 1).filter(({ at }) => at > (host.sent[held]?.at ?? 0) + 90_000);
    for (const { verb, id, at } of after.filter((sent) => sent.verb === 'DELETE')) {
      const read = host.requests('GET', id).at(-1);
      expect(`${verb} ${id} ${at - (read?.at ?? 0) <= 60_000}`).toBe(`DELETE ${id} true`);
    }
  });

  it('stops with everything unsent in the queue', async () => {
    const host = new PretendHost(library(40), { LIST: [{ ending: 'truth', after: 5_000 }] }, LISTS);
    const { states, end } = await run(host, library(40), 100);
    expect(end.cause).toBe('stopped');
    expect(states.every((state) => state === 'queued')).toBe(true);
    expect(host.requests('DELETE')).toEqual([]);
  });
});

describe('reading lists', () => {
  it.each([
    ['the newest 2,000', library(2_000), 8, (all: Asset[]) => all],
    ['2,000 in the middle of 9,000', library(9_000), 14, (all: Asset[]) => all.slice(4_000, 6_000)],
    ['the oldest 2,000, oldest first', library(5_000), 8, (all: Asset[]) => all.slice(3_000).reverse()],
    ['every third of 6,000', library(6_000), 50, (all: Asset[]) => all.filter((_, at) => at % 3 === 0)],
  ] as const)('takes few requests for %s', async (_name, all, atMost, pick) => {
    const planned = pick(all);
    const host = new PretendHost(all, {}, { ...LISTS, otherwise: () => ({ ending: 'truth', after: 20 }) });
    const { extra, states, end } = await run(host, planned);
    expect(end.cause).toBe('finished');
    expect(states.every((state) => state === 'deleted')).toBe(true);
    expect(extra).toBeLessThanOrEqual(atMost);
  });

  it('copes with thousands of the very same time', async () => {
    const all = library(2_000).map((asset) => ({ ...asset, createdAt: '2026-01-01T00:00:00Z' }));
    const planned = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const host = new PretendHost(all, {}, LISTS);
    const { extra, end } = await run(host, planned);
    expect(end.cause).toBe('finished');
    expect(extra).toBeLessThanOrEqual(20);
  });

  it('is given up where it does not pay', async () => {
    const all = library(8_000);
    const scattered = Array.from({ length: 400 }, (_, at) => all[(at * 3_217) % 8_000]!);
    const host = new PretendHost(all, {}, { ...LISTS, maxPageSize: 20 });
    const { end } = await run(host, scattered);
    expect(end.cause).toBe('finished');
    expect(host.requests('LIST').length).toBeLessThanOrEqual(20);
  });

  it.each([0, 1, 7, 249, 250, 251, 499, 500, 501, 1_234, 99_999])(
    'covers row %s and half a page after it',
    (row) => {
      const { page, pageSize } = pageAround(row, 500);
      const first = (page - 1) * pageSize;
      expect(first).toBeLessThanOrEqual(row);
      expect(first + pageSize - row).toBeGreaterThanOrEqual(250);
      expect(pageSize).toBeLessThanOrEqual(500);
    },
  );
});
