import 'fake-indexeddb/auto';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { ITEM_STATES, isFinal, type FinalState, type JobItem } from '@/domain/job';
import { aJob, aJobItem, countsOf } from '@/testing/pretend-jobs';

import { openLedger } from './idb-ledger';
import { LedgerError } from './ledger';

const FINAL = ITEM_STATES.filter(isFinal);
const MOST = 14;
const index = fc.nat(MOST);

/** What a runner, a careless one too, may ask for. */
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('claim' as const), limit: fc.nat(5) }),
  fc.record({ do: fc.constant('release' as const), indexes: fc.array(index, { maxLength: 4 }) }),
  fc.record({
    do: fc.constant('settle' as const),
    outcomes: fc.array(fc.tuple(index, fc.constantFrom<FinalState>(...FINAL)), { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('settle all' as const), state: fc.constantFrom<FinalState>(...FINAL) }),
);

const ended = (at: number, state: FinalState) => ({ index: at, outcome: aJobItem(at, state).outcome! });

it('keeps counts equal to the items and final items as they are, whatever is asked', async () => {
  let jobs = 0;
  const tabs = [openLedger(), openLedger()];
  await fc.assert(
    fc.asyncProperty(
      fc.nat(MOST),
      fc.array(fc.tuple(anyStep, fc.nat(1)), { maxLength: 20 }),
      async (total, steps) => {
        const id = `job-${(jobs += 1)}`;
        const plan = Array.from({ length: total }, (_, at) => aJobItem(at, 'queued').item);
        await tabs[0]!.create(aJob({}, { id }), plan);
        /** What the items must be, as told by the contract alone. */
        let model = plan.map((): Pick<JobItem, 'state' | 'outcome'> => ({ state: 'queued', outcome: null }));

        for (const [step, tab] of steps) {
          const ledger = tabs[tab]!;
          if (step.do === 'claim') {
            const first = model
              .flatMap(({ state }, at) => (state === 'queued' ? [at] : []))
              .slice(0, step.limit);
            const claimed = await ledger.claim(id, step.limit);
            expect(claimed.map((each) => each.index)).toEqual(first);
            model = model.map((each, at) => (first.includes(at) ? { ...each, state: 'sending' } : each));
          } else if (step.do === 'release') {
            await ledger.release(id, step.indexes);
            model = model.map((each, at) =>
              each.state === 'sending' && step.indexes.includes(at) ? { ...each, state: 'queued' } : each,
            );
          } else {
            const outcomes =
              step.do === 'settle'
                ? step.outcomes.map(([at, state]) => ended(at, state))
                : (await ledger.sending(id)).map((each) => ended(each.index, step.state));
            const isAllowed =
              outcomes.every((each) => model[each.index]?.state === 'sending') &&
              new Set(outcomes.map((each) => each.index)).size === outcomes.length;
            const settling = ledger.settle(id, outcomes);
            if (isAllowed) await settling;
            else await expect(settling).rejects.toThrow(LedgerError);
            const written = new Map(isAllowed ? outcomes.map((each) => [each.index, each.outcome]) : []);
            model = model.map((each, at) => {
              const outcome = written.get(at);
              return outcome === undefined ? each : { state: outcome.state, outcome };
            });
          }

          const { items } = await ledger.items(id, { offset: 0, limit: MOST });
          expect(items.map(({ state, outcome }) => ({ state, outcome }))).toEqual(model);
          const counts: Partial<Record<JobItem['state'], number>> = {};
          for (const { state } of model) counts[state] = (counts[state] ?? 0) + 1;
          expect(await ledger.job(id)).toEqual(aJob(counts, { id, total, counts: countsOf(counts) }));
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
