import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PretendHost, type Ending, type HostOptions, type Step } from '@/testing/pretend-host';
import { JOB, ledgerWith, runToEnd } from '@/testing/run-jobs';
import { LONGEST_HOLD_MS, names, REFUSALS, type Script } from '@/testing/scripts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const steps = (...endings: Ending[]): Step[] => endings.map((ending) => ({ ending, after: 10 }));
const times = (count: number, ending: Ending) => steps(...Array.from({ length: count }, () => ending));

/** Runs a deletion job of so many assets, without looking for changes. */
async function run(
  script: Script,
  ids: readonly string[],
  options: HostOptions & { readonly abortAfter?: number; readonly has?: readonly string[] } = {},
) {
  const { abortAfter = null, has = ids, ...hostOptions } = options;
  const host = new PretendHost(has, script, hostOptions);
  const ledger = await ledgerWith(ids);
  const trial = await runToEnd(host, ledger, { abortAfter });
  return { ...trial, host, ledger, state: (id: string) => trial.items.get(id)?.state };
}

describe('a deletion job', () => {
  it('asks for each id once, in the order of the plan, and reports what the provider confirmed', async () => {
    const ids = names(60);
    const { host, states, end, gone, progress } = await run({}, ids);
    expect(host.sent.map(({ verb, id }) => `${verb} ${id}`)).toEqual(ids.map((id) => `DELETE ${id}`));
    expect(new Set(states)).toEqual(new Set(['deleted']));
    expect(gone).toEqual(ids);
    expect(progress.at(-1)?.counts).toMatchObject({ deleted: 60, queued: 0, sending: 0 });
    expect(end).toEqual({ cause: 'finished' });
  });

  it('sends nothing that the ledger does not have as being sent', async () => {
    const ids = names(40);
    const ledger = await ledgerWith(ids);
    const states: unknown[] = [];
    const host = new PretendHost(ids, {}, { onSend: ({ id }) => states.push(ledger.stateOf(JOB, id)) });
    await runToEnd(host, ledger);
    expect(states).toEqual(ids.map(() => 'sending'));
  });

  it('starts with three requests at once and grows to eight', async () => {
    const few = await run({}, names(9));
    expect(few.host.mostInFlight).toBe(3);
    const many = await run({}, names(200));
    expect(many.host.mostInFlight).toBe(8);
    expect(many.paces).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it('never lets a request wait for the ledger', async () => {
    const ids = names(1_000);
    const ledger = await ledgerWith(ids);
    ledger.delay = () => 35;
    const host = new PretendHost(ids, {}, { otherwise: () => ({ ending: 'truth', after: 20 }) });
    const { took, end } = await runToEnd(host, ledger);
    expect(end.cause).toBe('finished');
    // Three to eight at once, 20 ms each, is what an ideal client needs as well.
    const ramp = [3, 4, 5, 6, 7].reduce((sum, pace) => sum + (10 / pace) * 20, 0);
    const ideal = ramp + ((1_000 - 50) / 8) * 20;
    expect(took).toBeLessThan(ideal / 0.9);
  });

  it.each([
    { ending: 'conflict', state: 'protected' },
    { ending: 'invalid', state: 'failed-final' },
    { ending: 'not implemented', state: 'failed-final' },
    { ending: 'a web server’s 404', state: 'failed-final' },
    { ending: 'a bug', state: 'failed-final' },
  ] as const)('takes $ending for final, and goes on', async ({ ending, state: expected }) => {
    const { host, state, end, items } = await run({ 'DELETE a1': steps(ending) }, names(6));
    expect(host.requests('DELETE', 'a1')).toHaveLength(1);
    expect(state('a1')).toBe(expected);
    expect(items.get('a1')?.outcome?.problem).not.toBeNull();
    expect(host.assets).toEqual(new Set(['a1']));
    expect(end.cause).toBe('finished');
  });

  it('tells apart what somebody else deleted', async () => {
    const { state, gone } = await run({}, names(3), { has: ['a1', 'a3'] });
    expect([state('a1'), state('a2'), state('a3')]).toEqual(['deleted', 'already-gone', 'deleted']);
    expect(gone).toEqual(['a1', 'a2', 'a3']);
  });

  it.each(['failing', 'network', 'busy'] as const)(
    'tries up to three times when it is %s',
    async (ending) => {
      const script = { 'DELETE a1': times(2, ending), 'DELETE a2': times(3, ending) };
      const { host, state } = await run(script, names(2));
      expect([state('a1'), state('a2')]).toEqual(['deleted', 'failed-retryable']);
      expect(host.requests('DELETE', 'a2')).toHaveLength(3);
    },
  );

  it.each(['failing', 'network', 'timeout', 'limited'] as const)(
    'goes at half the pace when it is %s',
    async (ending) => {
      const { paces } = await run({ 'DELETE a60': steps(ending) }, names(400));
      expect(paces).toEqual([3, 4, 5, 6, 7, 8, 4, 5, 6, 7, 8]);
    },
  );

  it('waits between tries, longer each time', async () => {
    const { host } = await run({ 'DELETE a1': times(3, 'failing') }, names(1));
    const [first, second, third] = host.requests('DELETE').map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(500);
    expect(third - second).toBeGreaterThanOrEqual(1_000);
  });

  it('leaves an asset to the person that should be tried in an hour', async () => {
    const { state, took } = await run({ 'DELETE a1': steps('failing for an hour') }, names(3));
    expect(state('a1')).toBe('failed-retryable');
    expect(took).toBeLessThan(1_000);
  });

  it.each([
    'network, but done',
    'timeout, but done',
    'failing, but done',
    'a wrong shape, but done',
  ] as const)('finds out that a success came as %s', async (ending) => {
    const { state, host } = await run({ 'DELETE a1': steps(ending) }, names(1));
    expect(state('a1')).toBe('deleted');
    expect(host.assets.size).toBe(0);
  });

  it('looks once more when the last try had no answer', async () => {
    const script = { 'DELETE a1': steps('network', 'network', 'network, but done') };
    const { state, host } = await run(script, names(1));
    expect(host.requests('GET')).toHaveLength(1);
    expect(state('a1')).toBe('deleted');
  });

  it('says that it does not know when looking tells nothing either', async () => {
    const script = {
      'DELETE a1': times(3, 'network'),
      'GET a1': times(3, 'network'),
      'DELETE a2': times(3, 'failing'),
      'GET a2': times(3, 'failing'),
    };
    const { state } = await run(script, names(2));
    expect([state('a1'), state('a2')]).toEqual(['unknown', 'failed-retryable']);
  });
});

describe('a time-out', () => {
  it('is settled by looking', async () => {
    const script = { 'DELETE a1': steps('timeout, but done'), 'DELETE a2': steps('timeout') };
    const { host, states } = await run(script, names(2));
    expect(host.requests('GET').map(({ id }) => id)).toEqual(['a1', 'a2']);
    expect(host.requests('DELETE').map(({ id }) => id)).toEqual(['a1', 'a2', 'a2']);
    expect(states).toEqual(['deleted', 'deleted']);
  });

  it('is tried three times as long as the asset is there', async () => {
    const { host, state } = await run({ 'DELETE a1': times(3, 'timeout') }, names(1));
    expect(host.requests('DELETE')).toHaveLength(3);
    expect(state('a1')).toBe('failed-retryable');
  });

  it.each(['network', 'failing', 'timeout', 'a web server’s 404', 'a bug'] as const)(
    'stays unknown when looking ends with %s, and is not sent again',
    async (ending) => {
      const script = { 'DELETE a1': steps('timeout, but done'), 'GET a1': times(3, ending) };
      const { host, state, end } = await run(script, names(3));
      expect(host.requests('DELETE', 'a1')).toHaveLength(1);
      expect(state('a1')).toBe('unknown');
      expect(end.cause).toBe('finished');
    },
  );

  it('takes an unreadable asset for one that is there', async () => {
    const script = { 'DELETE a1': steps('timeout'), 'GET a1': steps('a wrong shape') };
    const { host, state } = await run(script, names(1));
    expect(host.requests('DELETE')).toHaveLength(2);
    expect(state('a1')).toBe('deleted');
  });

  it('is looked at again when looking was too much', async () => {
    const script = { 'DELETE a1': steps('timeout, but done'), 'GET a1': steps('limited for 7 s', 'limited') };
    const { host, state } = await run(script, names(1));
    expect(state('a1')).toBe('deleted');
    expect(host.requests('GET')).toHaveLength(3);
  });

  it('stops everything when looking shows that the key is refused, and is looked at again later', async () => {
    const script = { 'DELETE a1': steps('timeout, but done'), 'GET a1': steps('unauthorized') };
    const { host, ledger, states, end } = await run(script, names(30), {
      otherwise: () => ({ ending: 'truth', after: 1_000 }),
    });
    expect(states[0]).toBe('sending');
    expect(states.slice(6).every((state) => state === 'queued')).toBe(true);
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'refused', problem: { status: 401 } } });
    const sent = host.sent.length;
    const again = await runToEnd(host, ledger);
    expect(host.sent[sent]).toMatchObject({ verb: 'GET', id: 'a1' });
    expect(again.states.every((state) => state === 'deleted')).toBe(true);
    expect(host.requests('DELETE', 'a1')).toHaveLength(1);
  });
});

describe.each(REFUSALS)('a refusal (%s)', (ending) => {
  it('puts the item back, sends nothing more, and finishes what is under way', async () => {
    const script: Script = {
      'DELETE a1': [{ ending: 'truth', after: 5_000 }],
      'DELETE a2': steps(ending),
    };
    const { host, states, end } = await run(script, names(50));
    expect(host.sent).toHaveLength(3);
    expect(states.slice(0, 3).sort()).toEqual(['deleted', 'deleted', 'queued']);
    expect(states.slice(3).every((state) => state === 'queued')).toBe(true);
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'refused' } });
  });

  it('ends waits and back-offs at once', async () => {
    const script = {
      'DELETE a1': steps('limited for 90 s'),
      'DELETE a2': [{ ending, after: 20 }],
      'DELETE a3': steps('conflict'),
    };
    const { took, waits, host } = await run(script, names(9));
    expect(took).toBeLessThan(1_000);
    expect(waits).toEqual([(host.sent[0]?.answered?.at ?? 0) + LONGEST_HOLD_MS, null]);
  });
});

describe('a 429', () => {
  it('holds the whole connection for as long as it asks', async () => {
    const { host, states, waits } = await run({ 'DELETE a1': steps('limited for 7 s') }, names(8));
    const until = (host.sent[0]?.answered?.at ?? 0) + 7_000;
    const later = host.sent.slice(3);
    expect(later).toHaveLength(6);
    expect(later.every(({ at }) => at >= until)).toBe(true);
    expect(states.every((state) => state === 'deleted')).toBe(true);
    expect(waits).toEqual([until, null]);
  });

  it('does not count as a try', async () => {
    const { state } = await run(
      { 'DELETE a1': steps('limited', 'failing', 'limited', 'failing', 'limited') },
      names(1),
    );
    expect(state('a1')).toBe('deleted');
  });

  it('pauses the job when waiting does not help', async () => {
    const { state, host, end } = await run({ 'DELETE a1': times(40, 'limited') }, names(1));
    expect(state('a1')).toBe('queued');
    expect(host.sent).toHaveLength(9);
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'failing', problem: { status: 429 } } });
  });

  it('may come as often as it likes with a success in between', async () => {
    const script = Object.fromEntries(names(40).map((id) => [`DELETE ${id}`, times(1, 'limited')]));
    const { states, end } = await run(script, names(40));
    expect(states.every((state) => state === 'deleted')).toBe(true);
    expect(end.cause).toBe('finished');
  });

  it('counts once when it answers requests that were under way together', async () => {
    const script = Object.fromEntries(names(3).map((id) => [`DELETE ${id}`, times(3, 'limited')]));
    const { end } = await run(script, names(3));
    expect(end.cause).toBe('finished');
  });

  it('holds on for the longer of two waits, in whichever order they are asked for', async () => {
    const script = {
      'DELETE a1': [{ ending: 'limited for 90 s', after: 10 }],
      'DELETE a2': [{ ending: 'limited for 7 s', after: 20 }],
      'DELETE a3': [{ ending: 'limited for 7 s', after: 5 }],
    } as const;
    const { host, waits } = await run(script, names(6));
    const began = host.sent[0]?.at ?? 0;
    expect(host.sent.slice(3).every(({ at }) => at >= began + 10 + LONGEST_HOLD_MS)).toBe(true);
    expect(waits).toEqual([began + 7_005, began + 10 + LONGEST_HOLD_MS, null]);
  });
});

describe('stopping', () => {
  it('sends nothing more, finishes what is under way and leaves the rest queued', async () => {
    const { host, states, end, sentBeforeAbort } = await run({}, names(40), { abortAfter: 15 });
    expect(host.sent).toHaveLength(sentBeforeAbort);
    expect(states.filter((state) => state === 'deleted')).toHaveLength(sentBeforeAbort);
    expect(states.filter((state) => state === 'queued')).toHaveLength(40 - sentBeforeAbort);
    expect(end).toEqual({ cause: 'stopped' });
  });

  it('ends a wait at once', async () => {
    const { took, states, waits } = await run({ 'DELETE a1': steps('limited for 90 s') }, names(1), {
      abortAfter: 100,
    });
    expect(took).toBeLessThan(110);
    expect(states).toEqual(['queued']);
    expect(waits.at(-1)).toBeNull();
  });

  it('looks once whether an asset that would have been tried again is gone', async () => {
    const script = { 'DELETE a1': steps('network, but done'), 'DELETE a2': steps('network') };
    const { host, states } = await run(script, names(2), { abortAfter: 100 });
    expect(host.requests('DELETE')).toHaveLength(2);
    expect(states).toEqual(['deleted', 'queued']);
  });

  it('does not look while a 429 is waited out: that is left for later', async () => {
    const script: Script = {
      'DELETE a1': steps('network, but done'),
      'DELETE a2': steps('limited for 90 s'),
    };
    const { host, ledger, states } = await run(script, names(2), { abortAfter: 100 });
    expect(host.requests('GET')).toEqual([]);
    expect(states).toEqual(['sending', 'queued']);
    expect((await runToEnd(host, ledger)).states).toEqual(['deleted', 'deleted']);
  });

  it('waits no longer to look again', async () => {
    const script = { 'DELETE a1': steps('timeout'), 'GET a1': times(2, 'network') };
    const { host, states } = await run(script, names(1), { abortAfter: 100 });
    expect(host.requests('GET')).toHaveLength(1);
    expect(states).toEqual(['sending']);
  });

  it('before the start sends nothing at all', async () => {
    const { host, states, end } = await run({}, names(3), { abortAfter: 0 });
    expect(host.sent).toEqual([]);
    expect(states).toEqual(['queued', 'queued', 'queued']);
    expect(end).toEqual({ cause: 'stopped' });
  });
});

describe('what was being sent when a page died', () => {
  async function interrupted(script: Script = {}) {
    const ids = names(20);
    const host = new PretendHost(ids, script);
    const ledger = await ledgerWith(ids);
    const claimed = ledger.claim(JOB, 4);
    await vi.runAllTimersAsync();
    await claimed;
    return { host, ledger };
  }

  it('is looked at before anything is sent', async () => {
    const { host, ledger } = await interrupted();
    host.records.delete('a2');
    const { states } = await runToEnd(host, ledger);
    expect(host.sent.slice(0, 4).map(({ verb, id }) => `${verb} ${id}`)).toEqual(
      names(4).map((id) => `GET ${id}`),
    );
    expect(host.requests('DELETE', 'a2')).toEqual([]);
    expect(states.every((state) => state === 'deleted')).toBe(true);
  });

  it('is unknown when three looks tell nothing', async () => {
    const { host, ledger } = await interrupted({ 'GET a1': times(3, 'failing') });
    const { states } = await runToEnd(host, ledger);
    expect(host.requests('GET', 'a1')).toHaveLength(3);
    expect(states[0]).toBe('unknown');
    expect(states.slice(1).every((state) => state === 'deleted')).toBe(true);
  });

  it('stays as it is when the key is refused', async () => {
    const { host, ledger } = await interrupted({ 'GET a1': steps('unauthorized') });
    const { states, end } = await runToEnd(host, ledger);
    expect(host.requests('DELETE')).toEqual([]);
    expect(states[0]).toBe('sending');
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'refused' } });
  });
});

describe('a job that had better ask', () => {
  it('pauses when more than 6 of the last 20 failed', async () => {
    const failing = (count: number) =>
      Object.fromEntries(names(count).map((id) => [`DELETE ${id}`, steps('invalid')]));
    expect((await run(failing(6), names(40))).end.cause).toBe('finished');
    const { end, states, host, ledger } = await run(failing(40), names(40));
    expect(end).toMatchObject({ cause: 'paused', pause: { cause: 'failing', problem: { status: 422 } } });
    expect(states.filter((state) => state === 'failed-final').length).toBeLessThanOrEqual(7 + 4);
    // The person goes on, and the counters start anew.
    const before = host.sent.length;
    await runToEnd(host, ledger);
    expect(host.sent.length - before).toBeGreaterThanOrEqual(7);
  });

  it('does not count what is protected', async () => {
    const script = Object.fromEntries(names(40).map((id) => [`DELETE ${id}`, steps('conflict')]));
    const { end, states } = await run(script, names(40));
    expect(end.cause).toBe('finished');
    expect(states.every((state) => state === 'protected')).toBe(true);
  });

  it('pauses when 5 in a row are not there, unless the person said that this is all right', async () => {
    const { end, states, host, ledger } = await run({}, names(40), { has: [] });
    expect(end).toEqual({ cause: 'paused', pause: { cause: 'strangers' } });
    expect(states.filter((state) => state === 'already-gone').length).toBeLessThanOrEqual(8);
    const again = await runToEnd(host, ledger, { mindsStrangers: false });
    expect(again.end).toEqual({ cause: 'finished' });
    expect(host.requests('DELETE')).toHaveLength(40);
  });

  it('is not alarmed by 4 that are not there', async () => {
    const has = names(40).filter((_, at) => at % 5 === 4);
    expect((await run({}, names(40), { has })).end.cause).toBe('finished');
  });

  it('has finished when there is nothing left to ask about', async () => {
    expect((await run({}, names(5), { has: [] })).end).toEqual({ cause: 'finished' });
  });
});

describe('a ledger that fails', () => {
  it.each(['claim', 'settle', 'release', 'job', 'sending'] as const)(
    'at %s stops the job before anything that could not be written down',
    async (method) => {
      const ids = names(60);
      const script: Script = method === 'release' ? { 'DELETE a20': steps('unauthorized') } : {};
      const host = new PretendHost(ids, script);
      const ledger = await ledgerWith(ids);
      let sentWhenFailed = Infinity;
      ledger.fate = (called, call) => {
        if (called !== method || (method === 'claim' && call < 5)) return 'ok';
        setTimeout(() => (sentWhenFailed = Math.min(sentWhenFailed, host.sent.length)), 1);
        return 'lost';
      };
      const { end } = await runToEnd(host, ledger);
      expect(end).toEqual({ cause: 'paused', pause: { cause: 'storage' } });
      expect(host.sent).toHaveLength(sentWhenFailed);
      ledger.recover();
      const again = await runToEnd(host, ledger);
      expect(again.states.every((state) => state === 'deleted')).toBe(true);
      expect(host.requests('DELETE', 'a1')).toHaveLength(1);
    },
  );

  it('is not asked again, and not even a look is sent', async () => {
    const ids = names(60);
    const host = new PretendHost(ids, { 'DELETE a3': [{ ending: 'timeout', after: 500 }] });
    const ledger = await ledgerWith(ids);
    ledger.fate = (method) => (method === 'settle' ? 'lost' : 'ok');
    let callsThen = Infinity;
    ledger.onFailure = () => (callsThen = Math.min(callsThen, ledger.calls));
    const { states } = await runToEnd(host, ledger);
    expect(host.requests('GET')).toEqual([]);
    expect(states[2]).toBe('sending');
    expect(ledger.calls).toBe(callsThen);
  });
});
