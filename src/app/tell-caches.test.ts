import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AssetPage } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { assetKeys } from '@/queries/asset-queries';
import { withoutBuried } from '@/queries/tombstones';
import { anAsset } from '@/testing/assets';

import { onAssetsGone, tellCaches } from './tell-caches';

const KEY = assetKeys.list('cloud', DEFAULT_QUERY);
const IDS = ['a', 'b', 'c', 'd'];
const page: AssetPage = {
  rows: IDS.map((id) => anAsset({ id })),
  total: 4,
  hasMore: false,
  nextCursor: null,
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const client = new QueryClient();
  client.setQueryData<AssetPage>(KEY, page);
  const invalidated = vi.spyOn(client, 'invalidateQueries');
  const told: string[][] = [];
  const stop = onAssetsGone((connectionId, ids) => told.push([connectionId, ...ids]));
  return {
    ...tellCaches(client),
    client,
    told,
    stop,
    listed: () => client.getQueryData<AssetPage>(KEY)?.rows.map((row) => row.id),
    renewals: () =>
      invalidated.mock.calls.filter(([filter]) => JSON.stringify(filter).includes('"assets"')).length,
  };
}

describe('what a job has deleted', () => {
  it('leaves the lists at once when it is the first, and soon when more follow', () => {
    const { gone, listed, told, stop } = setUp();
    gone('cloud', ['a']);
    expect(listed()).toEqual(['b', 'c', 'd']);
    gone('cloud', ['b']);
    gone('cloud', ['c']);
    expect(listed()).toEqual(['b', 'c', 'd']);
    vi.advanceTimersByTime(400);
    expect(listed()).toEqual(['d']);
    expect(told).toEqual([
      ['cloud', 'a'],
      ['cloud', 'b', 'c'],
    ]);
    stop();
  });

  it('stays out of a page that arrives before the lists are told', () => {
    const { gone, client, stop } = setUp();
    gone('cloud', ['a']);
    gone('cloud', ['b']);
    expect(withoutBuried(client, 'cloud', page).rows.map((row) => row.id)).toEqual(['c', 'd']);
    stop();
  });

  it('has the lists read again at once, now and then while it goes on, and once more at its end', () => {
    const { gone, renewals, stop } = setUp();
    for (let at = 0; at < 100; at += 1) {
      gone('cloud', [`asset-${at}`]);
      vi.advanceTimersByTime(30);
    }
    expect(renewals()).toBeGreaterThanOrEqual(2);
    expect(renewals()).toBeLessThanOrEqual(5);
    const before = renewals();
    vi.advanceTimersByTime(10_000);
    expect(renewals()).toBeGreaterThan(before);
    const after = renewals();
    vi.advanceTimersByTime(60_000);
    expect(renewals()).toBe(after);
    stop();
  });

  /** One asset after the other. */
  async function tell({ count, everyMs }: { count: number; everyMs: number }) {
    const screen = setUp();
    for (let at = 0; at < count; at += 1) {
      screen.gone('cloud', [`asset-${at}`]);
      await vi.advanceTimersByTimeAsync(everyMs);
    }
    return screen;
  }

  it('is told every few seconds while a large job goes on, and the rest within a second', async () => {
    const { told, renewals, stop } = await tell({ count: 6_000, everyMs: 10 });
    expect(told.length).toBeLessThan(60 / 4 + 4);
    expect(renewals()).toBe(told.length);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(new Set(told.flat()).size).toBe(1 + 6_000);
    stop();
  });

  it('has no lists read for every asset of a slow job', async () => {
    const { told, renewals, stop } = await tell({ count: 60, everyMs: 1_000 });
    expect(told.length).toBeGreaterThan(50);
    expect(renewals()).toBeLessThan(20);
    stop();
  });

  it('concerns no other connection', () => {
    const { gone, listed, stop } = setUp();
    gone('studio', ['a']);
    expect(listed()).toEqual(IDS);
    stop();
  });
});

it('reads lists and details again after tags were changed', () => {
  const { edited, renewals, stop } = setUp();
  edited('cloud');
  edited('cloud');
  expect(renewals()).toBe(1);
  vi.advanceTimersByTime(1_500);
  expect(renewals()).toBe(2);
  stop();
});
