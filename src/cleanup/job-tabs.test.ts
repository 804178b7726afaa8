import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';

import { MemoryLedger } from '@/testing/memory-ledger';
import { AT_ONCE, manyIds, openBrowser, planFor, type Tab } from '@/testing/open-tabs';
import { PretendHost } from '@/testing/pretend-host';
import { aJob } from '@/testing/pretend-jobs';

import { openLedger } from './idb-ledger';

let close: () => void = () => undefined;
afterEach(() => close());

function setUp(ids: readonly string[]) {
  const host = new PretendHost(ids, {}, { otherwise: () => ({ ending: 'truth', after: 30 }) });
  const browser = openBrowser(host, new MemoryLedger());
  close = browser.close;
  return { host, ...browser };
}

const LATER = { graceSeconds: 60, checksChanges: false };
const BIG = manyIds(90);
const OTHER_BIG = manyIds(90, 'other');
const SMALL = manyIds(8, 'small');

const isRead = (tab: Tab) => expect.poll(() => tab.center.view().jobs).not.toBeNull();

describe('a tab that is gone', () => {
  it('has cancelled what was in its grace, and says so, even long after the grace', async () => {
    const { host, ledger, openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    first.kill();
    const second = openTab({ now: () => Date.now() + 3_600_000 });
    await isRead(second);
    expect(second.job(id)).toMatchObject({
      phase: 'cancelled',
      cancelledBy: 'closed-tab',
      counts: { queued: 90 },
    });
    expect(await ledger.job(id)).toMatchObject({ phase: 'cancelled', graceUntil: null });
    expect(host.sent).toEqual([]);
  });

  it('has cancelled what was in its grace when it was closed in good order', async () => {
    const { host, openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    first.center.close();
    const second = openTab();
    await second.shows(id, ({ phase }) => phase === 'cancelled');
    expect(second.job(id)?.cancelledBy).toBe('closed-tab');
    expect(host.sent).toEqual([]);
  });

  it('leaves an interrupted job that goes on only when asked, and sends nothing settled again', async () => {
    const { host, ledger, openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(id, ({ counts }) => counts.deleted >= 20);
    first.kill();
    const settled = new Set(
      ledger.itemsOf(id).flatMap(({ item, state }) => (state === 'deleted' ? [item.id] : [])),
    );
    const sentBefore = host.sent.length;

    const second = openTab();
    await isRead(second);
    expect(second.job(id)).toMatchObject({ phase: 'paused', pause: { cause: 'interrupted' } });
    expect(second.live(id)?.running ?? false).toBe(false);
    await second.center.resume(id);
    const job = await second.center.finished(id);
    expect(job.phase).toBe('done');
    expect(job.counts.deleted + job.counts['already-gone']).toBe(90);
    const sentAfter = host.sent.slice(sentBefore).filter(({ verb }) => verb === 'DELETE');
    expect(sentAfter.length).toBeGreaterThan(0);
    expect(sentAfter.filter((sent) => settled.has(sent.id))).toEqual([]);
  });

  it('is noticed by the tabs that are still there', async () => {
    const { openTab } = setUp(BIG);
    const first = openTab();
    const second = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await second.shows(id, ({ counts }, live) => counts.deleted > 0 && live?.running === true);
    first.kill();
    const job = await second.shows(id, ({ phase }) => phase === 'paused');
    expect(job.pause).toEqual({ cause: 'interrupted' });
    expect(second.live(id)?.running ?? false).toBe(false);
  });

  it('leaves items of which nobody heard, and they are told as unknown when the job is called off', async () => {
    const { host, openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(id, ({ counts }) => counts.deleted > 0 && counts.sending > 0);
    first.kill();
    const second = openTab();
    await isRead(second);
    const { sending } = second.job(id)!.counts;
    expect(sending).toBeGreaterThan(0);
    const sentBefore = host.sent.length;
    await second.center.cancel(id);
    const { phase, counts } = second.job(id)!;
    expect({ phase, sending: counts.sending, unknown: counts.unknown }).toEqual({
      ...{ phase: 'cancelled', sending: 0, unknown: sending },
    });
    expect(host.sent).toHaveLength(sentBefore);
  });

  it('leaves its place to the next large job', async () => {
    const { openTab } = setUp([...BIG, ...OTHER_BIG]);
    const first = openTab();
    const second = openTab();
    const one = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(one, ({ counts }) => counts.deleted > 0);
    const two = await second.center.start(planFor(OTHER_BIG), AT_ONCE);
    await second.shows(two, (_job, live) => live?.waitsForOther === true);
    first.kill();
    await second.shows(two, (_job, live) => live?.waitsForOther === false);
    await second.shows(two, ({ counts }) => counts.deleted > 0);
  });
});

describe('two tabs', () => {
  it('both see how a job is doing and what it did', async () => {
    const { openTab } = setUp(BIG);
    const first = openTab();
    const second = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await second.shows(
      id,
      ({ counts }, live) => counts.deleted > 0 && counts.queued > 0 && (live?.pace ?? 0) > 0,
    );
    expect(second.live(id)).toMatchObject({ running: true, here: false });
    await second.shows(id, ({ verification }) => verification?.confirmed === 90);
    expect(second.live(id)).toBeUndefined();
    expect(second.gone.toSorted()).toEqual(BIG.toSorted());
  });

  it('can both steer it', async () => {
    const { host, openTab } = setUp(BIG);
    const first = openTab();
    const second = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    await second.shows(id, ({ phase }, live) => phase === 'grace' && live?.here === false);
    await second.center.startNow(id);
    await second.shows(id, ({ counts }) => counts.deleted > 0);
    await second.center.pause(id);
    await second.shows(id, ({ phase }) => phase === 'paused');
    expect(first.job(id)).toMatchObject({ phase: 'paused', pause: { cause: 'person' } });
    const sent = host.sent.length;
    expect(sent).toBeLessThan(90);
    await second.center.resume(id);
    await first.shows(id, ({ phase }) => phase === 'running');
    expect(first.live(id)?.here).toBe(true);
    await second.center.cancel(id);
    await second.shows(id, ({ phase }) => phase === 'cancelled');
    expect(first.job(id)?.cancelledBy).toBe('person');
    await expect(second.center.forget(id)).resolves.toBeUndefined();
    await expect.poll(() => first.job(id)).toBeUndefined();
  });

  it('see each other when one opens later', async () => {
    const { openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    const second = openTab();
    await second.shows(id, (_job, live) => live?.here === false && live.running);
    expect(second.job(id)?.phase).toBe('grace');
    expect(first.job(id)?.phase).toBe('grace');
    await expect(second.center.forget(id)).rejects.toThrow('Another tab');
  });

  it('hand a paused job over when the one that has it is gone', async () => {
    const { openTab } = setUp(BIG);
    const first = openTab();
    const second = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    await first.center.pause(id);
    await second.shows(id, ({ phase }) => phase === 'paused');
    first.kill();
    await second.center.resume(id);
    expect(second.live(id)).toMatchObject({ here: true });
    expect(await second.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 90 } });
  });

  it('let the one with the key go on with what was refused in the other', async () => {
    const { host, openTab } = setUp(BIG);
    const first = openTab({ hasKey: () => false });
    const second = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await second.shows(id, ({ pause }) => pause?.cause === 'refused');
    await second.center.resume(id);
    expect(await second.center.finished(id)).toMatchObject({ phase: 'done' });
    expect(host.requests('DELETE')).toHaveLength(90);
  });

  it('go on in the one where the person asks after the key of the other did not work', async () => {
    const refusing = new PretendHost(BIG, {}, { otherwise: () => ({ ending: 'unauthorized', after: 1 }) });
    const { openTab } = setUp(BIG);
    const first = openTab({ providerOf: () => Promise.resolve(refusing.provider) });
    const second = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await second.shows(id, ({ pause }) => pause?.cause === 'refused');
    await second.center.resume(id);
    expect(await second.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 90 } });
  });

  it('let the one with the key go on with what was paused in the other', async () => {
    let key = true;
    const { openTab } = setUp(BIG);
    const first = openTab({ hasKey: () => key });
    const second = openTab();
    const id = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(id, ({ counts }) => counts.deleted > 0);
    await first.center.pause(id);
    key = false;
    await second.center.resume(id);
    expect(second.live(id)?.here).toBe(true);
    expect(await second.center.finished(id)).toMatchObject({ phase: 'done', counts: { deleted: 90 } });
  });

  it('resume a job once, however often they are asked', async () => {
    const { host, openTab } = setUp(BIG);
    const first = openTab();
    const id = await first.center.start(planFor(BIG), LATER);
    await first.center.pause(id);
    first.kill();
    const second = openTab();
    const third = openTab();
    await Promise.all([second, third].map(isRead));
    await Promise.all([second, second, third].map(({ center }) => center.resume(id)));
    await third.shows(id, ({ phase }) => phase === 'done');
    expect(host.requests('DELETE')).toHaveLength(90);
  });

  it('do not mind what else is said on their channel', async () => {
    const { openTab } = setUp(BIG);
    const tab = openTab();
    const id = await tab.center.start(planFor(BIG), LATER);
    const channel = new BroadcastChannel('winnow-jobs');
    for (const message of [
      null,
      'hello',
      { type: 'job', id },
      { type: 'ask', id, step: 'explode', question: 'x' },
    ]) {
      channel.postMessage(message);
    }
    channel.postMessage({ type: 'job', id, live: null });
    const heard = new Promise((resolve) => {
      channel.onmessage = resolve;
    });
    channel.postMessage({ type: 'hello' });
    await heard;
    expect(tab.job(id)?.phase).toBe('grace');
    expect(tab.live(id)).toMatchObject({ running: true, here: true });
    channel.close();
  });
});

describe('large jobs', () => {
  it.each(['in one tab', 'in two tabs'])('run one after the other %s', async (where) => {
    const { host, openTab } = setUp([...BIG, ...OTHER_BIG]);
    const first = openTab();
    const second = where === 'in one tab' ? first : openTab();
    const one = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(one, ({ counts }) => counts.deleted > 0);
    const two = await second.center.start(planFor(OTHER_BIG), AT_ONCE);
    await second.shows(two, ({ phase }, live) => phase === 'running' && live?.waitsForOther === true);
    expect(second.live(two)).toMatchObject({ running: false, here: true });
    await Promise.all([first.center.finished(one), second.center.finished(two)]);
    const order = host.requests('DELETE').map(({ id }) => id.split('-')[0]);
    expect(order).toHaveLength(180);
    expect(order.lastIndexOf('asset')).toBeLessThan(order.indexOf('other'));
  });

  it('can be paused and called off while they wait in line', async () => {
    const { host, locks, openTab } = setUp([...BIG, ...OTHER_BIG]);
    const tab = openTab();
    const one = await tab.center.start(planFor(BIG), AT_ONCE);
    await tab.shows(one, ({ counts }) => counts.deleted > 0);
    const two = await tab.center.start(planFor(OTHER_BIG), AT_ONCE);
    await tab.shows(two, (_job, live) => live?.waitsForOther === true);
    await tab.center.pause(two);
    expect(tab.job(two)?.pause).toEqual({ cause: 'person' });
    expect(tab.live(two)).toMatchObject({ running: false, waitsForOther: false });
    await tab.center.resume(two);
    await tab.shows(two, (_job, live) => live?.waitsForOther === true);
    await tab.center.cancel(two);
    expect(tab.job(two)).toMatchObject({ phase: 'cancelled', counts: { queued: 90 } });
    await tab.center.finished(one);
    expect(host.requests('DELETE')).toHaveLength(90);
    await expect.poll(() => locks.isHeld('winnow-runner')).toBe(false);
  });

  it('do not keep a small one waiting', async () => {
    const { openTab } = setUp([...BIG, ...SMALL]);
    const first = openTab();
    const second = openTab();
    const big = await first.center.start(planFor(BIG), AT_ONCE);
    await first.shows(big, ({ counts }) => counts.deleted > 0);
    const small = await second.center.start(planFor(SMALL), AT_ONCE);
    expect(await second.center.finished(small)).toMatchObject({ phase: 'done', counts: { deleted: 8 } });
    expect(first.job(big)?.phase).toBe('running');
  });
});

it('goes on after a crash with what IndexedDB kept', async () => {
  const host = new PretendHost(BIG, {}, { otherwise: () => ({ ending: 'truth', after: 30 }) });
  const browser = openBrowser(host, openLedger());
  close = browser.close;
  const first = browser.openTab();
  const id = await first.center.start(planFor(BIG), AT_ONCE);
  await first.shows(id, ({ counts }) => counts.deleted >= 5);
  first.kill();
  const second = browser.openTab();
  const job = await second.shows(id, ({ phase }) => phase === 'paused');
  expect(job.pause).toEqual({ cause: 'interrupted' });
  await second.center.resume(id);
  const { phase, counts } = await second.center.finished(id);
  expect({ phase, gone: counts.deleted + counts['already-gone'] }).toEqual({ phase: 'done', gone: 90 });
  expect(host.records.size).toBe(0);
});

it('believes a job that ends at the moment in which it is found without its tab', async () => {
  const { openTab } = setUp([]);
  const ledger = openLedger();
  const { id } = await ledger.create(aJob({}, { id: 'ending' }), []);
  const tab = openTab({
    ledger: {
      ...ledger,
      async update(of, change) {
        if (change.phase === 'paused') await ledger.update(of, { phase: 'done' });
        return ledger.update(of, change);
      },
    },
  });
  await isRead(tab);
  expect(tab.center.view().problem).toBeNull();
  expect(tab.job(id)?.phase).toBe('done');
  await ledger.remove(id);
});
