import { readFile } from 'node:fs/promises';
import { http, HttpResponse } from 'msw';

import { CLOUD_KEY, expect, later, test } from './fixtures';
import { shotId, shotName } from './library';
import { enterKey, openCloud, openComfyui, screen } from './screen';

const problem = (status: number, message: string) =>
  HttpResponse.json({ error: { code: 'ODD', message } }, { status });

test('exactly the confirmed assets are asked for, four at a time at most', async ({
  page,
  network,
  sent,
}) => {
  let running = 0;
  let most = 0;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return undefined;
    }),
  );
  await openComfyui(page, '&size=20');
  const { button, dialog, status, range, toolbar, search } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await expect(toolbar).toContainText('20 selected');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName('Delete 20 assets?');
  await expect(dialog).toContainText('up to 4.8 MB');
  await expect(dialog).toContainText('Oldest');
  await dialog.getByText('All 20 names').click();
  await expect(dialog.getByRole('list', { name: 'Names' }).getByRole('listitem')).toHaveCount(20);
  await button('Delete 20 forever').click();

  await expect(status('20 assets were deleted')).toBeVisible();
  await expect(range).toHaveText('1–20 of 240');
  await expect(toolbar).toHaveCount(0);
  // The row that comes next was not there yet when the last one went.
  await expect(search).toBeFocused();
  const wanted = Array.from({ length: 20 }, (_, index) => `/api/assets/${shotId(248 - index)}`);
  expect(sent('DELETE').map(({ path }) => path)).toEqual(wanted);
  expect(most).toBeLessThanOrEqual(4);
});

test('a page deleted whole is never taken for an empty library', async ({ page, network }) => {
  const { promise: mayRead, resolve: letRead } = later<undefined>();
  let deletions = 0;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', () => {
      deletions += 1;
    }),
    http.get('*/proxy/comfyui/api/assets', () => (deletions === 20 ? mayRead : undefined)),
  );
  await openComfyui(page, '&size=20');
  const { dialog, status, range, toolbar } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 20 forever' }).click();
  await expect(status('20 assets were deleted')).toBeVisible();
  await expect(status('Loading assets…')).toBeVisible();
  await expect(page.getByText('This library is empty')).toHaveCount(0);
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

test('50 need the count typed, and a list of what goes is saved first', async ({ page, sent, libraries }) => {
  await openComfyui(page);
  const { toolbar, dialog, status } = screen(page);
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
  expect(records).toHaveLength(50);
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
  await expect(status('50 assets were deleted')).toBeVisible();
  expect(sent('DELETE')).toHaveLength(50);
  expect(libraries.comfyui.list({ includePublic: false }).total).toBe(210);
});

test('who saves no list gets one on confirming', async ({ page }) => {
  await openComfyui(page);
  const { toolbar, dialog, status } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('textbox', { name: 'Type 50 to confirm' }).fill('50');
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Delete 50 forever' }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/^winnow-delete-.*\.csv$/);
  const [header, first, ...rest] = (await readFile(await csv.path(), 'utf8')).trimEnd().split(/\r?\n/);
  expect(header).toBe('id,name,size_bytes,content_hash,tags,created_at,updated_at,last_accessed_at,action');
  expect(first).toContain(`${shotId(248)},${shotName(248)},248000,`);
  expect(rest).toHaveLength(49);
  await expect(status('50 assets were deleted')).toBeVisible();
});

test('a key that is refused half-way stops everything, and the key is asked for', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 401/);
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
  expect(sent('DELETE').length).toBeLessThanOrEqual(6);
  await dialog.getByRole('button', { name: 'Close' }).click();

  revoked = false;
  await enterKey(page, CLOUD_KEY);
  await expect(toolbar).toContainText('18 selected');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 18 forever' }).click();
  await expect(status('18 assets were deleted')).toBeVisible();
  expect(libraries.cloud.list({ includePublic: false }).total).toBe(240);
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
  expect(before).toBeLessThanOrEqual(4);
  await page.clock.runFor(10_000);
  expect(sent('DELETE')).toHaveLength(before);
  limited = false;
  await page.clock.runFor(11_000);
  await expect(status('20 assets were deleted')).toBeVisible();
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
  await expect.poll(() => waiting.length).toBe(4);
  await dialog.getByRole('button', { name: 'Stop' }).click();
  for (const go of waiting) go();
  await expect(dialog).toHaveAccessibleName('4 assets were deleted, 16 not deleted');
  expect(sent('DELETE')).toHaveLength(4);
});
