import { readFile } from 'node:fs/promises';
import type { NetworkFixture } from '@msw/playwright';
import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { CLOUD_KEY, expect, later, test, type Sent } from './fixtures';
import { shotId, shotName } from './library';
import { deleteFifty, enterKey, openCloud, openComfyui, screen } from './screen';

test.describe.configure({ timeout: 90_000 });

const problem = (status: number, message: string) =>
  HttpResponse.json({ error: { code: 'ODD', message } }, { status });

/** Dozens of requests, each of them intercepted, on whatever machine. */
const IN_A_WHILE = { timeout: 45_000 };

/** Ids of what is asked to be deleted, in the order in which it is. */
const idsOf = (requests: readonly Sent[]): string[] =>
  requests.map(({ path }) => path.slice('/api/assets/'.length));

/** Ids of so many of the newest assets, as the table lists them. */
const newest = (count: number): string[] => Array.from({ length: count }, (_, index) => shotId(248 - index));

/** From the first deletion on, the table is not answered; larger pages are read to see what changed. */
function holdTable(network: NetworkFixture, pageSize: number, until: Promise<undefined>): void {
  let isHeld = false;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', () => {
      isHeld = true;
    }),
    http.get('*/proxy/comfyui/api/assets', ({ request }) =>
      isHeld && new URL(request.url).searchParams.get('limit') === String(pageSize) ? until : undefined,
    ),
  );
}

/** From here on, time passes only when the test says so. */
async function stopTheClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
}

test('exactly the confirmed assets are asked for, few at a time', async ({ page, network, sent }) => {
  let running = 0;
  const atOnce: number[] = [];
  const { promise: mayEnd, resolve: letEnd } = later<undefined>();
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', async ({ params }) => {
      running += 1;
      atOnce.push(running);
      await (params['id'] === shotId(229) ? mayEnd : new Promise((resolve) => setImmediate(resolve)));
      running -= 1;
      return undefined;
    }),
  );
  await openComfyui(page, '&size=20');
  const { button, dialog, status, range, toolbar, name } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await expect(toolbar).toContainText('20 selected');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName('Delete 20 assets?');
  await expect(dialog).toContainText('up to 4.8 MB');
  await expect(dialog).toContainText('Oldest');
  await dialog.getByText('All 20 names').click();
  await expect(dialog.getByRole('list', { name: 'Names' }).getByRole('listitem')).toHaveCount(20);
  await button('Delete 20 forever').click();

  // What comes next moves up while the last one is still going.
  await expect(page.locator('tr', { hasText: shotName(228) })).toBeVisible();
  letEnd(undefined);
  await expect(status('20 assets were deleted')).toBeVisible(IN_A_WHILE);
  await expect(range).toHaveText('1–20 of 240');
  await expect(toolbar).toHaveCount(0);
  await expect(name(shotName(228))).toBeFocused();
  expect(idsOf(sent('DELETE'))).toEqual(newest(20));
  // One more for every ten that went well.
  expect(Math.max(...atOnce.slice(0, 10))).toBeLessThanOrEqual(3);
  expect(Math.max(...atOnce)).toBeLessThanOrEqual(4);
});

test('a page deleted whole is never taken for an empty library, and takes no focus along', async ({
  page,
  network,
}) => {
  const { promise: mayRead, resolve: letRead } = later<undefined>();
  holdTable(network, 20, mayRead);
  await openComfyui(page, '&size=20');
  const { dialog, status, range, toolbar, search } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 20 forever' }).click();
  await expect(status('20 assets were deleted')).toBeVisible(IN_A_WHILE);
  await expect(status('Loading assets…')).toBeVisible();
  await expect(page.getByText('This library is empty')).toHaveCount(0);
  // There is no row to go to yet.
  await expect(search).toBeFocused();
  letRead(undefined);
  await expect(range).toHaveText('1–20 of 240');
});

test('what fails is listed by name and stays selected; trying again asks for just that', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of (404|409|500)/);
  await page.clock.install();
  let failing = true;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', ({ params }) => {
      if (!failing) return undefined;
      if (params['id'] === shotId(247)) return problem(409, 'A workflow needs it');
      if (params['id'] === shotId(245) || params['id'] === shotId(243)) return problem(500, 'Disk trouble');
      return undefined;
    }),
  );
  await openComfyui(page);
  const { tick, toolbar, dialog, status } = screen(page);
  for (const number of [248, 247, 246, 245, 244, 243]) await tick(shotName(number)).check();
  libraries.comfyui.remove(shotId(246));
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 6 forever' }).click();

  // 500 is tried three times; the waits in between are skipped.
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(dialog).toHaveAccessibleName('2 assets were deleted, 1 already gone, 3 not deleted', {
      timeout: 500,
    });
  }).toPass();
  for (const number of [245, 243]) {
    expect(sent('DELETE', new RegExp(shotId(number)))).toHaveLength(3);
  }
  const left = dialog.getByRole('list', { name: 'Not deleted or unknown' }).getByRole('listitem');
  await expect(left).toHaveText([
    new RegExp(`^${shotName(247)}Protected: ComfyUI refuses this for now`),
    new RegExp(`^${shotName(245)}ComfyUI has a problem`),
    new RegExp(`^${shotName(243)}ComfyUI has a problem`),
  ]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(toolbar).toContainText('3 selected');
  for (const number of [247, 245, 243]) await expect(tick(shotName(number))).toBeChecked();

  failing = false;
  const before = sent('DELETE').length;
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 3 forever' }).click();
  await expect(status('3 assets were deleted')).toBeVisible();
  expect(
    sent('DELETE')
      .slice(before)
      .map(({ path }) => path.slice(-3))
      .sort(),
  ).toEqual(['243', '245', '247']);
});

test('failures can be tried again from the result itself', async ({ page, network, sent, allowErrors }) => {
  allowErrors(/status of 400/);
  let failing = true;
  network.use(
    http.delete(`*/proxy/comfyui/api/assets/${shotId(247)}`, () =>
      failing ? problem(400, 'Odd') : undefined,
    ),
  );
  await openComfyui(page);
  const { tick, toolbar, dialog, status } = screen(page);
  for (const number of [248, 247]) await tick(shotName(number)).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
  await expect(dialog).toHaveAccessibleName('1 asset was deleted, 1 not deleted');
  failing = false;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(status('2 assets were deleted')).toBeVisible();
  expect(sent('DELETE')).toHaveLength(3);
});

test('50 need the count typed, and go on as a job that reports what went', async ({
  page,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 404/); // afterwards some are looked for, and not found
  await openComfyui(page);
  const { toolbar, dialog, strip, status, range, button } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  const confirm = dialog.getByRole('button', { name: 'Delete 50 forever' });
  const count = dialog.getByRole('textbox', { name: 'Type 50 to confirm' });
  await expect(confirm).toBeDisabled();
  await count.fill('49');
  await expect(confirm).toBeDisabled();

  const [jsonLines] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as JSON Lines' }).click(),
  ]);
  const records = (await readFile(await jsonLines.path(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.map(({ id }) => id)).toEqual(newest(50));
  expect(records[0]).toMatchObject({
    id: shotId(248),
    name: shotName(248),
    size_bytes: 248_000,
    tags: ['output', 'draft'],
    action: 'delete',
  });
  await expect(dialog.getByRole('status')).toHaveText('Saved');
  expect(sent('DELETE')).toHaveLength(0);

  await count.fill('50');
  await confirm.click();
  await expect(dialog).toHaveCount(0);
  await expect(toolbar).toHaveCount(0);
  await expect(strip).toContainText(/Deleting 50 assets in \d+ s/);
  await expect(strip).toContainText('ComfyUI · nothing was sent yet');
  await expect(page.locator('tr[aria-busy="true"]')).toHaveCount(50);
  expect(sent('DELETE')).toHaveLength(0);

  await strip.getByRole('button', { name: 'Start now' }).click();
  await expect(status('Deleting 50 assets is done: 50 deleted')).toBeVisible(IN_A_WHILE);
  expect(idsOf(sent('DELETE')).sort()).toEqual(newest(50).sort());
  expect(libraries.comfyui.list({ includePublic: false }).total).toBe(210);
  await expect(range).toHaveText('1–50 of 210');
  await button('Open report').click();
  await expect(page.getByRole('heading', { name: 'Delete 50 assets' })).toBeFocused();
  const check = page.getByRole('region', { name: 'Final check' });
  await expect(check.getByText('Confirmed gone: 50 of 50', { exact: true })).toBeVisible();
});

test('who saves no list gets one on confirming, before anything is sent', async ({
  page,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of 404/);
  await openComfyui(page);
  const { strip, status } = screen(page);
  await stopTheClock(page);
  const [csv] = await Promise.all([page.waitForEvent('download'), deleteFifty(page)]);
  expect(csv.suggestedFilename()).toMatch(/^winnow-delete-.*\.csv$/);
  const [header, first, ...rest] = (await readFile(await csv.path(), 'utf8')).trimEnd().split(/\r?\n/);
  expect(header).toBe('id,name,size_bytes,content_hash,tags,created_at,updated_at,last_accessed_at,action');
  expect(first).toContain(`${shotId(248)},${shotName(248)},248000,`);
  expect(rest).toHaveLength(49);

  await expect(strip).toContainText('Deleting 50 assets in 10 s');
  await page.clock.runFor(9_000);
  await expect(strip).toContainText('Deleting 50 assets in 1 s');
  expect(sent('DELETE')).toHaveLength(0);
  await page.clock.runFor(1_000);
  await page.clock.resume();
  await expect(status('Deleting 50 assets is done: 50 deleted')).toBeVisible(IN_A_WHILE);
});

test('"Cancel" during the grace leaves everything as it was', async ({ page, sent, libraries }) => {
  await openComfyui(page);
  const { strip, status, range } = screen(page);
  await stopTheClock(page);
  await deleteFifty(page);
  await page.clock.runFor(5_000);
  await strip.getByRole('button', { name: 'Cancel' }).click();
  await expect(status('Deleting 50 assets was cancelled: nothing was sent')).toBeVisible();
  await expect(strip).toHaveCount(0);
  await expect(page.locator('tr[aria-busy="true"]')).toHaveCount(0);
  await page.clock.runFor(60_000);
  expect(sent('DELETE')).toHaveLength(0);
  expect(libraries.comfyui.list({ includePublic: false }).total).toBe(260);
  await expect(range).toHaveText('1–50 of 260');
});

test('"Cancel…" half-way finishes what is under way and starts nothing more', async ({
  page,
  network,
  sent,
  libraries,
}) => {
  const waiting: (() => void)[] = [];
  network.use(
    http.delete(
      '*/proxy/comfyui/api/assets/:id',
      () => new Promise<undefined>((go) => waiting.push(() => go(undefined))),
    ),
  );
  await openComfyui(page);
  const { strip, dialog, status } = screen(page);
  await deleteFifty(page);
  await strip.getByRole('button', { name: 'Start now' }).click();
  await expect.poll(() => waiting.length).toBe(3);
  await strip.getByRole('button', { name: 'Cancel…' }).click();
  await expect(dialog).toHaveAccessibleName('Stop deleting?');
  await expect(dialog.getByRole('button', { name: 'Keep going' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  for (const go of waiting) go();
  await expect(status('3 deleted, 47 not sent. What was deleted stays deleted.')).toBeVisible();
  expect(idsOf(sent('DELETE'))).toEqual(newest(3));
  expect(libraries.comfyui.list({ includePublic: false }).total).toBe(257);
});

test('the focus stays on the page while a job takes every row of it', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 404/);
  const { promise: mayRead, resolve: letRead } = later<undefined>();
  holdTable(network, 50, mayRead);
  await openComfyui(page);
  const { strip, status, range, search, name } = screen(page);
  await deleteFifty(page);
  await expect(name(shotName(248))).toBeFocused();
  // Without the focus, which pressing it would take away from the row.
  await strip.getByRole('button', { name: 'Start now' }).dispatchEvent('click');
  await expect(status('Loading assets…')).toBeVisible(IN_A_WHILE);
  await expect(search).toBeFocused();
  letRead(undefined);
  await expect(range).toHaveText('1–50 of 210');
  await expect(search).toBeFocused();
});

test('a key that is refused half-way stops everything, and the key is asked for', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  // A picture may be asked for at the very moment when its asset goes.
  allowErrors(/status of 401|status of 404 .*\/api\/view\?/);
  let deletions = 0;
  let revoked = false;
  network.use(
    http.all('*/proxy/comfy-cloud/*', ({ request }) => {
      if (request.method === 'DELETE') {
        deletions += 1;
        if (deletions === 3) revoked = true;
      }
      return revoked
        ? HttpResponse.json({ code: 'UNAUTHORIZED', message: 'Key revoked' }, { status: 401 })
        : undefined;
    }),
  );
  await openCloud(page, '&size=20');
  const { toolbar, dialog, status } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 20 forever' }).click();

  await expect(dialog).toHaveAccessibleName('2 assets were deleted, 18 not deleted');
  await expect(dialog.getByRole('alert')).toContainText('Comfy Cloud does not accept the key');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Not tried' })).not.toHaveCount(0);
  // Nothing but what was already under way was sent after the refusal.
  expect(sent('DELETE').length).toBeLessThanOrEqual(5);
  await dialog.getByRole('button', { name: 'Close' }).click();

  revoked = false;
  await enterKey(page, CLOUD_KEY);
  await expect(toolbar).toContainText('18 selected');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 18 forever' }).click();
  await expect(status('18 assets were deleted')).toBeVisible(IN_A_WHILE);
  expect(libraries.cloud.list({ includePublic: false }).total).toBe(240);
});

test('a key that is refused stops a job as well, which goes on from there with another', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of (401|404)/);
  let deletions = 0;
  let revoked = false;
  network.use(
    http.all('*/proxy/comfy-cloud/*', ({ request }) => {
      if (request.method === 'DELETE') {
        deletions += 1;
        if (deletions === 3) revoked = true;
      }
      return revoked
        ? HttpResponse.json({ code: 'UNAUTHORIZED', message: 'Key revoked' }, { status: 401 })
        : undefined;
    }),
  );
  await openCloud(page);
  const { strip, alert, status } = screen(page);
  await deleteFifty(page);
  await strip.getByRole('button', { name: 'Start now' }).click();
  await expect(alert.filter({ hasText: 'Deleting 50 assets stopped.' })).toContainText(
    'The key was not accepted. Key revoked. Enter it again, then resume.',
  );
  await expect(strip).toContainText('2 of 50 done');
  const before = sent('DELETE').length;
  expect(before).toBeLessThanOrEqual(5);

  await strip.getByRole('button', { name: 'Enter key' }).click();
  revoked = false;
  await enterKey(page, CLOUD_KEY);
  await expect(page.getByRole('table', { name: 'Assets', exact: true })).toBeVisible();
  expect(sent('DELETE')).toHaveLength(before);
  await strip.getByRole('button', { name: 'Resume' }).click();
  await expect(status('Deleting 50 assets is done: 50 deleted')).toBeVisible(IN_A_WHILE);
  expect([...new Set(idsOf(sent('DELETE')))].sort()).toEqual(newest(50).sort());
  expect(libraries.cloud.list({ includePublic: false }).total).toBe(210);
});

test('a provider that asks to slow down makes all deletions wait', async ({
  page,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of 429/);
  await page.clock.install();
  let limited = true;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', () =>
      limited
        ? HttpResponse.json(
            { error: { message: 'Slow down' } },
            { status: 429, headers: { 'retry-after': '20' } },
          )
        : undefined,
    ),
  );
  await openComfyui(page, '&size=20');
  const { toolbar, dialog, status } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 20 forever' }).click();
  await expect(dialog.getByRole('status')).toContainText('ComfyUI asks to slow down');
  await expect(dialog).toContainText('0 of 20 done');
  const before = sent('DELETE').length;
  expect(before).toBeLessThanOrEqual(3);
  await page.clock.runFor(10_000);
  expect(sent('DELETE')).toHaveLength(before);
  limited = false;
  await page.clock.runFor(11_000);
  await expect(status('20 assets were deleted')).toBeVisible(IN_A_WHILE);
});

test('"Stop" finishes what is under way and starts nothing more', async ({ page, network, sent }) => {
  const waiting: (() => void)[] = [];
  network.use(
    http.delete(
      '*/proxy/comfyui/api/assets/:id',
      () => new Promise<undefined>((go) => waiting.push(() => go(undefined))),
    ),
  );
  await openComfyui(page, '&size=20');
  const { toolbar, dialog } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 20 forever' }).click();
  await expect.poll(() => waiting.length).toBe(3);
  await dialog.getByRole('button', { name: 'Stop' }).click();
  for (const go of waiting) go();
  await expect(dialog).toHaveAccessibleName('3 assets were deleted, 17 not deleted');
  expect(idsOf(sent('DELETE'))).toEqual(newest(3));
});
