import { http, HttpResponse, type HttpResponseResolver } from 'msw';

import { expect, later, test } from './fixtures';
import { IMMUTABLE_NAME, PUBLIC_NAME, shotId, shotName, WITH_WORK_ID } from './library';
import { openCloud, openComfyui, openRoughy, screen } from './screen';

const pathOf = (number: number): RegExp => new RegExp(`/api/assets/${shotId(number)}$`);

test('one asset is asked for by name, and however it ends is told', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of (404|409)/);
  await page.clock.install();
  await openComfyui(page, '&size=20');
  const { button, dialog, row, range, status, name, tick, toolbar } = screen(page);
  const busy = page.locator('tr[aria-busy="true"]');
  const onDelete = (number: number, answer: () => ReturnType<HttpResponseResolver>) =>
    network.use(http.delete(`*/proxy/comfyui/api/assets/${shotId(number)}`, answer));
  const confirm = async (number: number) => {
    await button(`Delete ${shotName(number)}…`).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
  };

  await test.step('nothing is sent before it is confirmed, and Escape, "Keep" and the start of the focus all keep', async () => {
    for (const leave of ['Escape', 'Enter'] as const) {
      await button(`Delete ${shotName(247)}…`).click();
      await expect(dialog).toHaveAccessibleName(`Delete ${shotName(247)}?`);
      await expect(dialog).toContainText('up to 247 kB');
      await expect(dialog).toContainText('This cannot be undone.');
      await expect(dialog).toContainText('the file stays on the server’s disk');
      await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
      await page.keyboard.press(leave);
      await expect(dialog).toHaveCount(0);
      await expect(button(`Delete ${shotName(247)}…`)).toBeFocused();
    }
    await expect(row(shotName(247))).toBeVisible();
    expect(sent('DELETE')).toHaveLength(0);
  });

  await test.step('from its row: dimmed while waiting, then gone, with the focus on the next', async () => {
    const { promise: mayGo, resolve: letGo } = later<undefined>();
    onDelete(247, () => mayGo);
    await confirm(247);
    await expect(dialog).toHaveAccessibleName(`Deleting ${shotName(247)}`);
    await expect(busy).toHaveCount(1);
    await expect(busy).toHaveCSS('opacity', '0.5');
    await expect(busy).toContainText(shotName(247));
    letGo(undefined);

    await expect(status(shotName(247))).toHaveText(`${shotName(247)} was deleted`);
    await expect(row(shotName(247))).toHaveCount(0);
    await expect(name(shotName(246))).toBeFocused();
    await expect(range).toHaveText('1–20 of 259');
    expect(libraries.comfyui.get(shotId(247))).toBeNull();
    expect(sent('DELETE').map(({ path, body }) => ({ path, body }))).toEqual([
      { path: `/api/assets/${shotId(247)}`, body: null },
    ]);
  });

  await test.step('from the selection, with one asset ticked', async () => {
    await tick(shotName(246)).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog).toHaveAccessibleName(`Delete ${shotName(246)}?`);
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status(`${shotName(246)} was deleted`)).toBeVisible();
    await expect(toolbar).toHaveCount(0);
    expect(libraries.comfyui.get(shotId(246))).toBeNull();
  });

  await test.step('what is gone already is said to be so, and is no failure', async () => {
    await expect(row(shotName(245))).toBeVisible();
    libraries.comfyui.remove(shotId(245));
    await confirm(245);
    await expect(status(`${shotName(245)} was already gone`)).toBeVisible();
    await expect(row(shotName(245))).toHaveCount(0);
  });

  await test.step('a refusal keeps the dialog, says why, and can be tried again', async () => {
    let inUse = true;
    onDelete(244, () =>
      inUse
        ? HttpResponse.json(
            { error: { code: 'ASSET_IN_USE', message: 'A workflow needs it' } },
            { status: 409 },
          )
        : undefined,
    );
    await confirm(244);
    await expect(dialog).toHaveAccessibleName(`${shotName(244)} was not deleted`);
    await expect(dialog.getByRole('alert')).toContainText('Protected: ComfyUI refuses this for now');
    await expect(busy).toHaveCount(0);
    inUse = false;
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(status(`${shotName(244)} was deleted`)).toBeVisible();
  });

  for (const { number, outcome, deletes, wanted } of [
    { number: 243, outcome: 'it went after all', deletes: true, wanted: 1 },
    { number: 242, outcome: 'it is still there, and is asked for once more', deletes: false, wanted: 2 },
  ]) {
    await test.step(`when no answer comes, a look settles it: ${outcome}`, async () => {
      let asked = 0;
      onDelete(number, () => {
        asked += 1;
        if (asked > 1) return undefined;
        if (deletes) libraries.comfyui.remove(shotId(number));
        return new Promise<never>(() => undefined);
      });
      await confirm(number);
      await expect.poll(() => sent('DELETE', pathOf(number))).toHaveLength(1);
      expect(sent('GET', pathOf(number))).toHaveLength(0);
      await page.clock.fastForward(30_000);
      await expect(status(`${shotName(number)} was deleted`)).toBeVisible();
      expect(sent('GET', pathOf(number))).toHaveLength(1);
      expect(sent('DELETE', pathOf(number))).toHaveLength(wanted);
      expect(libraries.comfyui.get(shotId(number))).toBeNull();
    });
  }
});

const VICTIM = shotName(247);

test('from the drawer, which closes then', async ({ page, libraries }) => {
  await openCloud(page, '&size=20');
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

test('Roughy deletes nothing while it cannot say what goes along, and names it before anything can be confirmed', async ({
  page,
  network,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 403/);
  let failing = true;
  network.use(
    http.get('*/proxy/roughy/v1/renders', () =>
      failing
        ? HttpResponse.json({ error: { code: 'forbidden', message: 'No renders for you.' } }, { status: 403 })
        : undefined,
    ),
  );
  await openRoughy(page, `&size=20&asset=${WITH_WORK_ID}`);
  const { dialog, status } = screen(page);
  const confirm = dialog.getByRole('button', { name: 'Delete forever' });
  await page.getByRole('complementary').getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('so nothing can be deleted yet');
  await expect(confirm).toBeDisabled();
  failing = false;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(confirm).toBeEnabled();
  await expect(dialog.getByRole('listitem')).toHaveText([
    '2 cuts',
    'up to 1 subtitle of these cuts',
    '1 render (12 MB)',
  ]);
  await expect(dialog).toContainText('together with all cuts, subtitles and renders');
  await confirm.click();
  await expect(status(/was deleted$/)).toBeVisible();
  expect(libraries.roughy.getAsset(WITH_WORK_ID)).toBeNull();
  expect(libraries.roughy.listCuts().total).toBe(0);
});

test('the last page, emptied by a deletion, steps back', async ({ page, libraries }) => {
  for (const { id } of libraries.comfyui.list({ limit: 18 }).assets) libraries.comfyui.remove(id);
  await openComfyui(page, '&page=13&size=20&exclude=checkpoints');
  const { range, dialog, rows } = screen(page);
  await expect(range).toHaveText('241–241 of 241');
  await rows.getByRole('button', { name: /^Delete / }).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(range).toHaveText('221–240 of 240');
  await expect(page).toHaveURL(/[?&]page=12(&|$)/);
  await expect(page.locator('body')).not.toBeFocused();
});
