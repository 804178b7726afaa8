import { http, HttpResponse } from 'msw';

import { expect, later, test } from './fixtures';
import { IMMUTABLE_NAME, PUBLIC_NAME, shotId, shotName, WITH_WORK_ID } from './library';
import { openCloud, openComfyui, openRoughy, screen } from './screen';

const VICTIM = shotName(247);

test('nothing is sent before it is confirmed, and Escape, "Keep" and the start of the focus all keep', async ({
  page,
  sent,
}) => {
  await openComfyui(page);
  const { button, dialog, row } = screen(page);
  for (const leave of ['Escape', 'Enter'] as const) {
    await button(`Delete ${VICTIM}…`).click();
    await expect(dialog).toHaveAccessibleName(`Delete ${VICTIM}?`);
    await expect(dialog).toContainText('up to 247 kB');
    await expect(dialog).toContainText('This cannot be undone.');
    await expect(dialog).toContainText('the file stays on the server’s disk');
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press(leave);
    await expect(dialog).toHaveCount(0);
    await expect(button(`Delete ${VICTIM}…`)).toBeFocused();
  }
  await expect(row(VICTIM)).toBeVisible();
  expect(sent('DELETE')).toHaveLength(0);
});

test('one asset is deleted from its row: dimmed while waiting, then gone, with the focus on the next', async ({
  page,
  network,
  sent,
  libraries,
}) => {
  const { promise: mayGo, resolve: letGo } = later<undefined>();
  network.use(http.delete('*/proxy/comfyui/api/assets/:id', () => mayGo));
  await openComfyui(page);
  const { button, dialog, row, range, status, name } = screen(page);
  await button(`Delete ${VICTIM}…`).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(dialog).toHaveAccessibleName(`Deleting ${VICTIM}`);
  await expect(page.locator('tr[aria-busy="true"]')).toHaveCount(1);
  await expect(page.locator('tr[aria-busy="true"]')).toHaveCSS('opacity', '0.5');
  await expect(page.locator('tr[aria-busy="true"]')).toContainText(VICTIM);
  letGo(undefined);

  await expect(status(VICTIM)).toHaveText(new RegExp(`^${VICTIM} was deleted$`));
  await expect(row(VICTIM)).toHaveCount(0);
  await expect(name(shotName(246))).toBeFocused();
  await expect(range).toHaveText('1–50 of 259');
  expect(libraries.comfyui.get(shotId(247))).toBeNull();
  expect(sent('DELETE').map(({ path, body }) => ({ path, body }))).toEqual([
    { path: `/api/assets/${shotId(247)}`, body: null },
  ]);
});

test('from the drawer, which closes then', async ({ page, libraries }) => {
  await openCloud(page);
  const { name, drawer, dialog, status } = screen(page);
  await name(VICTIM).click();
  await drawer(VICTIM).getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toContainText('Comfy Cloud removes the record at once and for good');
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${VICTIM} was deleted`)).toBeVisible();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(name(shotName(246))).toBeFocused();
  expect(libraries.cloud.get(shotId(247))).toBeNull();
});

test('from the selection, with one asset ticked', async ({ page, libraries }) => {
  await openComfyui(page);
  const { tick, toolbar, dialog, status } = screen(page);
  await tick(VICTIM).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName(`Delete ${VICTIM}?`);
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${VICTIM} was deleted`)).toBeVisible();
  await expect(toolbar).toHaveCount(0);
  expect(libraries.comfyui.get(shotId(247))).toBeNull();
});

test('what is gone already is said to be so, and is no failure', async ({ page, libraries, allowErrors }) => {
  allowErrors(/status of 404/);
  await openComfyui(page);
  const { button, dialog, status, row } = screen(page);
  await expect(row(VICTIM)).toBeVisible();
  libraries.comfyui.remove(shotId(247));
  await button(`Delete ${VICTIM}…`).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${VICTIM} was already gone`)).toBeVisible();
  await expect(row(VICTIM)).toHaveCount(0);
});

test('a refusal keeps the dialog, says why, and can be tried again', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 409/);
  let inUse = true;
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', () =>
      inUse
        ? HttpResponse.json(
            { error: { code: 'ASSET_IN_USE', message: 'A workflow needs it' } },
            { status: 409 },
          )
        : undefined,
    ),
  );
  await openComfyui(page);
  const { button, dialog, status } = screen(page);
  await button(`Delete ${VICTIM}…`).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(dialog).toHaveAccessibleName(`${VICTIM} was not deleted`);
  await expect(dialog.getByRole('alert')).toContainText('Protected: ComfyUI refuses this for now');
  await expect(page.locator('tr[aria-busy="true"]')).toHaveCount(0);
  inUse = false;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(status(`${VICTIM} was deleted`)).toBeVisible();
});

for (const { outcome, deletes, wanted } of [
  { outcome: 'it went after all', deletes: true, wanted: 1 },
  { outcome: 'it is still there, and is asked for once more', deletes: false, wanted: 2 },
]) {
  test(`when no answer comes, a look settles it: ${outcome}`, async ({
    page,
    network,
    sent,
    libraries,
    allowErrors,
  }) => {
    allowErrors(/status of 404/);
    await page.clock.install();
    let asked = 0;
    network.use(
      http.delete('*/proxy/comfyui/api/assets/:id', () => {
        asked += 1;
        if (asked > 1) return undefined;
        if (deletes) libraries.comfyui.remove(shotId(247));
        return new Promise<never>(() => undefined);
      }),
    );
    await openComfyui(page);
    const { button, dialog, status } = screen(page);
    await button(`Delete ${VICTIM}…`).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect.poll(() => sent('DELETE')).toHaveLength(1);
    expect(sent('GET', new RegExp(`/api/assets/${shotId(247)}$`))).toHaveLength(0);
    await page.clock.fastForward(30_000);
    await expect(status(`${VICTIM} was deleted`)).toBeVisible();
    expect(sent('GET', new RegExp(`/api/assets/${shotId(247)}$`))).toHaveLength(1);
    expect(sent('DELETE')).toHaveLength(wanted);
    expect(libraries.comfyui.get(shotId(247))).toBeNull();
  });
}

test('protected assets cannot be ticked or deleted, and say why', async ({ page }) => {
  await openComfyui(page, '&q=safetensors&public=true');
  const { tick, button, row } = screen(page);
  for (const name of [IMMUTABLE_NAME, PUBLIC_NAME]) {
    await expect(tick(name)).toBeDisabled();
    await expect(tick(name)).toHaveAttribute('title', /Immutable: the provider does not let anyone/);
    await expect(row(name).getByRole('img', { name: /^Immutable/ })).toBeVisible();
    await expect(button(`Delete ${name}…`)).toHaveCount(0);
  }
  await page.getByRole('checkbox', { name: 'Select page' }).click();
  await expect(screen(page).toolbar).toContainText('1 selected');
});

test('Roughy names what goes along before anything can be confirmed', async ({ page, libraries }) => {
  await openRoughy(page, `&asset=${WITH_WORK_ID}`);
  const { dialog, status } = screen(page);
  await page.getByRole('complementary').getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog.getByRole('listitem')).toHaveText([
    '2 cuts',
    'up to 1 subtitle of these cuts',
    '1 render (12 MB)',
  ]);
  await expect(dialog).toContainText('together with all cuts, subtitles and renders');
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(/was deleted$/)).toBeVisible();
  expect(libraries.roughy.getAsset(WITH_WORK_ID)).toBeNull();
  expect(libraries.roughy.listCuts().total).toBe(0);
});

test('Roughy deletes nothing while it cannot say what goes along', async ({ page, network, allowErrors }) => {
  allowErrors(/status of 403/);
  let failing = true;
  network.use(
    http.get('*/proxy/roughy/v1/renders', () =>
      failing
        ? HttpResponse.json({ error: { code: 'forbidden', message: 'No renders for you.' } }, { status: 403 })
        : undefined,
    ),
  );
  await openRoughy(page, `&asset=${WITH_WORK_ID}`);
  const { dialog } = screen(page);
  await page.getByRole('complementary').getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('so nothing can be deleted yet');
  await expect(dialog.getByRole('button', { name: 'Delete forever' })).toBeDisabled();
  failing = false;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('button', { name: 'Delete forever' })).toBeEnabled();
});

test('the last page, emptied by a deletion, steps back', async ({ page, libraries }) => {
  for (const { id } of libraries.comfyui.list({ limit: 8 }).assets) libraries.comfyui.remove(id);
  await openComfyui(page, '&page=6&exclude=checkpoints');
  const { range, dialog, rows } = screen(page);
  await expect(range).toHaveText('251–251 of 251');
  await rows.getByRole('button', { name: /^Delete / }).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(range).toHaveText('201–250 of 250');
  await expect(page).toHaveURL(/[?&]page=5(&|$)/);
  await expect(page.locator('body')).not.toBeFocused();
});
