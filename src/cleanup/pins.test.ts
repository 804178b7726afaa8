import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { anAsset } from '@/testing/assets';
import { MemoryLedger } from '@/testing/memory-ledger';
import { AT_ONCE, openBrowser, planFor } from '@/testing/open-tabs';
import { PretendHost, type Ending } from '@/testing/pretend-host';
import { ledgerWith, planItem, runToEnd } from '@/testing/run-jobs';
import { names, type Script } from '@/testing/scripts';

import { LedgerError } from './ledger';

describe('an asset that is pinned after the plan was made', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** @param pinAfter milliseconds until a2 is pinned */
  async function run(pinAfter: number, script: Script = {}, ids = names(3)) {
    const host = new PretendHost(ids, script);
    const ledger = await ledgerWith(ids);
    let isPinned = pinAfter === 0;
    setTimeout(() => (isPinned = true), pinAfter);
    const trial = await runToEnd(host, ledger, { isPinned: (id) => isPinned && id === 'a2' });
    return { host, ...trial, outcome: trial.items.get('a2')?.outcome };
  }
  const step = (ending: Ending) => [{ ending, after: 10 }];

  it('is not deleted, and the others are', async () => {
    const { host, states, outcome, end } = await run(0);
    expect(states).toEqual(['deleted', 'protected', 'deleted']);
    expect(outcome?.problem).toMatchObject({ title: 'Pinned by you', status: null });
    expect(host.sent.filter(({ id }) => id === 'a2')).toEqual([]);
    expect(end.cause).toBe('finished');
  });

  it('is not deleted when its turn comes after a wait', async () => {
    const script = Object.fromEntries(names(3).map((id) => [`DELETE ${id}`, step('limited for 7 s')]));
    const { host, outcome } = await run(3_000, script);
    expect(outcome?.state).toBe('protected');
    expect(host.requests('DELETE', 'a2')).toHaveLength(1);
    expect(host.assets).toEqual(new Set(['a2']));
  });

  it('is not tried again', async () => {
    const { host, outcome } = await run(100, { 'DELETE a2': step('failing') });
    expect(outcome?.state).toBe('protected');
    expect(host.requests('DELETE', 'a2')).toHaveLength(1);
    expect(host.requests('GET', 'a2')).toHaveLength(1);
  });

  it('is reported as deleted when an earlier try was heard', async () => {
    const { outcome } = await run(100, { 'DELETE a2': step('network, but done') });
    expect(outcome).toMatchObject({ state: 'deleted', problem: null });
  });

  it('is unknown when nobody can find out whether an earlier try was heard', async () => {
    const { outcome } = await run(100, {
      'DELETE a2': step('network, but done'),
      'GET a2': [...step('invalid')],
    });
    expect(outcome).toMatchObject({ state: 'unknown' });
  });

  it('still loses its tags: a pin keeps the asset', async () => {
    const host = new PretendHost([anAsset({ id: 'a1', tags: ['draft'] })]);
    const ledger = await ledgerWith([planItem({ id: 'a1', tags: ['draft'] }, ['draft'])], {
      action: { type: 'remove-tags', tags: ['draft'] },
    });
    expect((await runToEnd(host, ledger, { isPinned: () => true })).states).toEqual(['edited']);
  });
});

describe('pins and jobs', () => {
  const IDS = ['fox', 'owl', 'elk'];
  const open = () => {
    const host = new PretendHost(IDS, {}, { otherwise: () => ({ ending: 'truth', after: 1 }) });
    return { host, ...openBrowser(host, new MemoryLedger()) };
  };

  it('keep what is pinned while the job waits in its grace', async () => {
    const { host, openTab, close } = open();
    const pins = new Set<string>();
    const { center } = openTab({ pinsOf: (of) => Promise.resolve((id) => pins.has(`${of} ${id}`)) });
    const id = await center.start(planFor(IDS), { graceSeconds: 60, checksChanges: false });
    pins.add('pretend owl');
    await center.startNow(id);
    expect((await center.finished(id)).counts).toMatchObject({ deleted: 2, protected: 1 });
    expect(host.assets).toEqual(new Set(['owl']));
    close();
  });

  it('stop a job before its first request when nobody can tell what is pinned', async () => {
    const { host, openTab, close } = open();
    const { center } = openTab({ pinsOf: () => Promise.reject(new LedgerError('Storage is broken')) });
    const id = await center.start(planFor(IDS), AT_ONCE);
    expect(await center.finished(id)).toMatchObject({ phase: 'paused', pause: { cause: 'storage' } });
    expect(host.sent).toEqual([]);
    close();
  });
});
