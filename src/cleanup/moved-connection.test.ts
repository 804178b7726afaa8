import { afterEach, expect, it } from 'vitest';

import { MemoryLedger } from '@/testing/memory-ledger';
import { AT_ONCE, openBrowser, planFor } from '@/testing/open-tabs';
import { PretendHost } from '@/testing/pretend-host';

let close: () => void = () => undefined;
afterEach(() => close());

const IDS = ['fox', 'owl', 'elk'];
const HOST = new PretendHost([]).provider.connection;

/** A browser whose site later names another address for the same connection. */
function setUp(moved = { ...HOST, baseUrl: 'https://other.test' }) {
  const host = new PretendHost(IDS, {}, { otherwise: () => ({ ending: 'truth', after: 1 }) });
  const browser = openBrowser(host, new MemoryLedger());
  close = browser.close;
  const elsewhere = () =>
    browser.openTab({
      connectionOf: () => moved,
      providerOf: () => Promise.resolve({ ...host.provider, connection: moved }),
    });
  return { host, ...browser, elsewhere };
}

it.each([
  { what: 'address', moved: { ...HOST, baseUrl: 'https://other.test' } },
  { what: 'kind', moved: { ...HOST, kind: 'comfyui' as const } },
])('a job does not go on at a connection of another $what', async ({ moved }) => {
  const { host, openTab, elsewhere } = setUp(moved);
  const first = openTab();
  const id = await first.center.start(planFor(IDS), { graceSeconds: 60, checksChanges: false });
  await first.center.pause(id);
  first.kill();
  const second = elsewhere();
  await expect.poll(() => second.job(id)?.phase).toBe('paused');
  await second.center.resume(id);
  expect(await second.center.finished(id)).toMatchObject({
    phase: 'paused',
    pause: { cause: 'refused', problem: { title: 'Pretend is at another address now' } },
  });
  expect(host.sent).toEqual([]);
  await second.center.cancel(id);
  expect(second.job(id)?.phase).toBe('cancelled');

  const third = openTab();
  expect((await third.center.finished(id)).phase).toBe('cancelled');
});

it('what failed at one address is not tried again at another, nor looked for there', async () => {
  const { host, openTab, elsewhere } = setUp();
  const first = openTab({ hasKey: () => true });
  host.provider.deleteAsset = () => Promise.reject(new TypeError('broken'));
  const id = await first.center.start(planFor(['fox']), AT_ONCE);
  expect((await first.center.finished(id)).counts['failed-final']).toBe(1);
  const second = elsewhere();
  const again = await second.center.retry(id);
  expect(await second.center.finished(again!)).toMatchObject({
    phase: 'paused',
    baseUrl: HOST.baseUrl,
    pause: { problem: { title: 'Pretend is at another address now' } },
  });
  await expect(second.center.verify(id)).rejects.toThrow();
  expect(host.sent).toEqual([]);
});

it('a job of which nobody wrote down where it was made goes on', async () => {
  const { ledger, openTab, elsewhere } = setUp();
  const first = openTab();
  const id = await first.center.start(planFor(IDS), { graceSeconds: 60, checksChanges: false });
  await first.center.pause(id);
  const { baseUrl, ...older } = await first.center.finished(id);
  expect(baseUrl).toBe(HOST.baseUrl);
  await ledger.remove(id);
  first.kill();
  await ledger.create(older, planFor(IDS).items);
  const second = elsewhere();
  await second.center.resume(id);
  expect((await second.center.finished(id)).phase).toBe('done');
});
