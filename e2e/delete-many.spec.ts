import { readFile } from 'node:fs/promises';
import type { NetworkFixture } from '@msw/playwright';
import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { expect, later, test, type Sent } from './fixtures';
import { shotId, shotName } from './library';
import { deleteFifty, openComfyui, screen } from './screen';

test.describe.configure({ timeout: 90_000 });

const problem = (status: number, message: string) =>
  HttpResponse.json({ error: { code: 'ODD', message } }, { status });

/** Dozens of requests, each of them intercepted, on whatever machine. */
const IN_A_WHILE = { timeout: 45_000 };

/** Ids of what is asked to be deleted, in the order in which it is. */
const idsOf = (requests: readonly Sent[]): string[] =>
  requests.map(({ path }) => path.slice('/api/assets/'.length));

/** Ids of so many assets in the order of the table, from one downwards; 248 is the newest. */
const downFrom = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => shotId(first - index));

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

test('exactly what was confirmed is asked for, whether 50 that go on as a job, 20, or a few of which some fail', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  // Afterwards some are looked for, and not found.
  allowErrors(/status of (404|409|429|500)/);
  const { promise: mayRead, resolve: letRead } = later<undefined>();
  holdTable(network, 50, mayRead);
  await openComfyui(page);
  const { toolbar, dialog, strip, status, range, button, name, search, tick, view } = screen(page);

  await test.step('50 need the count typed: nothing can be confirmed before it is right is typed', async () => {
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    const confirm = dialog.getByRole('button', { name: 'Delete 50 forever' });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Type 50 to confirm' }).fill('49');
    await expect(confirm).toBeDisabled();
  });

  await test.step('the list can be saved, and nothing is sent for that', async () => {
    const [jsonLines] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save as JSON Lines' }).click(),
    ]);
    const records = (await readFile(await jsonLines.path(), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ id }) => id)).toEqual(downFrom(248, 50));
    expect(records[0]).toMatchObject({
      id: shotId(248),
      name: shotName(248),
      size_bytes: 248_000,
      tags: ['output', 'draft'],
      action: 'delete',
    });
    await expect(dialog.getByRole('status')).toHaveText('Saved');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    expect(sent('DELETE')).toHaveLength(0);
  });

  await test.step('who saves no list gets one on confirming, before anything is sent', async () => {
    await stopTheClock(page);
    const [csv] = await Promise.all([page.waitForEvent('download'), deleteFifty(page)]);
    expect(csv.suggestedFilename()).toMatch(/^winnow-delete-.*\.csv$/);
    const [header, first, ...rest] = (await readFile(await csv.path(), 'utf8')).trimEnd().split(/\r?\n/);
    expect(header).toBe('id,name,size_bytes,content_hash,tags,created_at,updated_at,last_accessed_at,action');
    expect(first).toContain(`${shotId(248)},${shotName(248)},248000,`);
    expect(rest).toHaveLength(49);
    expect(sent('DELETE')).toHaveLength(0);
  });

  await test.step('during the grace its rows are dimmed, and it ends by itself', async () => {
    await expect(toolbar).toHaveCount(0);
    await expect(strip).toContainText('Deleting 50 assets in 10 s');
    await expect(strip).toContainText('ComfyUI · nothing was sent yet');
    await expect(page.locator('tr[aria-busy="true"]')).toHaveCount(50);
    await page.clock.runFor(9_000);
    await expect(name(shotName(248))).toBeFocused();
    await expect(strip).toContainText('Deleting 50 assets in 1 s');
    expect(sent('DELETE')).toHaveLength(0);
    await page.clock.runFor(1_000);
    await page.clock.resume();
  });

  await test.step('the focus stays on the page while the job takes every row of it', async () => {
    await expect(status('Loading assets…')).toBeVisible(IN_A_WHILE);
    await expect(search).toBeFocused();
    letRead(undefined);
    await expect(range).toHaveText('1–50 of 210');
    await expect(search).toBeFocused();
  });

  await test.step('it reports what went', async () => {
    await expect(status('Deleting 50 assets is done: 50 deleted')).toBeVisible(IN_A_WHILE);
    expect(idsOf(sent('DELETE')).sort()).toEqual(downFrom(248, 50).sort());
    expect(libraries.comfyui.list({ includePublic: false }).total).toBe(210);
    await button('Open report').click();
    await expect(page.getByRole('heading', { name: 'Delete 50 assets' })).toBeFocused();
    const check = page.getByRole('region', { name: 'Final check' });
    await expect(check.getByText('Confirmed gone: 50 of 50', { exact: true })).toBeVisible();
  });

  await test.step('20 are asked for exactly, few at a time', async () => {
    let running = 0;
    const atOnce: number[] = [];
    const { promise: mayEnd, resolve: letEnd } = later<undefined>();
    network.use(
      http.delete('*/proxy/comfyui/api/assets/:id', async ({ params }) => {
        running += 1;
        atOnce.push(running);
        await (params['id'] === shotId(179) ? mayEnd : new Promise((resolve) => setImmediate(resolve)));
        running -= 1;
        return undefined;
      }),
    );
    const before = sent('DELETE').length;
    await view('All assets').click();
    await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('20');
    await expect(range).toHaveText('1–20 of 210');
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    await expect(toolbar).toContainText('20 selected');
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog).toHaveAccessibleName('Delete 20 assets?');
    await expect(dialog).toContainText('up to 3.8 MB');
    await expect(dialog).toContainText('Oldest');
    await dialog.getByText('All 20 names').click();
    await expect(dialog.getByRole('list', { name: 'Names' }).getByRole('listitem')).toHaveCount(20);
    await button('Delete 20 forever').click();

    // What comes next moves up while the last one is still going.
    await expect(page.locator('tr', { hasText: shotName(178) })).toBeVisible();
    letEnd(undefined);
    await expect(status('20 assets were deleted')).toBeVisible(IN_A_WHILE);
    await expect(range).toHaveText('1–20 of 190');
    await expect(toolbar).toHaveCount(0);
    await expect(name(shotName(178))).toBeFocused();
    expect(idsOf(sent('DELETE').slice(before))).toEqual(downFrom(198, 20));
    // One more for every ten that went well.
    expect(Math.max(...atOnce.slice(0, 10))).toBeLessThanOrEqual(3);
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(4);
  });

  await test.step('a page deleted whole is never taken for an empty library, and takes no focus along', async () => {
    const { promise: mayRead, resolve: letRead } = later<undefined>();
    holdTable(network, 20, mayRead);
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await button('Delete 20 forever').click();
    await expect(status('Loading assets…')).toBeVisible(IN_A_WHILE);
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('This library is empty')).toHaveCount(0);
    // There is no row to go to yet.
    await expect(search).toBeFocused();
    expect(idsOf(sent('DELETE').slice(-20))).toEqual(downFrom(178, 20));
    letRead(undefined);
    await expect(range).toHaveText('1–20 of 170');
  });

  let trouble: 'failing' | 'limited' | null = 'failing';
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', ({ params }) => {
      if (trouble === 'limited') {
        const headers = { 'retry-after': '20' };
        return HttpResponse.json({ error: { message: 'Slow down' } }, { status: 429, headers });
      }
      if (trouble === null) return undefined;
      if (params['id'] === shotId(157)) return problem(409, 'A workflow needs it');
      if (params['id'] === shotId(155) || params['id'] === shotId(153)) return problem(500, 'Disk trouble');
      return undefined;
    }),
  );

  await test.step('what fails is listed by name and stays selected', async () => {
    for (const number of [158, 157, 156, 155, 154, 153]) await tick(shotName(number)).check();
    libraries.comfyui.remove(shotId(156));
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete 6 forever' }).click();

    // 500 is tried three times; the waits in between are skipped.
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(dialog).toHaveAccessibleName('2 assets were deleted, 1 already gone, 3 not deleted', {
        timeout: 500,
      });
    }).toPass();
    for (const number of [155, 153]) {
      expect(sent('DELETE', new RegExp(shotId(number)))).toHaveLength(3);
    }
    const left = dialog.getByRole('list', { name: 'Not deleted or unknown' }).getByRole('listitem');
    await expect(left).toHaveText([
      new RegExp(`^${shotName(157)}Protected: ComfyUI refuses this for now`),
      new RegExp(`^${shotName(155)}ComfyUI has a problem`),
      new RegExp(`^${shotName(153)}ComfyUI has a problem`),
    ]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(toolbar).toContainText('3 selected');
    for (const number of [157, 155, 153]) await expect(tick(shotName(number))).toBeChecked();
  });

  await test.step('trying again asks for just that, as late as the provider wishes', async () => {
    trouble = 'limited';
    const before = sent('DELETE').length;
    const again = () => idsOf(sent('DELETE').slice(before));
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete 3 forever' }).click();
    await expect(dialog.getByRole('status')).toContainText('ComfyUI asks to slow down');
    await expect(dialog).toContainText('0 of 3 done');
    await expect.poll(() => again().length).toBe(3);
    await page.clock.runFor(10_000);
    expect(again()).toHaveLength(3);
    trouble = null;
    await page.clock.runFor(11_000);
    await expect(status('3 assets were deleted')).toBeVisible();
    const wanted = [157, 155, 153].map(shotId).sort();
    expect(again().slice(0, 3).sort()).toEqual(wanted);
    expect(again().slice(3).sort()).toEqual(wanted);
  });
});
