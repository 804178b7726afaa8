import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PretendHost, type Ending, type HostOptions, type Step } from '@/testing/pretend-host';
import { names, type Script } from '@/testing/scripts';

import { verifyGone } from './verify';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const steps = (...endings: Ending[]): Step[] => endings.map((ending) => ({ ending, after: 10 }));

async function verify(host: PretendHost, ids: readonly string[], abortAfter: number | null = null) {
  const abort = new AbortController();
  if (abortAfter !== null) setTimeout(() => abort.abort(), abortAfter);
  const looked: number[] = [];
  const done = verifyGone({
    ...{ provider: host.provider, ids, signal: abort.signal },
    onProgress: (progress) => looked.push(progress.looked),
  });
  done.catch(() => undefined);
  await vi.runAllTimersAsync();
  return { ...(await done), looked };
}

const hostWith = (ids: readonly string[], script: Script = {}, options: HostOptions = {}) =>
  new PretendHost(ids, script, options);
const library = (count: number) => Array.from({ length: count }, (_, at) => `kept${at}`);

describe('verifying a few', () => {
  it('asks for each, at most eight at a time', async () => {
    const host = hostWith(['a3']);
    const found = await verify(host, names(100));
    expect(found).toMatchObject({ confirmed: 99, of: 100, stillThere: ['a3'], unclear: 0 });
    expect(found.looked).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    expect(host.requests('GET')).toHaveLength(100);
    expect(host.mostInFlight).toBeLessThanOrEqual(8);
  });

  it('waits when it is asked to slow down', async () => {
    const host = hostWith([], { 'GET a1': steps('limited for 7 s') });
    expect(await verify(host, names(20))).toMatchObject({ confirmed: 20, unclear: 0 });
    expect(host.sent.slice(3).every(({ at }) => at >= (host.sent[0]?.at ?? 0) + 7_010)).toBe(true);
  });

  it('takes only the API’s own 404 for proof', async () => {
    const script = {
      'GET a1': steps('a web server’s 404'),
      'GET a2': steps('failing', 'network'),
      'GET a3': steps('a wrong shape'),
    };
    expect(await verify(hostWith([], script), names(4))).toMatchObject({
      confirmed: 2,
      stillThere: ['a3'],
      unclear: 1,
    });
  });

  it('gives up when the key is refused', async () => {
    const host = hostWith([], { 'GET a1': steps('unauthorized') });
    const { confirmed, unclear } = await verify(host, names(50));
    expect(host.sent).toHaveLength(3);
    expect([confirmed, unclear]).toEqual([2, 48]);
  });

  it('gives up when nobody answers', async () => {
    const host = hostWith([], {}, { otherwise: () => ({ ending: 'network', after: 10 }) });
    const { unclear } = await verify(host, names(400));
    expect(unclear).toBe(400);
    expect(host.sent.length).toBeLessThan(80);
  });

  it('ends at once when it is stopped', async () => {
    const host = hostWith([]);
    await expect(verify(host, names(400), 25)).rejects.toThrow('abort');
    expect(host.sent.length).toBeLessThan(20);
  });
});

describe('verifying many', () => {
  it('walks the library once, and asks only for what it still shows', async () => {
    const host = hostWith([...library(1_200), 'a7', 'a8'], { 'GET a8': steps('truth') });
    const found = await verify(host, names(600));
    expect(found).toMatchObject({ confirmed: 598, of: 600, unclear: 0 });
    expect(found.stillThere.toSorted()).toEqual(['a7', 'a8']);
    expect(host.requests('LIST')).toHaveLength(3);
    expect(host.requests('GET').map(({ id }) => id)).toEqual(['a7', 'a8']);
  });

  it('does not accuse an asset that only a stale list still shows', async () => {
    const host = hostWith([...library(600), 'a7']);
    const { provider } = host;
    const getAsset = provider.getAsset.bind(provider);
    Object.assign(provider, {
      getAsset: (id: string) => {
        host.records.delete('a7');
        return getAsset(id);
      },
    });
    expect(await verify(host, names(600))).toMatchObject({ confirmed: 600, stillThere: [] });
  });

  it('asks for each when a library is larger than that', async () => {
    const host = hostWith(library(7_000), {}, { maxPageSize: 10 });
    expect(await verify(host, names(600))).toMatchObject({ confirmed: 600 });
    expect(host.requests('LIST')).toHaveLength(1);
    expect(host.requests('GET')).toHaveLength(600);
  });

  it('asks for each when rows moved during the walk', async () => {
    const host = hostWith(
      [...library(1_500), 'a7'],
      {},
      { otherwise: () => ({ ending: 'truth', after: 10 }) },
    );
    const { provider } = host;
    const listAssets = provider.listAssets.bind(provider);
    Object.assign(provider, {
      listAssets: async (...asked: Parameters<typeof listAssets>) => {
        const page = await listAssets(...asked);
        host.records.delete(String(host.records.keys().next().value));
        return page;
      },
    });
    expect(await verify(host, names(600))).toMatchObject({ confirmed: 599, stillThere: ['a7'] });
    expect(host.requests('GET')).toHaveLength(600);
  });

  it('asks for each when lists fail', async () => {
    const host = hostWith([], { LIST: steps('a web server’s 404') });
    expect(await verify(host, names(600))).toMatchObject({ confirmed: 600 });
    expect(host.requests('GET')).toHaveLength(600);
  });
});
