// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PretendHost, type Ending, type Step } from '@/testing/pretend-host';
import { LONGEST_HOLD_MS, names, REFUSALS, runDeletions as run, type Outcome } from '@/testing/run-deletions';

import { deleteAssets } from './delete-assets';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const steps = (...endings: Ending[]): Step[] => endings.map((ending) => ({ ending, after: 10 }));

const statusOf = ({ results }: Outcome, id: string) => results.get(id)?.status;
const statuses = ({ results }: Outcome) => [...results.values()].map(({ status }) => status);

describe('a run of deletions', () => {
  it('asks for each id once and reports what the provider confirmed', async () => {
    const ids = names(6);
    const outcome = await run({}, { ids });
    expect(outcome.host.requests('DELETE').map(({ id }) => id)).toEqual(ids);
    expect(outcome.host.requests('GET')).toEqual([]);
    expect(statuses(outcome)).toEqual(ids.map(() => 'deleted'));
    expect(outcome.stop).toBeNull();
  });

  it('asks once for an id that is listed twice', async () => {
    const outcome = await run({}, { ids: ['a1', 'a2', 'a1'] });
    expect(outcome.host.requests('DELETE').map(({ id }) => id)).toEqual(['a1', 'a2']);
    expect(outcome.reported).toEqual(['a1', 'a2']);
  });

  it('has four requests in flight, or as many as it is told', async () => {
    expect((await run({}, { ids: names(9) })).host.mostInFlight).toBe(4);
    expect((await run({}, { ids: names(9), concurrency: 2 })).host.mostInFlight).toBe(2);
    expect((await run({}, { ids: [], concurrency: 2 })).host.sent).toEqual([]);
  });

  it.each([
    { ending: 'conflict', status: 'protected' },
    { ending: 'busy', status: 'failed' },
    { ending: 'invalid', status: 'failed' },
    { ending: 'a web server’s 404', status: 'failed' },
    { ending: 'a bug', status: 'failed' },
  ] as const)('takes $ending for final, and goes on', async ({ ending, status }) => {
    const outcome = await run({ 'DELETE a1': steps(ending) }, { ids: names(6) });
    expect(outcome.host.requests('DELETE', 'a1')).toHaveLength(1);
    expect(statusOf(outcome, 'a1')).toBe(status);
    expect(outcome.host.assets).toEqual(new Set(['a1']));
    expect(outcome.stop).toBeNull();
  });

  it.each(['failing', 'network'] as const)('tries up to three times when it is %s', async (ending) => {
    const outcome = await run(
      { 'DELETE a1': steps(ending, ending), 'DELETE a2': steps(ending, ending, ending, 'truth') },
      { ids: names(2) },
    );
    expect(['a1', 'a2'].map((id) => statusOf(outcome, id))).toEqual(['deleted', 'failed']);
    expect(outcome.host.requests('DELETE', 'a2')).toHaveLength(3);
  });

  it('waits between tries, longer each time', async () => {
    const outcome = await run({ 'DELETE a1': steps('failing', 'failing', 'failing') }, { ids: names(1) });
    const [first, second, third] = outcome.host.sent.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(500);
    expect(third - second).toBeGreaterThanOrEqual(1_000);
  });

  it('finds out that a lost answer was a success', async () => {
    const outcome = await run({ 'DELETE a1': steps('network, but done') }, { ids: names(1) });
    expect(statusOf(outcome, 'a1')).toBe('already-gone');
  });

  it('says what it knows of an asset whose next try was stopped', async () => {
    const outcome = await run({ 'DELETE a1': steps('network') }, { ids: names(1), abortAfter: 50 });
    expect(outcome.host.requests('DELETE')).toHaveLength(1);
    expect(statusOf(outcome, 'a1')).toBe('failed'); // not "not sent": the lost request may have been heard
  });
});

describe('a time-out', () => {
  it('is settled by looking', async () => {
    const outcome = await run(
      { 'DELETE a1': steps('timeout, but done'), 'DELETE a2': steps('timeout') },
      { ids: names(2) },
    );
    expect(outcome.host.requests('GET').map(({ id }) => id)).toEqual(['a1', 'a2']);
    expect(outcome.host.requests('DELETE').map(({ id }) => id)).toEqual(['a1', 'a2', 'a2']);
    expect(statuses(outcome)).toEqual(['deleted', 'deleted']);
  });

  it('is tried three times as long as the asset is there', async () => {
    const outcome = await run({ 'DELETE a1': steps('timeout', 'timeout', 'timeout') }, { ids: names(1) });
    expect(outcome.host.requests('DELETE')).toHaveLength(3);
    expect(statusOf(outcome, 'a1')).toBe('unknown');
  });

  it.each(['network', 'failing', 'timeout', 'a web server’s 404', 'a bug'] as const)(
    'stays unknown when looking ends with %s, and is not sent again',
    async (ending) => {
      const script = { 'DELETE a1': steps('timeout, but done'), 'GET a1': steps(ending) };
      const outcome = await run(script, { ids: names(3) });
      expect(outcome.host.requests('DELETE', 'a1')).toHaveLength(1);
      expect(statusOf(outcome, 'a1')).toBe('unknown');
      expect(outcome.stop).toBeNull();
    },
  );

  it('takes an unreadable asset for one that is there', async () => {
    const script = { 'DELETE a1': steps('timeout'), 'GET a1': steps('a wrong shape') };
    const outcome = await run(script, { ids: names(1) });
    expect(outcome.host.requests('DELETE')).toHaveLength(2);
    expect(statusOf(outcome, 'a1')).toBe('deleted');
  });

  it('is looked at again when looking was too much', async () => {
    const script = { 'DELETE a1': steps('timeout, but done'), 'GET a1': steps('limited for 7 s', 'limited') };
    const outcome = await run(script, { ids: names(1) });
    expect(statusOf(outcome, 'a1')).toBe('deleted');
    expect(outcome.host.requests('GET')).toHaveLength(3);
  });

  it('is looked at only once more when the person stops the wait', async () => {
    const limits = Array.from({ length: 9 }, () => 'limited for 90 s' as const);
    const script = { 'DELETE a1': steps('timeout'), 'GET a1': steps(...limits) };
    const outcome = await run(script, { ids: names(1), abortAfter: 100 });
    expect(outcome.host.requests('GET')).toHaveLength(2);
    expect(statusOf(outcome, 'a1')).toBe('unknown');
  });

  it('stops everything when looking shows that the key is refused', async () => {
    const script = { 'DELETE a1': steps('timeout'), 'GET a1': steps('unauthorized') };
    const outcome = await run(script, { ids: names(4), concurrency: 1 });
    expect(outcome.host.sent).toHaveLength(2);
    expect(statuses(outcome)).toEqual(['unknown', 'not-sent', 'not-sent', 'not-sent']);
    expect(outcome.stop?.cause).toBe('refused');
  });
});

describe.each(REFUSALS)('a refusal (%s)', (ending) => {
  it('leaves the rest unsent, and keeps what was done', async () => {
    const outcome = await run({ 'DELETE a2': steps(ending) }, { ids: names(5), concurrency: 1 });
    expect(outcome.host.requests('DELETE').map(({ id }) => id)).toEqual(['a1', 'a2']);
    expect(statuses(outcome)).toEqual(['deleted', 'not-sent', 'not-sent', 'not-sent', 'not-sent']);
    expect(outcome.stop).toMatchObject({ cause: 'refused', error: { kind: ending } });
  });

  it('waits for the requests under way, and reports them', async () => {
    const script = { 'DELETE a1': steps(ending), 'DELETE a2': [{ ending: 'truth', after: 5_000 }] } as const;
    const outcome = await run(script, { ids: names(5), concurrency: 2 });
    expect(statusOf(outcome, 'a2')).toBe('deleted');
    expect(outcome.host.sent).toHaveLength(2);
  });

  it('does not wait out a hold or a back-off first', async () => {
    const script = {
      'DELETE a1': steps('limited for 90 s'),
      'DELETE a2': [{ ending, after: 20 }],
      'DELETE a3': steps('failing'),
    };
    const start = Date.now();
    const outcome = await run(script, { ids: names(9) });
    expect(Date.now() - start).toBeLessThan(1_000);
    expect(outcome.host.requests('DELETE')).toHaveLength(4);
    expect(outcome.waits).toEqual([start + 10 + LONGEST_HOLD_MS, null]);
  });
});

describe('a 429', () => {
  it('holds the whole connection for as long as it asks', async () => {
    const start = Date.now();
    const outcome = await run({ 'DELETE a1': steps('limited for 7 s') }, { ids: names(8) });
    const later = outcome.host.sent.slice(4);
    expect(later).toHaveLength(5);
    expect(later.every(({ at }) => at >= start + 7_010)).toBe(true);
    expect(statuses(outcome).every((status) => status === 'deleted')).toBe(true);
    expect(outcome.waits).toEqual([start + 7_010, null]);
  });

  it('stops the run after many waits, not after three, and leaves the rest untried', async () => {
    const times = (count: number) => steps(...Array.from({ length: count }, () => 'limited' as const));
    const outcome = await run(
      { 'DELETE a1': times(8), 'DELETE a2': times(40) },
      { ids: names(3), concurrency: 1 },
    );
    expect(['a1', 'a2', 'a3'].map((id) => statusOf(outcome, id))).toEqual([
      'deleted',
      'not-sent',
      'not-sent',
    ]);
    expect(outcome.host.requests('DELETE', 'a2')).toHaveLength(9);
    expect(outcome.host.requests('DELETE', 'a3')).toHaveLength(0);
    expect(outcome.stop?.cause).toBe('refused');
  });

  it('holds on for the longer of two waits, in whichever order they are asked for', async () => {
    const start = Date.now();
    const script = {
      'DELETE a1': [{ ending: 'limited for 90 s', after: 10 }],
      'DELETE a2': [{ ending: 'limited for 7 s', after: 20 }],
      'DELETE a3': [{ ending: 'limited for 7 s', after: 5 }],
    } as const;
    const outcome = await run(script, { ids: names(6) });
    expect(outcome.host.sent.slice(4).every(({ at }) => at >= start + 10 + LONGEST_HOLD_MS)).toBe(true);
    expect(outcome.waits).toEqual([start + 7_005, start + 10 + LONGEST_HOLD_MS, null]);
  });
});

describe('stopping', () => {
  it('sends nothing more, finishes what is under way and leaves the rest unsent', async () => {
    const outcome = await run({}, { ids: names(6), concurrency: 2, abortAfter: 15 });
    expect(outcome.host.requests('DELETE')).toHaveLength(4);
    expect(statuses(outcome).sort()).toEqual([
      ...['deleted', 'deleted', 'deleted', 'deleted', 'not-sent', 'not-sent'],
    ]);
    expect(outcome.stop).toEqual({ cause: 'cancelled' });
  });

  it('ends a wait at once', async () => {
    const start = Date.now();
    const outcome = await run({ 'DELETE a1': steps('limited for 90 s') }, { ids: names(1), abortAfter: 100 });
    expect(Date.now() - start).toBe(100);
    expect(statuses(outcome)).toEqual(['not-sent']);
    expect(outcome.waits.at(-1)).toBeNull();
  });

  it('before the start sends nothing at all', async () => {
    const host = new PretendHost(['a1']);
    const results: unknown[] = [];
    const stop = await deleteAssets({
      ...{ provider: host.provider, ids: ['a1'], signal: AbortSignal.abort() },
      onResult: (...result) => results.push(result),
    });
    expect(host.sent).toEqual([]);
    expect(results).toEqual([['a1', { status: 'not-sent' }]]);
    expect(stop).toEqual({ cause: 'cancelled' });
  });
});
