import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AssetPage } from '@/domain/asset';
import { anAsset, unreadableRow } from '@/testing/assets';

import { bury, forgetBuried, withoutBuried } from './tombstones';

const MINUTE = 60_000;
const page = (...ids: string[]): AssetPage => ({
  rows: ids.map((id) => anAsset({ id })),
  total: 100,
  hasMore: true,
  nextCursor: null,
});
const idsOf = ({ rows }: AssetPage) => rows.map((row) => row.id);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('tombstones', () => {
  it('take what is gone out of a page that still lists it, and out of its total', () => {
    const client = new QueryClient();
    bury(client, 'cloud', ['b']);
    const seen = withoutBuried(client, 'cloud', page('a', 'b', 'c'));
    expect(idsOf(seen)).toEqual(['a', 'c']);
    expect(seen.total).toBe(99);
    expect(seen.hasMore).toBe(true);
  });

  it('leave a page alone that lists nothing of it', () => {
    const client = new QueryClient();
    bury(client, 'cloud', ['x']);
    const fresh = page('a');
    expect(withoutBuried(client, 'cloud', fresh)).toBe(fresh);
  });

  it('are those of one connection and of one cache', () => {
    const client = new QueryClient();
    bury(client, 'cloud', ['a']);
    expect(idsOf(withoutBuried(client, 'studio', page('a')))).toEqual(['a']);
    expect(idsOf(withoutBuried(new QueryClient(), 'cloud', page('a')))).toEqual(['a']);
  });

  it('last for a while, each from its own deletion', () => {
    const client = new QueryClient();
    bury(client, 'cloud', ['a', 'b']);
    vi.advanceTimersByTime(6 * MINUTE);
    bury(client, 'cloud', ['b', 'c']);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(idsOf(withoutBuried(client, 'cloud', page('a', 'b', 'c')))).toEqual(['a']);
    vi.advanceTimersByTime(6 * MINUTE);
    bury(client, 'cloud', ['d']);
    expect(idsOf(withoutBuried(client, 'cloud', page('a', 'b', 'c', 'd')))).toEqual(['a', 'b', 'c']);
  });

  it('keep rows that could not be read', () => {
    const client = new QueryClient();
    bury(client, 'cloud', ['a']);
    const rows = [unreadableRow()];
    expect(withoutBuried(client, 'cloud', { ...page(), rows }).rows).toEqual(rows);
  });

  it('are forgotten when a made-up library is put back', () => {
    const client = new QueryClient();
    bury(client, 'demo', ['a']);
    forgetBuried(client, 'demo');
    expect(idsOf(withoutBuried(client, 'demo', page('a')))).toEqual(['a']);
  });
});
