import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { isFinal, type ItemState } from '@/domain/job';
import { anAsset } from '@/testing/assets';
import type { Fate, MemoryLedger } from '@/testing/memory-ledger';
import { PretendHost, type Ending, type Sent } from '@/testing/pretend-host';
import { LONGEST_HOLD_MS } from '@/testing/scripts';
import { JOB, ledgerWith, planItem, runToEnd, type JobTrial } from '@/testing/run-jobs';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LIMITS: readonly Ending[] = ['limited', 'limited for 7 s', 'limited for 90 s'];
const REFUSALS: readonly Ending[] = ['unauthorized', 'forbidden'];

const CALM: fc.WeightedArbitrary<Ending>[] = [{ weight: 60, arbitrary: fc.constant('truth') }];
const STORMY: fc.WeightedArbitrary<Ending>[] = [
  { weight: 30, arbitrary: fc.constant('truth') },
  { weight: 6, arbitrary: fc.constantFrom('timeout', 'timeout, but done') },
  { weight: 8, arbitrary: fc.constantFrom('failing', 'failing, but done', 'network', 'network, but done') },
  { weight: 6, arbitrary: fc.constantFrom(...LIMITS) },
  { weight: 4, arbitrary: fc.constantFrom('conflict', 'busy', 'invalid', 'a bug', 'failing for an hour') },
  { weight: 2, arbitrary: fc.constantFrom('a web server’s 404', 'a wrong shape') },
  { weight: 1, arbitrary: fc.constantFrom(...REFUSALS) },
];

/** How each request of a run ends, in the order in which they are sent; then all is calm. */
const weather = fc.oneof(
  ...[CALM, STORMY].map((endings) =>
    fc.array(fc.record({ ending: fc.oneof(...endings), after: fc.integer({ min: 0, max: 3_000 }) }), {
      maxLength: 150,
      size: 'max',
    }),
  ),
);

const anyJob = fc.record({
  count: fc.integer({ min: 0, max: 45 }),
  action: fc.constantFrom('delete', 'delete', 'remove-tags'),
  checksChanges: fc.boolean(),
  sortable: fc.boolean(),
  weather,
  /** What others do meanwhile. */
  others: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 5_000 }),
      asset: fc.integer({ min: 0, max: 44 }),
      deed: fc.constantFrom('delete', 'update', 'protect'),
    }),
    { maxLength: 10 },
  ),
  protectedFromStart: fc.array(fc.integer({ min: 0, max: 44 }), { maxLength: 3 }),
  ledgerDelay: fc.integer({ min: 0, max: 400 }),
  /** One run after the other, each from where the last one left the ledger. */
  runs: fc.array(
    fc.record({
      abortAfter: fc.option(fc.integer({ min: 0, max: 8_000 }), { freq: 2 }),
      crash: fc.option(
        fc.record({ at: fc.integer({ min: 1, max: 25 }), last: fc.constantFrom<Fate[]>('lost', 'kept') }),
        { freq: 2 },
      ),
    }),
    { maxLength: 3 },
  ),
});
type AnyJob = typeof anyJob extends fc.Arbitrary<infer T> ? T : never;

interface Lived {
  readonly host: PretendHost;
  readonly ledger: MemoryLedger;
  readonly ids: readonly string[];
  readonly trials: readonly (JobTrial & { readonly firstSent: number })[];
  /** Broken promises that only show at the moment of sending. */
  readonly broken: readonly string[];
  readonly foreign: ReadonlySet<string>;
}

/** Lives through all runs of a job and as many more as it takes to end it. */
async function live(given: AnyJob): Promise<Lived> {
  const ids = Array.from({ length: given.count }, (_, at) => `a${at + 1}`);
  const foreign = new Set(['other-1', 'other-2']);
  const endings = given.weather[Symbol.iterator]();
  const settledBefore = new Map<string, ItemState>();
  const broken: string[] = [];
  let pace = 3;
  const assets = [...ids, ...foreign].map((id, at) =>
    anAsset({
      ...{ id, tags: ['draft', 'cat'], contentHash: `hash-${id}`, updatedAt: '2026-02-01T00:00:00Z' },
      createdAt: new Date(Date.UTC(2026, 0, 1) - at * 1_000).toISOString(),
      protection: given.protectedFromStart.includes(at) && at < given.count ? 'immutable' : null,
    }),
  );
  let isStorageGone = false;
  const holds: { from: number; until: number }[] = [];
  const host = new PretendHost(
    assets,
    {},
    {
      sortableBy: given.sortable ? ['created_at'] : [],
      maxPageSize: 20,
      otherwise: () => endings.next().value ?? { ending: 'truth', after: 20 },
      onSend({ verb, id, at }, inFlight) {
        const what = `${verb} ${id}`;
        const state = ledger.stateOf(JOB, id);
        if (isStorageGone) broken.push(`${what}: after the ledger failed`);
        if (inFlight > pace) broken.push(`${what}: ${inFlight} in flight, ${pace} allowed`);
        if (verb !== 'LIST' && !ids.includes(id)) broken.push(`${what}: not on the list`);
        if (verb !== 'LIST' && state !== 'sending') broken.push(`${what}: ${state} in the ledger`);
        if (holds.some((hold) => at < hold.until && at >= hold.from)) broken.push(`${what}: during a hold`);
        const asset = host.records.get(id);
        if (verb === 'DELETE' && given.checksChanges && given.protectedFromStart.includes(ids.indexOf(id)))
          broken.push(`${what}: protected (${asset?.protection})`);
      },
    },
  );
  const ledger = await ledgerWith(
    assets.slice(0, given.count).map((asset) => planItem({ ...asset, protection: null }, ['draft'])),
    {
      checksChanges: given.checksChanges,
      action: given.action === 'delete' ? { type: 'delete' } : { type: 'remove-tags', tags: ['draft'] },
    },
  );
  ledger.delay = () => given.ledgerDelay;
  ledger.onFailure = () => (isStorageGone = true);
  for (const { at, asset, deed } of given.others) {
    setTimeout(() => {
      const now = host.records.get(ids[asset] ?? '');
      if (now === undefined) return;
      if (deed === 'delete') host.records.delete(now.id);
      else if (deed === 'update') host.records.set(now.id, { ...now, updatedAt: '2026-03-01T00:00:00Z' });
      else host.records.set(now.id, { ...now, protection: 'immutable' });
    }, at);
  }

  const trials: (JobTrial & { firstSent: number })[] = [];
  for (let at = 0; at < 40; at += 1) {
    const { abortAfter = null, crash = null } = given.runs[at] ?? {};
    ledger.recover();
    if (crash !== null) ledger.crashAt(crash.at, crash.last === 'kept' ? 'kept' : 'lost');
    const firstSent = host.sent.length;
    for (const { item, state } of ledger.itemsOf(JOB)) {
      if (isFinal(state)) settledBefore.set(item.id, state);
    }
    pace = 3;
    isStorageGone = false;
    holds.length = 0;
    const trial = await runToEnd(host, ledger, {
      abortAfter,
      onPace: (now) => (pace = now),
      onWait: (wait) => {
        if (wait !== null) holds.push({ from: Date.now(), until: wait.until });
      },
    });
    trials.push({ ...trial, firstSent });
    for (const [id, state] of settledBefore) {
      if (trial.items.get(id)?.state !== state)
        broken.push(`${id}: was ${state}, is ${trial.items.get(id)?.state}`);
      const again = host.sent.slice(firstSent).filter((sent) => sent.id === id);
      if (again.length > 0) broken.push(`${id}: ${state}, and sent again`);
    }
    if (trial.end.cause === 'finished') break;
  }
  return { host, ledger, ids, trials, broken, foreign };
}

describe('a job, whatever the provider, the disk and other people do', { timeout: 60_000 }, () => {
  /** Checks one promise for any job, any weather and any number of runs. */
  const always = (promise: (lived: Lived, given: AnyJob) => void, numRuns = 100) =>
    fc.assert(
      fc.asyncProperty(anyJob, async (given) => {
        promise(await live(given), given);
      }),
      { numRuns },
    );

  it('sends confirmed ids only, each written down first, none again once settled, at most so many at once, none during a 429 wait, and none that is protected', () =>
    always(({ broken, host, foreign }) => {
      expect(broken).toEqual([]);
      expect([...foreign].filter((id) => !host.assets.has(id))).toEqual([]);
    }, 200));

  it('ends with every id in exactly one final state, and with sums that equal the plan', () =>
    always(({ trials, ledger, ids }) => {
      for (const { progress } of trials) {
        for (const { counts, total } of progress) {
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
        }
      }
      expect(trials.at(-1)?.end).toEqual({ cause: 'finished' });
      const items = ledger.itemsOf(JOB);
      expect(items.map(({ item }) => item.id)).toEqual(ids);
      expect(items.filter(({ state }) => !isFinal(state))).toEqual([]);
      expect(items.filter(({ state, outcome }) => outcome?.state !== state)).toEqual([]);
    }));

  it('says only what is true of the host', () =>
    always(({ host, ledger, trials }, { action, others }) => {
      const isTouched = (id: string) => others.some(({ asset }) => `a${asset + 1}` === id);
      for (const { item, state, outcome } of ledger.itemsOf(JOB)) {
        const asked = host.requests(action === 'delete' ? 'DELETE' : 'UNTAG', item.id);
        const now = host.records.get(item.id);
        if (state === 'deleted' || state === 'already-gone') expect(now).toBeUndefined();
        if (state === 'changed') expect(isTouched(item.id)).toBe(true);
        if (state === 'edited') {
          expect(now?.tags ?? ['cat']).toEqual(['cat']);
          expect(outcome?.changedTags).toEqual(['draft']);
        }
        if (state === 'failed-final' || state === 'failed-retryable' || state === 'unknown') {
          expect(outcome?.problem).not.toBeNull();
        }
        if (asked.length === 0 && !isTouched(item.id)) expect(now?.tags).toEqual(['draft', 'cat']);
      }
      const gone = trials.flatMap((trial) => trial.gone);
      expect(new Set(gone).size).toBe(gone.length);
      for (const id of gone) expect(host.records.has(id)).toBe(false);
    }));

  it('sends nothing after a refusal, and nothing new after the person stopped it', () =>
    always(({ host, trials }) => {
      trials.forEach(({ firstSent, sentBeforeAbort, end }, at) => {
        const sent = host.sent.slice(firstSent, trials[at + 1]?.firstSent);
        const refused = sent.filter(({ ending }) => REFUSALS.includes(ending));
        for (const { answered } of refused) {
          expect(firstSent + sent.length).toBeLessThanOrEqual(answered?.sentBefore ?? -1);
        }
        if (refused.length > 0) expect(end.cause).not.toBe('finished');
        const late = host.sent.slice(Math.max(firstSent, sentBeforeAbort), firstSent + sent.length);
        expect(late.filter(({ verb }) => verb !== 'GET')).toEqual([]);
      });
    }));

  it('tries no asset more than three times in a run, 429 aside', () =>
    always(({ host, trials, ids }) => {
      trials.forEach(({ firstSent }, at) => {
        const sent = host.sent.slice(firstSent, trials[at + 1]?.firstSent);
        const counted = (id: string) => (each: Sent) =>
          each.id === id && each.verb !== 'GET' && !LIMITS.includes(each.ending);
        for (const id of ids) expect(sent.filter(counted(id)).length).toBeLessThanOrEqual(3);
      });
    }));

  it('calls off every wait that it announced', () =>
    always(({ trials }) => {
      for (const { waits } of trials) {
        expect(waits.at(-1) ?? null).toBeNull();
        const untils = waits.filter((until) => until !== null);
        expect(untils).toEqual(untils.toSorted((a, b) => a - b));
        expect(Math.max(0, ...untils) - Date.now()).toBeLessThanOrEqual(LONGEST_HOLD_MS);
      }
    }));
});
