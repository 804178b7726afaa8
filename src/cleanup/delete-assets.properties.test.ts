// @vitest-environment node
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Ending, Sent } from '@/testing/pretend-host';
import {
  LIMITS,
  LONGEST_HOLD_MS,
  names,
  REFUSALS,
  runDeletions,
  type Outcome,
  type Script,
} from '@/testing/run-deletions';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('deleteAssets, whatever the provider does', () => {
  const ending = fc.oneof(
    { weight: 12, arbitrary: fc.constant<Ending>('truth') },
    { weight: 9, arbitrary: fc.constantFrom<Ending>('timeout', 'timeout, but done') },
    { weight: 12, arbitrary: fc.constantFrom<Ending>('failing', 'network', 'network, but done') },
    { weight: 7, arbitrary: fc.constantFrom<Ending>(...LIMITS) },
    { weight: 7, arbitrary: fc.constantFrom<Ending>('conflict', 'busy', 'invalid', 'a bug') },
    { weight: 2, arbitrary: fc.constantFrom<Ending>('a web server’s 404', 'a wrong shape') },
    { weight: 1, arbitrary: fc.constantFrom<Ending>(...REFUSALS) },
  );
  const answers = fc.array(fc.record({ ending, after: fc.integer({ min: 0, max: 9_000 }) }), {
    maxLength: 6,
  });
  const ids = fc.integer({ min: 0, max: 10 }).map(names);
  const anyRun = ids.chain((all) =>
    fc.record({
      ids: fc.constant(all),
      script: fc
        .tuple(
          ...all
            .flatMap((id) => [`DELETE ${id}`, `GET ${id}`])
            .map((request) => answers.map((a) => [request, a] as const)),
        )
        .map((entries): Script => Object.fromEntries(entries)),
      concurrency: fc.integer({ min: 1, max: 5 }),
      abortAfter: fc.option(fc.integer({ min: 0, max: 30_000 }), { freq: 3 }),
    }),
  );

  /** Checks one promise for any list, any answers and any moment of stopping. */
  const always = (
    promise: (outcome: Outcome, given: { ids: readonly string[]; concurrency: number }) => void,
  ) =>
    fc.assert(
      fc.asyncProperty(anyRun, async ({ script, ...options }) => {
        promise(await runDeletions(script, options), options);
      }),
      { numRuns: 150 },
    );

  const answeredWith = (sent: readonly Sent[], endings: readonly Ending[]) =>
    sent.filter((request) => endings.includes(request.ending));

  it('only confirmed ids are sent, and each gets exactly one result', () =>
    always(({ host, reported }, { ids: confirmed }) => {
      expect(host.sent.filter(({ id }) => !confirmed.includes(id))).toEqual([]);
      expect([...reported].sort()).toEqual([...confirmed].sort());
    }));

  it('an id that has its result is never sent again', () =>
    always(({ host, sentBefore }) => {
      host.sent.forEach(({ id }, at) => expect(at).toBeLessThan(sentBefore.get(id) ?? -1));
    }));

  it('no more requests are in flight than allowed', () =>
    always(({ host }, { concurrency }) => {
      expect(host.mostInFlight).toBeLessThanOrEqual(concurrency);
    }));

  it('nothing is sent after a refusal', () =>
    always(({ host, stop }) => {
      const refused = answeredWith(host.sent, REFUSALS);
      for (const { answered } of refused) {
        expect(refused.length === 0 || host.sent.length).toBeLessThanOrEqual(answered?.sentBefore ?? -1);
      }
      expect(stop?.cause === 'refused').toBe(refused.length > 0);
    }));

  it('nothing is deleted after the person stopped', () =>
    always(({ host, sentBeforeAbort, results, stop }) => {
      expect(host.sent.slice(sentBeforeAbort).filter(({ verb }) => verb === 'DELETE')).toEqual([]);
      const unsent = [...results.values()].some(({ status }) => status === 'not-sent');
      if (unsent) expect(stop).not.toBeNull();
    }));

  it('no asset is tried more than three times, 429 aside', () =>
    always(({ host, results }) => {
      for (const id of results.keys()) {
        const tries = host.requests('DELETE', id);
        expect(tries.length - answeredWith(tries, LIMITS).length).toBeLessThanOrEqual(3);
      }
    }));

  it('a 429 holds every request until its time has come', () =>
    always(({ host, sentBeforeAbort }) => {
      const asked: Partial<Record<Ending, number>> = {
        'limited for 7 s': 7_000,
        'limited for 90 s': LONGEST_HOLD_MS,
      };
      for (const limit of answeredWith(host.sent, LIMITS)) {
        const { at, sentBefore } = limit.answered ?? { at: 0, sentBefore: 0 };
        const until = at + (asked[limit.ending] ?? 500);
        // A person who stops the run ends the wait; what is still looked at is looked at now.
        for (const later of host.sent.slice(sentBefore, sentBeforeAbort)) {
          expect(later.at).toBeGreaterThanOrEqual(until);
        }
      }
    }));

  it('what is reported is true of the host', () =>
    always(({ host, results }) => {
      for (const [id, { status }] of results) {
        if (status === 'deleted' || status === 'already-gone') expect(host.assets.has(id)).toBe(false);
        if (status === 'protected') expect(host.requests('DELETE', id).at(-1)?.ending).toBe('conflict');
        if (status === 'unknown')
          expect(host.requests('DELETE', id).some(({ ending }) => /^(?:timeout|network)/.test(ending))).toBe(
            true,
          );
        if (status !== 'not-sent') expect(host.requests('DELETE', id)).not.toEqual([]);
        else {
          const heard = host
            .requests('DELETE', id)
            .filter(({ ending }) => ![...LIMITS, ...REFUSALS].includes(ending));
          expect(heard).toEqual([]);
        }
      }
    }));

  it('a wait that is announced is also called off', () =>
    always(({ waits }) => {
      expect(waits.at(-1) ?? null).toBeNull();
      const untils = waits.filter((until) => until !== null);
      expect(untils).toEqual(untils.toSorted((a, b) => a - b));
    }));
});
