import type { Page } from '@playwright/test';

import { createTap, deletedId, grow, grown, grownId, grownName } from './job-host';
import {
  beginDeletingAll,
  confirmDeletion,
  expect,
  expectConfirmedGone,
  expectDone,
  expectOutcomes,
  jobScreen,
  openReport,
  readCsv,
  selectAll,
  test,
} from './job-test';

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => grownId(index + 1));

const sorted = (list: readonly string[]): readonly string[] => [...list].sort();

/** The tab ends as if the browser had killed it: without a word to the page. */
async function crash(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  client.send('Page.crash').catch(() => undefined);
  await crashed;
}

// A trace of thousands of requests takes longer than the requests.
test.use({ trace: 'off' });
test.describe.configure({ timeout: 240_000 });

test('5,000 assets are deleted to the last one, and the table and the report prove it', async ({
  page,
  startHost,
}) => {
  const host = await startHost({ assets: grow(5_000) });
  const { strip, steer, dialog, toolbar } = jobScreen(page);
  await page.goto(host.shortPage);
  await selectAll(page, 5_000);

  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toContainText('up to 5 MB');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  const manifest = await readCsv(await confirmDeletion(page, 5_000));
  expect(sorted(manifest.map(({ id = '' }) => id))).toEqual(ids(5_000));
  expect(new Set(manifest.map(({ action }) => action))).toEqual(new Set(['delete']));

  await expect(strip).toContainText(/Deleting 5,000 assets in \d+ s/);
  expect(host.deletions()).toEqual([]);
  await steer('Start now').click();
  const bar = strip.getByRole('progressbar', { name: 'Deleting 5,000 assets at Local ComfyUI' });
  for (const reached of [500, 2_500, 4_000]) {
    await expect
      .poll(() => bar.evaluate((element: HTMLProgressElement) => element.value))
      .toBeGreaterThan(reached);
  }
  await expect(strip).toContainText(/Deleting: 4,\d\d\d of 5,000 done/);

  await expectDone(page, 'Deleting 5,000 assets is done: 5,000 deleted');
  await expect(page.getByText('This library is empty')).toBeVisible();
  await expect(toolbar).toHaveCount(0);
  await expect(strip).toHaveCount(0);
  // The journey itself, not only its end: exactly what was confirmed, each once.
  expect(sorted(host.deletions())).toEqual(ids(5_000));
  expect(host.size()).toBe(0);

  await openReport(page, 'Delete 5,000 assets');
  await expectOutcomes(page, 5_000, { Deleted: 5_000 });
  await expectConfirmedGone(page, 5_000);
});

test('a tab that is killed at 40 % leaves a job that goes on without sending anything twice, steered from any tab', async ({
  page,
  context,
  startHost,
}) => {
  const COUNT = 100;
  const tap = createTap(40);
  const host = await startHost({ assets: grow(COUNT), fault: tap.pass });
  const senders = new Set<Page>();
  await beginDeletingAll(page, host.shortPage, COUNT);
  await expect(jobScreen(page).strip).toContainText('Deleting: 40 of 100 done');
  const settled = host.deletions().slice(0, 40);
  await expect.poll(tap.waiting).toBeGreaterThan(1);
  const onTheWay = host.deletions().slice(40);
  await crash(page);
  // Of what was under way, one half was carried out, and the other never arrived.
  tap.release((place) => (place % 2 === 0 ? null : 'request lost'));
  const carriedOut = Math.ceil(onTheWay.length / 2);
  await expect.poll(host.size).toBe(COUNT - 40 - carriedOut);
  const before = host.received.length;

  const [next, other] = [await context.newPage(), await context.newPage()];
  const [first, second] = [jobScreen(next), jobScreen(other)];
  context.on('request', (request) => {
    if (request.method() === 'DELETE') senders.add(request.frame().page());
  });

  await test.step('at the next visit every tab says how much is left, and none sends anything by itself', async () => {
    for (const tab of [next, other]) {
      await tab.goto(host.shortPage);
      await expect(jobScreen(tab).strip).toContainText(
        'Deleting 100 assets was interrupted; 60 of 100 are left. Resume to go on.',
      );
    }
    expect(host.received.slice(before).map(deletedId)).toEqual(host.received.slice(before).map(() => null));
  });

  await test.step('one goes on, and the other shows how it is doing', async () => {
    tap.allow(55);
    await first.steer('Resume').click();
    const done = (count: number) => `Deleting: ${55 + carriedOut + count} of 100 done`;
    await expect(first.strip).toContainText(done(0));
    await expect(second.strip).toContainText(done(0));
    await expect(second.strip).toContainText('in another tab');
    tap.allow(70);
    await expect(second.strip).toContainText(done(15));
  });

  await test.step('and steers it: paused, both tell what is left, and nothing is sent', async () => {
    await second.steer('Pause').click();
    // What is under way is still answered, and counted.
    await expect(async () => {
      tap.allow(host.deletions().length - onTheWay.length);
      await expect(second.strip).toContainText('Paused', { timeout: 500 });
    }).toPass();
    const sent = host.deletions().length;
    const left = `Paused: ${host.size()} of ${COUNT} are left.`;
    await expect(first.strip).toContainText(left);
    await expect(second.strip).toContainText(left);
    tap.open();
    await other.reload();
    await expect(second.strip).toContainText(left);
    expect(host.deletions()).toHaveLength(sent);
    await second.steer('Resume').click();
  });

  await test.step('both hear of the end, and only one of them has sent', async () => {
    for (const tab of [next, other]) await expectDone(tab, 'Deleting 100 assets is done: 100 deleted');
    for (const tab of [next, other]) await expect(tab.getByText('This library is empty')).toBeVisible();
    expect([...senders]).toEqual([next]);
  });

  const after = host.received.slice(before);
  const again = after.map(deletedId).filter((id) => id !== null);
  expect(again.filter((id) => settled.includes(id))).toEqual([]);
  // What may have been heard is looked at first, and sent again only where it is still there.
  const lost = onTheWay.filter((_, place) => place % 2 === 1);
  expect(sorted(again.filter((id) => onTheWay.includes(id)))).toEqual(sorted(lost));
  for (const id of onTheWay) {
    const path = `/api/assets/${id}`;
    expect(after.find((request) => request.path === path)?.method, `${id} is looked at first`).toBe('GET');
  }
  expect(new Set(again).size).toBe(again.length);
  expect(sorted([...settled, ...onTheWay.filter((id) => !lost.includes(id)), ...again])).toEqual(ids(COUNT));
  expect(host.size()).toBe(0);

  await openReport(next, 'Delete 100 assets');
  await expectOutcomes(next, COUNT, { Deleted: COUNT });
  await expectConfirmedGone(next, COUNT);
});

test('all matching is frozen while the library moves: what comes later or changes stays', async ({
  page,
  startHost,
}) => {
  const COUNT = 100;
  const CHANGED = [3, 50, 97];
  let moved = false;
  const host = await startHost({
    assets: grow(COUNT),
    mostPerPage: 60,
    fault: ({ query }) => {
      if (!query.includes('after=') || moved) return null;
      // Between the two pages: one that was read and one that was not go, and three come.
      moved = true;
      host.library().remove(grownId(COUNT));
      host.library().remove(grownId(1));
      host.put([101, 102, 103].map((number) => grown(number)));
      return null;
    },
  });
  const { button, dialog, toolbar, steer, range, name, outcome, jobAssets } = jobScreen(page);
  await page.goto(host.shortPage);
  await expect(range).toHaveText('1–20 of 100');
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await button('Select all 100 matching').click();
  await expect(dialog).toHaveAccessibleName('99 assets were found');
  await expect(dialog).toContainText(
    'The library changed while it was read: 100 at first, 101 now. 99 assets were found.',
  );
  await dialog.getByRole('button', { name: 'Select 99' }).click();
  await expect(toolbar).toContainText('99 selected');
  const manifest = await readCsv(await confirmDeletion(page, 99));
  host.put([grown(104), ...CHANGED.map((number) => grown(number, { updated_at: '2026-12-24T18:00:00Z' }))]);
  await steer('Start now').click();

  await expectDone(page, 'Deleting 99 assets is done: 95 deleted, 1 already gone, 3 changed');
  expect(manifest).toHaveLength(99);
  const planned = manifest.map(({ id = '' }) => id);
  const kept = CHANGED.map(grownId);
  const sent = host.deletions();
  expect(new Set(sent).size).toBe(sent.length);
  // The one that went meanwhile is looked at, or asked to be deleted once more.
  expect(sorted([...new Set([...sent, grownId(COUNT)])])).toEqual(
    sorted(planned.filter((id) => !kept.includes(id))),
  );
  await expect(range).toHaveText('1–7 of 7');
  for (const number of [101, 102, 103, 104, ...CHANGED]) await expect(name(grownName(number))).toBeVisible();
  await openReport(page, 'Delete 99 assets');
  await expectOutcomes(page, 99, { Deleted: 95, 'Already gone': 1, Changed: 3 });
  await outcome('Changed').click();
  await expect(jobAssets.getByRole('row')).toHaveCount(4);
  await expect(jobAssets).toContainText('It changed since it was selected, so it was not touched');
});

test('a job is called off before it begins, with its tab, and half-way; without a grace it begins at once', async ({
  page,
  context,
  startHost,
  allowErrors,
}) => {
  allowErrors(/status of 409/);
  const COUNT = 60;
  const tap = createTap(0);
  const refused = new Set([grownId(7), grownId(8)]);
  const host = await startHost({
    assets: grow(COUNT),
    fault: (request) =>
      refused.has(deletedId(request) ?? '')
        ? {
            status: 409,
            headers: { 'x-request-id': 'req-409' },
            body: { error: { code: 'IN_USE', message: 'A workflow needs it' } },
          }
        : tap.pass(request),
  });
  const next = await context.newPage();
  const { view, jobs, steer, status, strip } = jobScreen(next);

  await test.step('"Cancel" during the grace sends nothing, and leaves everything as it was', async () => {
    const tab = jobScreen(page);
    const busy = page.locator('tr[aria-busy="true"]');
    await page.goto(host.shortPage);
    await selectAll(page, COUNT);
    await confirmDeletion(page, COUNT);
    await expect(tab.toolbar).toHaveCount(0);
    await expect(busy).toHaveCount(20);
    await tab.steer('Cancel').click();
    await expect(tab.status('Deleting 60 assets was cancelled: nothing was sent')).toBeVisible();
    await expect(tab.strip).toHaveCount(0);
    await expect(busy).toHaveCount(0);
    await expect(tab.range).toHaveText('1–20 of 60');
    expect(host.deletions()).toEqual([]);
  });

  await test.step('a tab that is closed during the grace cancels, and the next visit says so, once', async () => {
    await selectAll(page, COUNT);
    await confirmDeletion(page, COUNT);
    await expect(jobScreen(page).strip).toContainText('nothing was sent yet');
    await page.close();

    const said = 'A deletion of 60 assets was cancelled: its tab was closed before it began';
    await next.goto(host.shortPage);
    await expect(status(said)).toBeVisible();
    await expect(strip).toHaveCount(0);
    await next.reload();
    await view('Jobs').click();
    await expect(jobs.getByRole('row').nth(1)).toContainText('Cancelled: its tab was closed before it began');
    await expect(status(said)).toHaveCount(0);
    expect(host.deletions()).toEqual([]);
    expect(host.size()).toBe(COUNT);
    await view('All assets').click();
  });

  await test.step('"Cancel…" half-way finishes what is under way and starts nothing more', async () => {
    const { dialog } = jobScreen(next);
    await selectAll(next, COUNT);
    await confirmDeletion(next, COUNT);
    await steer('Start now').click();
    await expect.poll(tap.waiting).toBe(3);
    await steer('Cancel…').click();
    await expect(dialog).toHaveAccessibleName('Stop deleting?');
    await expect(dialog.getByRole('button', { name: 'Keep going' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    tap.open();
    await expect(status('3 deleted, 57 not sent. What was deleted stays deleted.')).toBeVisible();
    expect(host.deletions()).toEqual([60, 59, 58].map(grownId));
    expect(host.size()).toBe(57);
  });

  await test.step('the history keeps all three', async () => {
    await view('Jobs').click();
    for (const [place, outcome] of ['57 not sent', '60 not sent', '60 not sent'].entries()) {
      await expect(jobs.getByRole('row').nth(place + 1)).toContainText('Cancelled');
      await expect(jobs.getByRole('row').nth(place + 1)).toContainText(outcome);
    }
  });

  await test.step('without a grace, which is remembered, a job begins at once', async () => {
    const grace = next.getByRole('spinbutton', { name: 'Wait before deleting' });
    await grace.fill('0');
    await next.reload();
    await expect(grace).toHaveValue('0');
    await view('All assets').click();
    await selectAll(next, 57);
    await confirmDeletion(next, 57);
    await expectDone(next, 'Deleting 57 assets is done: 55 deleted, 2 protected');
  });

  await test.step('its report is there after a reload, tells causes, is searched, and saved', async () => {
    const { outcome, outcomes, jobAssets, button } = jobScreen(next);
    await openReport(next, 'Delete 57 assets');
    await expectConfirmedGone(next, 55);
    await next.reload();
    await expectOutcomes(next, 57, { Deleted: 55, Protected: 2 });
    await expectConfirmedGone(next, 55);
    await expect(next.getByRole('region', { name: 'Plan' })).toContainText('up to 57 kB');
    await expect(next.getByRole('list', { name: 'Causes' }).getByRole('listitem')).toHaveCount(1);
    await outcome('Protected').click();
    await expect(jobAssets.getByRole('row')).toHaveCount(3);
    await expect(jobAssets).toContainText('A workflow needs it');
    await expect(jobAssets).toContainText('request id req-409');
    await outcomes.getByRole('button', { name: '57 All assets' }).click();
    await next.getByRole('searchbox', { name: 'Search by name or id' }).fill(grownName(42));
    await expect(jobAssets.getByRole('row')).toHaveCount(2);

    const [file] = await Promise.all([next.waitForEvent('download'), button('Save outcome as CSV').click()]);
    const rows = await readCsv(file);
    expect(sorted(rows.map(({ id = '' }) => id))).toEqual(ids(57));
    expect(rows.filter(({ state }) => state === 'deleted')).toHaveLength(55);
    expect(rows.filter(({ state }) => state === 'protected')).toMatchObject([
      { id: grownId(8), http_status: '409', message: 'A workflow needs it', request_id: 'req-409' },
      { id: grownId(7), http_status: '409', message: 'A workflow needs it', request_id: 'req-409' },
    ]);
  });

  await test.step('it stays in the history until it is forgotten', async () => {
    await view('Jobs').click();
    await expect(jobs.getByRole('row')).toHaveCount(5);
    await jobs.getByRole('button', { name: 'Forget: Delete 57 assets' }).click();
    await next.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
    await expect(jobs.getByRole('row')).toHaveCount(4);
    await next.reload();
    await expect(jobs.getByRole('row')).toHaveCount(4);
    await expect(jobs).not.toContainText('Delete 57 assets');
  });
});
