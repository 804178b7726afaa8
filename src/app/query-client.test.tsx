import { onlineManager, QueryObserver } from '@tanstack/react-query';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { assetQueries } from '@/queries/asset-queries';
import { COMFY_URL, comfyProvider, pretendNetwork } from '@/testing/pretend-network';

import { makeQueryClient } from './query-client';

const network = pretendNetwork();
const provider = comfyProvider();
const LONG_ENOUGH_MS = 300_000;

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

/** Asks for the list until the cache gives up or gets it, while the clock runs; tells when each request left. */
async function ask(answer: (attempt: number) => Response) {
  const start = Date.now();
  const askedAt: number[] = [];
  network.use(
    http.get(`${COMFY_URL}/api/assets`, () => {
      askedAt.push(Date.now() - start);
      return answer(askedAt.length);
    }),
  );
  const ended: ('success' | 'error')[] = [];
  void makeQueryClient()
    .query(assetQueries.list(provider, DEFAULT_QUERY))
    .then(
      () => ended.push('success'),
      () => ended.push('error'),
    );
  while (ended.length === 0 && Date.now() - start < LONG_ENOUGH_MS) {
    // The network is real: it needs turns of its own.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(100);
  }
  return {
    outcome: ended[0],
    askedAt,
    waits: askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0)),
  };
}

const failing = (status: number, headers: Record<string, string> = {}) =>
  HttpResponse.json({ code: 'NO', message: 'No' }, { status, headers });
const empty = () => HttpResponse.json({ assets: [], total: 0, has_more: false });

describe('a read that failed', () => {
  it.each([400, 401, 403, 404, 409, 422, 501])('is not tried again after %d', async (status) => {
    const { outcome, askedAt } = await ask(() => failing(status));
    expect({ outcome, times: askedAt.length }).toEqual({ outcome: 'error', times: 1 });
  });

  it.each([408, 429, 500, 503])('is tried three times more after %d, less and less often', async (status) => {
    const { outcome, askedAt, waits } = await ask(() => failing(status));
    expect({ outcome, times: askedAt.length }).toEqual({ outcome: 'error', times: 4 });
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBeGreaterThanOrEqual(500);
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(third).toBeGreaterThanOrEqual(2_000);
    expect(third).toBeLessThan(5_000);
  });

  it('is tried three times more when nothing answers', async () => {
    const { outcome, askedAt } = await ask(() => HttpResponse.error());
    expect({ outcome, times: askedAt.length }).toEqual({ outcome: 'error', times: 4 });
  });

  it('succeeds once the provider is back', async () => {
    const { outcome, askedAt } = await ask((attempt) => (attempt < 3 ? failing(500) : empty()));
    expect({ outcome, times: askedAt.length }).toEqual({ outcome: 'success', times: 3 });
  });

  it.each([429, 503])('waits as long as a %d asks for', async (status) => {
    const { outcome, waits } = await ask((attempt) =>
      attempt === 1 ? failing(status, { 'retry-after': '17' }) : empty(),
    );
    expect(outcome).toBe('success');
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(17_000);
    expect(waits[0]).toBeLessThan(19_000);
  });
});

it('a change is never tried again by the cache', () => {
  expect(makeQueryClient().getDefaultOptions().mutations?.retry).toBe(false);
});

describe('a page whose network comes back', () => {
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(1);
    }
  };

  /** A browser without a network as the page starts; the way to bring it back. */
  function startOffline() {
    onlineManager.setOnline(true); // what the cache takes for granted
    const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    let offline = true;
    network.serveComfy([{ name: 'fox.png' }]);
    network.use(http.get(`${COMFY_URL}/api/assets`, () => (offline ? HttpResponse.error() : undefined)));
    const client = makeQueryClient();
    const list = new QueryObserver(client, assetQueries.list(provider, DEFAULT_QUERY));
    return {
      list,
      client,
      goOnline: () => {
        offline = false;
        onLine.mockReturnValue(true);
        window.dispatchEvent(new Event('online'));
      },
    };
  }

  it('asks again at once, though it never saw the network go', async () => {
    const { client, list, goOnline } = startOffline();
    const stop = list.subscribe(() => undefined);
    await settle();
    for (let second = 0; second < 9; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      await settle();
    }
    expect(list.getCurrentResult().status).toBe('error');
    client.mount();
    goOnline();
    await settle();
    expect(list.getCurrentResult().data?.rows).toHaveLength(1);
    client.unmount();
    stop();
  });

  it('does not sit out the wait before the next try', async () => {
    const { list, goOnline } = startOffline();
    const stop = list.subscribe(() => undefined);
    await settle();
    expect(list.getCurrentResult()).toMatchObject({ status: 'pending', failureCount: 1 });
    goOnline();
    await settle();
    expect(list.getCurrentResult().data?.rows).toHaveLength(1);
    stop();
  });

  it('leaves a provider alone that asked for a pause', async () => {
    const { client, list, goOnline } = startOffline();
    network.use(http.get(`${COMFY_URL}/api/assets`, () => failing(429, { 'retry-after': '30' })));
    const stop = list.subscribe(() => undefined);
    await settle();
    client.mount();
    goOnline();
    await settle();
    expect(network.requests('GET ')).toHaveLength(1);
    client.unmount();
    stop();
  });
});
