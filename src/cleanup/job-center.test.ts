import { afterEach, describe, expect, it } from 'vitest';

import { isOver, type Job } from '@/domain/job';
import { anAsset } from '@/testing/assets';
import { MemoryLedger } from '@/testing/memory-ledger';
import { AT_ONCE, manyIds, openBrowser, planFor } from '@/testing/open-tabs';
import { PretendHost, type HostOptions } from '@/testing/pretend-host';

import { LedgerError } from './ledger';

let close: () => void = () => undefined;
afterEach(() => close());

/** A browser with one tab at a host that has everything it is asked for. */
function setUp(
  ids: readonly string[],
  script: ConstructorParameters<typeof PretendHost>[1] = {},
  options: HostOptions = {},
) {
  const host = new PretendHost(ids, script, {
    otherwise: () => ({ ending: 'truth', after: 1 }),
    ...options,
  });
  const browser = openBrowser(host, new MemoryLedger());
  close = browser.close;
  return { host, ...browser };
}

const isDone = (job: Job) => job.phase === 'done';
const IDS = ['fox', 'owl', 'elk'];
const SOON = { graceSeconds: 0.05, checksChanges: false };
const LATER = { graceSeconds: 60, checksChanges: false };

describe('a job', () => {
  it('waits for the grace, then deletes what was planned', async () => {
    const { host, openTab } = setUp(IDS);
    const tab = openTab();
    const id = await tab.center.start(planFor(IDS), SOON);
    expect(tab.job(id)).toMatchObject({
      phase: 'grace',
      total: 3,
      upToBytes: 3_000,
      connectionLabel: 'Pretend',
    });
    expect(tab.live(id)).toMatchObject({ running: true, here: true });
    expect(host.sent).toEqual([]);
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 3 } });
    expect(host.requests('DELETE').map((sent) => sent.id)).toEqual(IDS);
    expect(tab.gone.toSorted()).toEqual(IDS.toSorted());
    expect(tab.live(id)).toBeUndefined();
    expect(tab.job(id)?.verification).toBeNull();
  });

  it('looks by itself whether what a large job deleted is gone', async () => {
    const ids = manyIds(50);
    const tab = setUp(ids).openTab();
    const id = await tab.center.start(planFor(ids), AT_ONCE);
    const job = await tab.shows(id, ({ verification }) => verification !== null);
    expect(job.verification).toEqual({ confirmed: 50, of: 50, stillThere: [], unclear: 0 });
    await expect.poll(() => tab.live(id)).toBeUndefined();
  });

  it('sends nothing when it is cancelled in its grace', async () => {
    const { host, openTab, ledger } = setUp(IDS);
    const { center, job } = openTab();
    const id = await center.start(planFor(IDS), LATER);
    await center.cancel(id);
    expect(job(id)).toMatchObject({ phase: 'cancelled', cancelledBy: 'person', counts: { queued: 3 } });
    expect(await ledger.job(id)).toMatchObject({ phase: 'cancelled', graceUntil: null });
    expect(job(id)?.endedAt).not.toBeNull();
    expect(host.sent).toEqual([]);
  });

  it('begins at once when the person does not want to wait', async () => {
    const { openTab } = setUp(IDS);
    const { center, job } = openTab();
    const id = await center.start(planFor(IDS), LATER);
    await center.startNow(id);
    expect(job(id)?.phase).toBe('running');
    expect(await center.finished(id)).toMatchObject({ phase: 'done', graceUntil: null });
  });

  it('pauses, goes on and is called off whenever the person says so', async () => {
    const ids = manyIds(90);
    const { host, openTab } = setUp(ids, {}, { otherwise: () => ({ ending: 'truth', after: 30 }) });
    const tab = openTab();
    const id = await tab.center.start(planFor(ids), AT_ONCE);
    await tab.shows(id, ({ counts }) => counts.deleted >= 5);
    await tab.center.pause(id);
    expect(tab.job(id)).toMatchObject({
      phase: 'paused',
      pause: { cause: 'person' },
      counts: { sending: 0 },
    });
    expect(tab.stopped).toEqual([]);
    const sentBefore = host.sent.length;
    await tab.center.resume(id);
    expect(tab.job(id)).toMatchObject({ phase: 'running', pause: null });
    await tab.shows(id, ({ counts }) => counts.deleted >= sentBefore + 5);
    await tab.center.cancel(id);
    const { phase, counts } = tab.job(id)!;
    expect(phase).toBe('cancelled');
    expect(host.sent.length).toBeGreaterThan(sentBefore);
    expect(host.sent).toHaveLength(counts.deleted);
    expect(counts).toMatchObject({ queued: 90 - counts.deleted, sending: 0 });
  });

  it('goes on after all when it is resumed while it is about to pause', async () => {
    const { openTab } = setUp(IDS, { 'DELETE fox': [{ ending: 'truth', after: 400 }] });
    const tab = openTab();
    const id = await tab.center.start(planFor(IDS), AT_ONCE);
    await tab.shows(id, ({ counts }) => counts.deleted === 2);
    void tab.center.pause(id);
    await tab.center.resume(id);
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 3 } });
  });

  it('stays called off, even if it is resumed before the last answer is there', async () => {
    const { host, openTab } = setUp(manyIds(40), {}, { otherwise: () => ({ ending: 'truth', after: 60 }) });
    const tab = openTab();
    const id = await tab.center.start(planFor(manyIds(40)), AT_ONCE);
    await tab.shows(id, ({ counts }) => counts.deleted > 0);
    const cancelled = tab.center.cancel(id);
    await tab.center.resume(id);
    await cancelled;
    expect(tab.job(id)?.phase).toBe('cancelled');
    expect(host.sent.length).toBeLessThan(40);
  });

  it('tells that tags changed, and does not look whether anything is gone', async () => {
    const { host, openTab } = setUp([]);
    host.records.set('fox', anAsset({ id: 'fox', tags: ['draft', 'final'] }));
    const tab = openTab();
    const id = await tab.center.start(
      planFor(['fox'], { type: 'remove-tags', tags: ['draft'] }, ['draft']),
      AT_ONCE,
    );
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done', counts: { edited: 1 } });
    expect(tab.edits).toEqual(['pretend']);
    await expect.poll(() => tab.live(id)).toBeUndefined();
    expect(host.requests('GET')).toEqual([]);
  });
});

describe('a job that is refused', () => {
  it('asks for the key without any request, and goes on with it', async () => {
    let key = false;
    const { host, openTab } = setUp(IDS);
    const tab = openTab({ hasKey: () => key });
    const id = await tab.center.start(planFor(IDS), AT_ONCE);
    const paused = await tab.center.finished(id);
    expect(paused).toMatchObject({
      phase: 'paused',
      pause: { cause: 'refused', problem: { title: 'Pretend needs its key', status: null } },
    });
    expect(tab.stopped).toEqual([paused]);
    expect(host.sent).toEqual([]);
    key = true;
    await tab.center.resume(id);
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 3 } });
  });

  it('keeps its queue when a key stops working on the way, and sends nothing twice', async () => {
    const ids = manyIds(60);
    const { host, openTab } = setUp(ids, { 'DELETE asset-30': [{ ending: 'unauthorized', after: 1 }] });
    const tab = openTab();
    const id = await tab.center.start(planFor(ids), AT_ONCE);
    const { phase, pause, counts } = await tab.center.finished(id);
    expect({ phase, pause }).toMatchObject({
      phase: 'paused',
      pause: { cause: 'refused', problem: { status: 401 } },
    });
    expect(counts.queued).toBeGreaterThan(20);
    await tab.center.resume(id);
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 60 } });
    expect(host.requests('DELETE')).toHaveLength(61);
  });

  it('says so when its connection is not offered any more', async () => {
    const { host, openTab } = setUp(IDS);
    const { center } = openTab({ providerOf: () => Promise.resolve(null), hasKey: () => false });
    const id = await center.start(planFor(IDS), AT_ONCE);
    expect(await center.finished(id)).toMatchObject({
      pause: { cause: 'refused', problem: { title: 'This connection is not offered here any more' } },
    });
    expect(host.sent).toEqual([]);
  });
});

describe('many that are not there', () => {
  const all = manyIds(40);
  const alone = (script: ConstructorParameters<typeof PretendHost>[1] = {}) => setUp([], script);

  it('are asked about once', async () => {
    const { center } = alone().openTab();
    const id = await center.start(planFor(all), AT_ONCE);
    expect((await center.finished(id)).pause).toEqual({ cause: 'strangers' });
    await center.resume(id);
    expect(await center.finished(id)).toMatchObject({ phase: 'done', counts: { 'already-gone': 40 } });
  });

  it('are asked about again after a refusal: the new key may be another account’s', async () => {
    const { center } = alone({ 'DELETE asset-20': [{ ending: 'unauthorized', after: 1 }] }).openTab();
    const id = await center.start(planFor(all), AT_ONCE);
    await center.finished(id);
    await center.resume(id);
    expect((await center.finished(id)).pause?.cause).toBe('refused');
    await center.resume(id);
    const { pause, counts } = await center.finished(id);
    expect(pause).toEqual({ cause: 'strangers' });
    expect(counts.queued).toBeGreaterThan(5);
  });
});

it('is called off although it pauses by itself at that moment', async () => {
  const { ledger, openTab } = setUp(IDS, { 'DELETE fox': [{ ending: 'unauthorized', after: 1 }] });
  const tab = openTab();
  const cancelled: Promise<void>[] = [];
  ledger.fate = (method) => {
    if (method === 'update' && cancelled.length === 0) cancelled.push(tab.center.cancel(id));
    return 'ok';
  };
  const id = await tab.center.start(planFor(IDS), AT_ONCE);
  await tab.center.finished(id);
  expect(await Promise.all(cancelled)).toHaveLength(1);
  expect(tab.job(id)).toMatchObject({ phase: 'cancelled', cancelledBy: 'person' });
});

describe('storage that fails', () => {
  const lost = (ledger: MemoryLedger, ...methods: string[]) => {
    ledger.fate = (method) => (methods.includes(method) ? 'lost' : 'ok');
  };

  it('starts no job that cannot be written down', async () => {
    const { host, ledger, locks, openTab } = setUp(IDS);
    const { center } = openTab();
    lost(ledger, 'create');
    await expect(center.start(planFor(IDS), AT_ONCE)).rejects.toThrow(LedgerError);
    expect(center.view()).toMatchObject({ jobs: [], problem: null });
    expect(host.sent).toEqual([]);
    expect(locks.isHeld('winnow-runner')).toBe(false);
  });

  it('says why no job can run, and looks again at the next start', async () => {
    const { host, ledger, openTab } = setUp(IDS);
    lost(ledger, 'jobs');
    const { center } = openTab();
    await expect.poll(() => center.view().problem).toBe('No room for jobs');
    await expect(center.start(planFor(IDS), AT_ONCE)).rejects.toThrow(LedgerError);
    expect(center.view().jobs).toBeNull();
    expect(host.sent).toEqual([]);
    ledger.recover();
    await center.finished(await center.start(planFor(IDS), AT_ONCE));
    expect(center.view()).toMatchObject({ problem: null, jobs: [{ phase: 'done' }] });
  });

  it('stops before the first request when the end of the grace cannot be written down', async () => {
    const { host, ledger, openTab } = setUp(IDS);
    const tab = openTab();
    const id = await tab.center.start(planFor(IDS), SOON);
    lost(ledger, 'update');
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'paused', pause: { cause: 'storage' } });
    expect(tab.stopped).toHaveLength(1);
    await expect(tab.center.resume(id)).rejects.toThrow(LedgerError);
    await expect(tab.center.cancel(id)).rejects.toThrow(LedgerError);
    expect(host.sent).toEqual([]);
    ledger.recover();
    await tab.center.resume(id);
    expect(await tab.center.finished(id)).toMatchObject({ phase: 'done' });
  });
});

describe('what follows a job', () => {
  it('tries again what failed or is unknown, and nothing else', async () => {
    const { host, openTab } = setUp(['fox', 'owl', 'elk', 'emu'], {
      'DELETE owl': [{ ending: 'invalid', after: 1 }],
      'DELETE emu': [{ ending: 'conflict', after: 1 }],
    });
    const { center, job } = openTab();
    const first = await center.start(planFor(['fox', 'owl', 'elk', 'emu']), LATER);
    await center.startNow(first);
    await center.finished(first);
    const second = await center.retry(first);
    expect(await center.finished(second!)).toMatchObject({
      phase: 'done',
      retries: first,
      total: 1,
      graceUntil: null,
    });
    expect(job(first)?.counts).toMatchObject({ deleted: 2, protected: 1, 'failed-final': 1 });
    expect(host.requests('DELETE', 'owl')).toHaveLength(2);
    expect(await center.retry(second!)).toBeNull();
  });

  it('does not send what was never sent when a cancelled job is tried again', async () => {
    const { openTab } = setUp(IDS);
    const { center } = openTab();
    const id = await center.start(planFor(IDS), LATER);
    await center.cancel(id);
    expect(await center.retry(id)).toBeNull();
  });

  it('puts back exactly the tags that were taken off', async () => {
    const { host, openTab } = setUp(IDS);
    const tagged = (id: string, tags: readonly string[]) => host.records.set(id, anAsset({ id, tags }));
    tagged('fox', ['draft', 'final']);
    tagged('owl', ['final']); // somebody took it off meanwhile
    const { center } = openTab();
    const action = { type: 'remove-tags', tags: ['draft'] } as const;
    const first = await center.start(planFor(['fox', 'owl'], action, ['draft', 'final']), AT_ONCE);
    await center.finished(first);
    expect(host.records.get('fox')?.tags).toEqual(['final']);
    const second = await center.undo(first);
    expect(await center.finished(second!)).toMatchObject({
      phase: 'done',
      ...{ total: 1, action: { type: 'restore-tags', undoes: first }, retries: null },
    });
    expect(host.records.get('fox')?.tags).toEqual(['final', 'draft']);
    expect(host.requests('TAG').map(({ id }) => id)).toEqual(['fox']);
    expect(await center.undo(second!)).toBeNull();
  });

  it('has nothing to undo after a deletion', async () => {
    const { openTab } = setUp(IDS);
    const { center } = openTab();
    const id = await center.start(planFor(IDS), AT_ONCE);
    await center.finished(id);
    expect(await center.undo(id)).toBeNull();
  });

  it('looks again whether what is gone is gone, when asked', async () => {
    const { host, openTab } = setUp(IDS);
    const tab = openTab();
    const id = await tab.center.start(planFor(IDS), AT_ONCE);
    await tab.center.finished(id);
    host.records.set('fox', anAsset({ id: 'fox' }));
    await tab.center.verify(id);
    expect(tab.job(id)?.verification).toEqual({ confirmed: 2, of: 3, stillThere: ['fox'], unclear: 0 });
  });

  it('keeps the last 200 jobs', async () => {
    const { ledger, openTab } = setUp(IDS);
    const { center } = openTab();
    const other = await center.start(planFor(['fox']), AT_ONCE);
    const job = await center.finished(other);
    for (let at = 0; at < 203; at += 1) await ledger.create({ ...job, id: `old-${at}`, createdAt: at }, []);
    const second = openTab();
    await expect.poll(() => second.center.view().jobs?.length).toBe(204);
    await second.center.start(planFor(['owl']), LATER);
    await expect.poll(() => second.center.view().jobs?.length).toBe(201);
    expect(second.job('old-3')).toBeUndefined();
    expect(second.job('old-4')).toBeDefined();
    expect(second.center.view().jobs?.slice(0, 2)).toMatchObject([{ phase: 'grace' }, { id: other }]);
  });

  it('forgets a job that is over or rests, and none that is under way', async () => {
    const { ledger, openTab } = setUp(IDS);
    const { center, job } = openTab();
    const id = await center.start(planFor(IDS), LATER);
    await expect(center.forget(id)).rejects.toThrow('under way');
    expect(job(id)?.phase).toBe('grace');
    await center.pause(id);
    await center.forget(id);
    expect(job(id)).toBeUndefined();
    expect(await ledger.job(id)).toBeNull();
  });
});

describe('the view', () => {
  it('is one object between changes, and changes a few times a second at most', async () => {
    const ids = manyIds(300);
    const { openTab } = setUp(ids);
    const { center } = openTab();
    await expect.poll(() => center.view().jobs).toEqual([]);
    let told = 0;
    let last = center.view();
    center.subscribe(() => {
      told += 1;
      expect(center.view()).not.toBe(last);
      last = center.view();
      expect(center.view()).toBe(last);
    });
    const begun = performance.now();
    const id = await center.start(planFor(ids), AT_ONCE);
    const { counts } = await center.finished(id);
    const turns = 4;
    expect(counts.deleted).toBe(300);
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThanOrEqual((performance.now() - begun) / 100 + turns);
    expect(last.jobs?.every(({ phase }) => isOver(phase))).toBe(true);
  });

  it('shows pace and rate while a job runs', async () => {
    const ids = manyIds(60);
    const { openTab } = setUp(ids, {}, { otherwise: () => ({ ending: 'truth', after: 100 }) });
    const tab = openTab();
    const id = await tab.center.start(planFor(ids), AT_ONCE);
    await tab.shows(id, (_job, live) => live?.perSecond !== null && live?.perSecond !== undefined);
    const { pace, perSecond } = tab.live(id)!;
    expect(pace).toBeGreaterThanOrEqual(3);
    expect(perSecond).toBeGreaterThan(5);
    expect(perSecond).toBeLessThan(100);
    await tab.center.cancel(id);
  });
});

it('warns before the page goes away for as long as a job is under way', async () => {
  const { openTab } = setUp(IDS);
  const tab = openTab();
  const warns = () => !tab.page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(warns()).toBe(false);
  const id = await tab.center.start(planFor(IDS), LATER);
  expect(warns()).toBe(true);
  await tab.center.startNow(id);
  expect(warns()).toBe(true);
  await tab.shows(id, isDone);
  expect(warns()).toBe(false);
});

it('starts nothing at a connection that is not offered', async () => {
  const { host, openTab } = setUp(IDS);
  const { center } = openTab({ connectionOf: () => null });
  await expect(center.start(planFor(IDS), AT_ONCE)).rejects.toThrow('not offered');
  expect(center.view().jobs).toEqual([]);
  expect(host.sent).toEqual([]);
});

it('waits out the grace in full when it took long to write the plan down', async () => {
  const { ledger, openTab } = setUp(IDS);
  const { center, job } = openTab();
  await expect.poll(() => center.view().jobs).toEqual([]);
  const create = ledger.calls + 1;
  ledger.delay = () => (ledger.calls === create ? 300 : 1);
  const id = await center.start(planFor(IDS), LATER);
  expect(job(id)!.graceUntil! - Date.now()).toBeGreaterThan(59_900);
});
