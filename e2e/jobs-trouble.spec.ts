import type { Page } from '@playwright/test';

import { createTap, deletedId, grow, grown, grownId, type Fault } from './job-host';
import {
  confirmDeletion,
  expect,
  expectConfirmedGone,
  expectDone,
  expectOutcomes,
  jobScreen,
  openReport,
  selectAll,
  test,
} from './job-test';
import type { Received } from './plain-server';

const numbers = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** Those that the library gets for one trouble. */
const fresh = (first: number, count: number) => numbers(first, count).map((number) => grown(number));
const idsOf = (first: number, count: number) => new Set(numbers(first, count).map(grownId));

// A trace of thousands of requests takes longer than the requests.
test.use({ trace: 'off' });
test.describe.configure({ timeout: 240_000 });

/** Begins a job that deletes all that the page finds after it was looked for once more. */
async function deleteWhatIsNew(page: Page, count: number): Promise<void> {
  const { button, view, steer } = jobScreen(page);
  await view('All assets').click();
  await button('Refresh').click();
  await selectAll(page, count);
  await confirmDeletion(page, count);
  await steer('Start now').click();
}

test('storms of 429, a 500 for every seventh request, and lost answers lose nothing', async ({
  page,
  startHost,
  allowErrors,
}) => {
  allowErrors(/status of (429|500|502)/);
  await page.clock.install();
  let trouble: (request: Received) => Fault = () => null;
  const host = await startHost({ assets: [], fault: (request) => trouble(request) });
  const { strip } = jobScreen(page);
  const deletionsSince = (before: number) => host.deletions().slice(before);
  await page.goto(host.shortPage);
  await expect(page.getByText('This library is empty')).toBeVisible();

  await test.step('storms of 429 are waited out: nothing is lost, and nothing is sent during a wait', async () => {
    const COUNT = 70;
    const RETRY_AFTER_MS = 1_000;
    /** When each deletion arrived, and whether it was told to slow down. */
    const arrivals: { at: number; refused: boolean }[] = [];
    const storms = [15, 40];
    let calmAt = 0;
    host.put(fresh(1, COUNT));
    trouble = (request) => {
      if (deletedId(request) === null) return null;
      const at = performance.now();
      if (host.size() <= COUNT - (storms[0] ?? Infinity)) {
        storms.shift();
        // Longer than one wait: the first to come back hear it again.
        calmAt = at + 1.5 * RETRY_AFTER_MS;
      }
      const refused = at < calmAt;
      arrivals.push({ at, refused });
      return refused ? { status: 429, headers: { 'retry-after': '1' } } : null;
    };
    await deleteWhatIsNew(page, COUNT);
    await strip.getByText(/asks to slow down: going on in 1 s/).waitFor();
    await expectDone(page, 'Deleting 70 assets is done: 70 deleted');

    expect(storms).toEqual([]);
    const refusals = arrivals.filter(({ refused }) => refused);
    expect(refusals.length).toBeGreaterThan(2);
    for (const { at } of refusals) {
      // Only what was under way already, eight at most, and what was sent before the answer was heard.
      const during = arrivals.filter((other) => other.at > at && other.at < at + RETRY_AFTER_MS);
      expect(during.length).toBeLessThanOrEqual(16);
    }
    expect(new Set(host.deletions())).toEqual(idsOf(1, COUNT));
    expect(host.deletions()).toHaveLength(COUNT + refusals.length);
    expect(host.size()).toBe(0);
    await openReport(page, 'Delete 70 assets');
    await expectOutcomes(page, COUNT, { Deleted: COUNT });
  });

  await test.step('a 500 for every seventh request delays a job and loses nothing', async () => {
    const COUNT = 71;
    let requests = 0;
    const failed = new Set<string>();
    host.put(fresh(101, COUNT));
    const before = host.deletions().length;
    trouble = ({ method, path, query }) => {
      requests += 1;
      const request = `${method} ${path}${query}`;
      // Nobody gets it twice in a row by bad luck: that would be another test.
      if (requests % 7 !== 0 || failed.has(request)) return null;
      failed.add(request);
      return { status: 500 };
    };
    await deleteWhatIsNew(page, COUNT);
    await expectDone(page, 'Deleting 71 assets is done: 71 deleted');
    expect(failed.size).toBeGreaterThan(8);
    expect(host.size()).toBe(0);
    expect(new Set(deletionsSince(before))).toEqual(idsOf(101, COUNT));
    await openReport(page, 'Delete 71 assets');
    await expectOutcomes(page, COUNT, { Deleted: COUNT });
    await expectConfirmedGone(page, COUNT);
  });

  await test.step('an answer that is lost after the server acted is found out, and counted as deleted', async () => {
    const COUNT = 60;
    const lost = new Set([205, 225, 226, 250].map(grownId));
    /** The last of them: one that waits for its answer holds up those behind it. */
    const silent = grownId(201);
    const heard = new Set<string>();
    host.put(fresh(201, COUNT));
    trouble = (request) => {
      const id = deletedId(request);
      if (id === null || heard.has(id)) return null;
      heard.add(id);
      if (id === silent) return 'no answer';
      return lost.has(id) ? 'answer lost' : null;
    };
    await deleteWhatIsNew(page, COUNT);
    // Each was carried out, whatever was heard of it.
    await expect.poll(host.size).toBe(0);
    const before = host.received.length;
    await page.clock.fastForward(31_000);

    await expectDone(page, 'Deleting 60 assets is done: 60 deleted');
    await openReport(page, 'Delete 60 assets');
    await expectOutcomes(page, COUNT, { Deleted: COUNT });
    await expectConfirmedGone(page, COUNT);
    // Looking settles it, and proves it once more at the end: what may have been done is not done again.
    const path = `/api/assets/${silent}`;
    const after = host.received.slice(before).filter((request) => request.path === path);
    expect(after.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});

test('a key that is revoked half-way stops the job; with a new key it goes on to the end', async ({
  page,
  startHost,
  allowErrors,
}) => {
  allowErrors(/status of 401/);
  const COUNT = 80;
  let key = 'comfyui-e2e-first-key';
  const tap = createTap(40);
  const host = await startHost({
    kind: 'comfy-cloud',
    assets: grow(COUNT),
    fault: async (request) => {
      const wrong = await tap.pass(request);
      const { headers, path } = request;
      if (!path.startsWith('/api/assets') || headers['x-api-key'] === key) return wrong;
      return { status: 401, body: { code: 'UNAUTHORIZED', message: 'Key revoked' } };
    },
  });
  const { strip, steer, alert, view } = jobScreen(page);
  const enter = async (text: string) => {
    await page.getByLabel('API key').fill(text);
    await page.getByLabel('API key').press('Enter');
  };
  await page.goto(host.shortPage);
  await enter(key);
  await selectAll(page, COUNT);
  await confirmDeletion(page, COUNT);
  await steer('Start now').click();
  await expect(strip).toContainText('Deleting: 40 of 80 done');
  key = 'comfyui-e2e-second-key';
  tap.open();

  await expect(alert.filter({ hasText: 'Deleting 80 assets stopped.' })).toContainText(
    'The key was not accepted. Key revoked. Enter it again, then resume.',
  );
  await expect(strip).toContainText('Deleting: 40 of 80 done');
  const sent = host.deletions().length;
  // Nothing but what was under way heard the refusal.
  expect(sent).toBeLessThanOrEqual(48);
  await view('Jobs').click();
  await expect(page.getByRole('table', { name: 'Jobs', exact: true })).toContainText('Stopped, needs you');
  await steer('Enter key').click();
  await enter(key);
  expect(host.deletions()).toHaveLength(sent);
  await steer('Resume').click();

  await expectDone(page, 'Deleting 80 assets is done: 80 deleted');
  expect(host.size()).toBe(0);
  await openReport(page, 'Delete 80 assets');
  await expectOutcomes(page, COUNT, { Deleted: COUNT });
  // The first key went nowhere else, and is not sent once it was refused.
  const first = host.received.slice(-50).filter(({ headers }) => headers['x-api-key'] !== key);
  expect(first).toEqual([]);
});
