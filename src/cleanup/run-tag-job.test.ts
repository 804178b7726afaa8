import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { PlanAction } from '@/domain/plan';
import { anAsset } from '@/testing/assets';
import { PretendHost, type Ending, type Step } from '@/testing/pretend-host';
import { JOB, ledgerWith, planItem, runToEnd } from '@/testing/run-jobs';
import type { Script } from '@/testing/scripts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const steps = (...endings: Ending[]): Step[] => endings.map((ending) => ({ ending, after: 10 }));
const REMOVE: PlanAction = { type: 'remove-tags', tags: ['draft', 'old'] };
const RESTORE: PlanAction = { type: 'restore-tags', undoes: 'job-0' };

const asset = (tags: readonly string[], id = 'a1') => anAsset({ id, tags });

async function run(
  action: PlanAction,
  {
    has,
    changeTags,
    script = {},
  }: { has: readonly string[]; changeTags: readonly string[]; script?: Script },
) {
  const host = new PretendHost([asset(has)], script);
  const ledger = await ledgerWith([planItem({ id: 'a1', tags: ['draft', 'old'] }, changeTags)], { action });
  const trial = await runToEnd(host, ledger);
  return {
    ...trial,
    host,
    ledger,
    outcome: trial.items.get('a1')?.outcome,
    now: host.records.get('a1')?.tags,
  };
}

describe('a job that removes tags', () => {
  it('keeps what the provider says was removed, and what was not there', async () => {
    const { outcome, now } = await run(REMOVE, { has: ['draft', 'cat'], changeTags: ['draft', 'old'] });
    expect(outcome).toMatchObject({ state: 'edited', changedTags: ['draft'], unchangedTags: ['old'] });
    expect(now).toEqual(['cat']);
  });

  it('goes by the tags that are left when the provider does not say what it removed', async () => {
    const host = new PretendHost([asset(['draft'])]);
    const { provider } = host;
    Object.assign(provider, {
      removeTags: () => Promise.resolve({ totalTags: ['cat'], changed: null, unchanged: null }),
    });
    const ledger = await ledgerWith([planItem({ id: 'a1' }, ['draft'])], { action: REMOVE });
    const { items } = await runToEnd(host, ledger);
    expect(items.get('a1')?.outcome).toMatchObject({ state: 'edited', changedTags: ['draft'] });
  });

  it('has failed when a tag is still there', async () => {
    const host = new PretendHost([asset(['draft'])]);
    Object.assign(host.provider, {
      removeTags: () => Promise.resolve({ totalTags: ['old'], changed: null, unchanged: null }),
    });
    const ledger = await ledgerWith([planItem({ id: 'a1' }, ['draft', 'old'])], { action: REMOVE });
    const { items } = await runToEnd(host, ledger);
    expect(items.get('a1')?.outcome).toMatchObject({
      state: 'failed-final',
      changedTags: ['draft'],
      problem: { title: 'A tag is still there', hint: expect.stringContaining('“old”') as string },
    });
  });

  it('asks for nothing where there is nothing to remove', async () => {
    const { host, outcome } = await run(REMOVE, { has: ['cat'], changeTags: [] });
    expect(host.sent).toEqual([]);
    expect(outcome).toMatchObject({ state: 'edited', changedTags: [] });
  });

  it('knows what a lost answer did', async () => {
    const script = { 'UNTAG a1': steps('network, but done') };
    const { outcome } = await run(REMOVE, { has: ['draft', 'cat'], changeTags: ['draft'], script });
    expect(outcome).toMatchObject({ state: 'edited', changedTags: ['draft'], unchangedTags: [] });
  });

  it('settles a time-out by comparing tags', async () => {
    const script = { 'UNTAG a1': steps('timeout', 'timeout, but done') };
    const { outcome, host } = await run(REMOVE, { has: ['draft'], changeTags: ['draft'], script });
    expect(outcome).toMatchObject({ state: 'edited', changedTags: ['draft'] });
    expect(host.sent.map(({ verb }) => verb)).toEqual(['UNTAG', 'GET', 'UNTAG', 'GET']);
  });

  it('is told by a look that the asset is gone', async () => {
    const host = new PretendHost([], { 'UNTAG a1': steps('timeout') });
    const ledger = await ledgerWith([planItem({ id: 'a1' }, ['draft'])], { action: REMOVE });
    expect((await runToEnd(host, ledger)).states).toEqual(['already-gone']);
  });

  it('does not know what an unreadable asset has', async () => {
    const script = { 'UNTAG a1': steps('timeout'), 'GET a1': steps('a wrong shape') };
    const { outcome } = await run(REMOVE, { has: ['draft'], changeTags: ['draft'], script });
    expect(outcome?.state).toBe('unknown');
  });

  it('takes an asset that the API does not know for gone', async () => {
    const host = new PretendHost([]);
    const ledger = await ledgerWith([planItem({ id: 'a1' }, ['draft'])], { action: REMOVE });
    const { states, end } = await runToEnd(host, ledger);
    expect(states).toEqual(['already-gone']);
    expect(end.cause).toBe('finished');
  });

  it('fails plainly where tags cannot be changed', async () => {
    const host = new PretendHost([asset(['draft'])]);
    Object.assign(host.provider, { removeTags: undefined });
    const ledger = await ledgerWith([planItem({ id: 'a1' }, ['draft'])], { action: REMOVE });
    const { items } = await runToEnd(host, ledger);
    expect(items.get('a1')?.outcome).toMatchObject({
      state: 'failed-final',
      problem: { title: 'This cannot be asked' },
    });
  });

  it('compares tags before it goes on after a crash', async () => {
    const host = new PretendHost([asset(['cat'], 'a1'), asset(['draft'], 'a2')]);
    const items = ['a1', 'a2'].map((id) => planItem({ id }, ['draft']));
    const ledger = await ledgerWith(items, { action: REMOVE });
    const claimed = ledger.claim(JOB, 2);
    await vi.runAllTimersAsync();
    await claimed;
    const trial = await runToEnd(host, ledger);
    expect(host.sent.map(({ verb, id }) => `${verb} ${id}`)).toEqual(['GET a1', 'GET a2', 'UNTAG a2']);
    expect(trial.items.get('a1')?.outcome).toMatchObject({ state: 'edited', changedTags: ['draft'] });
    expect(trial.items.get('a2')?.outcome).toMatchObject({ state: 'edited', changedTags: ['draft'] });
  });
});

describe('a job that puts tags back', () => {
  it('adds exactly what was taken off', async () => {
    const { outcome, now } = await run(RESTORE, { has: ['cat'], changeTags: ['draft'] });
    expect(outcome).toMatchObject({ state: 'edited', changedTags: ['draft'] });
    expect(now).toEqual(['cat', 'draft']);
  });

  it('does not take its own removal for a change by somebody else', async () => {
    const host = new PretendHost([{ ...asset(['cat']), updatedAt: '2026-04-01T00:00:00Z' }]);
    const item = planItem({ id: 'a1', updatedAt: '2026-03-01T00:00:00Z' }, ['draft']);
    const { states } = await runToEnd(
      host,
      await ledgerWith([item], { action: RESTORE, checksChanges: true }),
    );
    expect(states).toEqual(['edited']);
  });
});
