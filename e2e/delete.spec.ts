import { http, HttpResponse, type HttpResponseResolver } from 'msw';

import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';

import { CLOUD_KEY, expect, later, ROUGHY_KEY, test } from './fixtures';
import { IMMUTABLE_NAME, PUBLIC_NAME, ROUGHY_CONTENTS, shotId, shotName, WITH_WORK_ID } from './library';
import { enterKey, openComfyui, screen } from './screen';

test.describe.configure({ timeout: 90_000 });

const pathOf = (number: number): RegExp => new RegExp(`/api/assets/${shotId(number)}$`);

test('one asset is asked for by name, and however it ends is told; what is protected is not offered', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of (403|404|409)/);
  await page.clock.install();
  const { button, dialog, row, rows, range, status, name, tick, toolbar, table, drawer } = screen(page);
  const choose = (connection: string) =>
    page.getByRole('combobox', { name: 'Connection' }).selectOption(connection);
  const busy = page.locator('tr[aria-busy="true"]');
  const onDelete = (number: number, answer: () => ReturnType<HttpResponseResolver>) =>
    network.use(http.delete(`*/proxy/comfyui/api/assets/${shotId(number)}`, answer));
  const confirm = async (number: number) => {
    await button(`Delete ${shotName(number)}…`).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
  };

  await test.step('protected assets cannot be ticked or deleted, and say why', async () => {
    await openComfyui(page, '&q=safetensors&public=true&size=20');
    for (const name of [IMMUTABLE_NAME, PUBLIC_NAME]) {
      await expect(tick(name)).toBeDisabled();
      await expect(tick(name)).toHaveAttribute('title', /Immutable: the provider does not let anyone/);
      await expect(row(name).getByRole('img', { name: /^Immutable/ })).toBeVisible();
      await expect(button(`Delete ${name}…`)).toHaveCount(0);
    }
    await page.getByRole('checkbox', { name: 'Select page' }).click();
    await expect(toolbar).toContainText('1 selected');
    await button('Clear selection').click();
    await button('Clear all').click();
  });

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

  await test.step('the last page, emptied by a deletion, steps back', async () => {
    // 41 of these are left.
    for (let number = 4; number <= 80; number += 4) libraries.comfyui.remove(shotId(number));
    await openComfyui(page, '&page=3&size=20&include=draft');
    await expect(range).toHaveText('41–41 of 41');
    await rows.getByRole('button', { name: /^Delete / }).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(range).toHaveText('21–40 of 40');
    await expect(page).toHaveURL(/[?&]page=2(&|$)/);
    await expect(page.locator('body')).not.toBeFocused();
  });

  await test.step('from the drawer, which closes then', async () => {
    await choose('Comfy Cloud');
    await enterKey(page, CLOUD_KEY);
    await name(shotName(247)).click();
    await drawer(shotName(247)).getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog).toContainText('Comfy Cloud removes the record at once and for good');
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status(`${shotName(247)} was deleted`)).toBeVisible();
    await expect(page.getByRole('complementary')).toHaveCount(0);
    await expect(name(shotName(246))).toBeFocused();
    expect(libraries.cloud.get(shotId(247))).toBeNull();
  });

  await test.step('Roughy deletes nothing while it cannot say what goes along, and names it before anything can be confirmed', async () => {
    const roughy = createRoughyLibrary({
      ...ROUGHY_CONTENTS,
      assets: ROUGHY_CONTENTS.assets.slice(0, 12),
    });
    let failing = true;
    const forbidden = { error: { code: 'forbidden', message: 'No renders for you.' } };
    network.use(
      http.get('*/proxy/roughy/v1/renders', () =>
        failing ? HttpResponse.json(forbidden, { status: 403 }) : undefined,
      ),
      ...roughyHandlers({ baseUrl: '*/proxy/roughy', library: roughy, apiKey: ROUGHY_KEY }),
    );
    await choose('Roughy');
    await enterKey(page, ROUGHY_KEY);
    await expect(range).toHaveText('1–12 of 12');
    // The oldest is the one that has work.
    await table.getByRole('link').last().click();
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
    await expect(status(/\.mp4 was deleted$/)).toBeVisible();
    expect(roughy.getAsset(WITH_WORK_ID)).toBeNull();
    expect(roughy.listCuts().total).toBe(0);
  });
});
