import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { expect, later, selfHosted, test } from './fixtures';
import { LONG_NAME, MANY_TAGS_NAME, oddId, shotId, shotName, WITH_WORK_ID } from './library';
import { enterKey, openComfyui, openRoughy, screen } from './screen';

test.describe.configure({ timeout: 60_000 });

/** Small pages: the rules are the same for every row, and take their time. */
const FEW = '&size=20&sort=created_at&order=asc';
const ONE = '&q=notes';

test('the table is accessible, with every kind of row, filters in force and rows ticked', async ({
  page,
  axe,
}) => {
  await openComfyui(page, `${FEW}&q=n&exclude=draft&public=true`);
  const { tick, toolbar, name } = screen(page);
  await expect(name(LONG_NAME)).toBeVisible();
  await axe();
  await tick('notes.txt').check();
  await expect(toolbar).toBeVisible();
  await axe();
});

test('so are menus and suggestions', async ({ page, axe }) => {
  await openComfyui(page, ONE);
  await expect(screen(page).table).toBeVisible();
  for (const name of ['Theme', 'Help', 'View options', 'Metadata…']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axe();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('combobox', { name: 'Include tags' }).press('ArrowDown');
  await expect(page.getByRole('listbox')).toBeVisible();
  await axe();
});

test('so is an empty list, whatever emptied it', async ({ page, network, axe }) => {
  await openComfyui(page, '&include=no-such-tag&q=x');
  await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
  await axe();
  network.use(...selfHosted(createComfyLibrary([])));
  await openComfyui(page);
  await expect(page.getByRole('heading', { name: 'This library is empty' })).toBeVisible();
  await axe();
});

test('so are loading, an error, and a list that could not be renewed', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 403/);
  const refuse = () =>
    HttpResponse.json({ error: { code: 'CROSS_SITE', message: 'Not from here' } }, { status: 403 });
  let answer: () => Promise<Response> | Response | undefined = () => later<Response>().promise;
  network.use(http.get('*/proxy/comfyui/api/assets', () => answer()));
  await openComfyui(page, ONE);
  const { status, alert, button, range } = screen(page);
  await expect(status('Loading assets…')).toBeVisible();
  await axe();
  answer = refuse;
  await page.reload();
  await expect(alert).toContainText('ComfyUI does not allow this');
  await axe();
  answer = () => undefined;
  await button('Try again').click();
  await expect(range).toHaveText('1–1 of 1');
  answer = refuse;
  await button('Refresh').click();
  await expect(status('This is the list as it was')).toBeVisible();
  await axe();
});

test('so is a row that cannot be read', async ({ page, network, axe }) => {
  const bad = { ...comfyAsset(), created_at: 'never' };
  network.use(
    http.get('*/proxy/comfyui/api/assets', () =>
      HttpResponse.json({ assets: [bad], total: 1, has_more: false }),
    ),
  );
  await openComfyui(page);
  await expect(screen(page).rows).toContainText('Unreadable row');
  await axe();
});

test('so is the form for the key, also after a refusal', async ({ page, axe, allowErrors }) => {
  allowErrors(/status of 401/);
  await page.goto('./?connection=comfy-cloud');
  await expect(page.getByLabel('API key')).toBeVisible();
  await axe();
  await enterKey(page, 'wrong');
  await expect(page.getByRole('alert').filter({ hasText: 'does not accept the key' })).toBeVisible();
  await axe();
});

test('so is the drawer: of a picture, of 42 tags being picked, of a text, of nothing', async ({
  page,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 404/);
  await openComfyui(page, `${ONE}&asset=${shotId(248)}`);
  const { drawer } = screen(page);
  await expect(drawer(shotName(248)).getByRole('img', { name: 'Preview of' })).toBeVisible();
  await axe();
  await openComfyui(page, `${ONE}&asset=${oddId(MANY_TAGS_NAME)}`);
  await expect(drawer(MANY_TAGS_NAME).getByRole('heading', { name: 'Tags (42)' })).toBeVisible();
  await axe();
  await drawer(MANY_TAGS_NAME).getByRole('button', { name: 'Remove several…' }).click();
  await axe();
  await openComfyui(page, `${ONE}&asset=${oddId('notes.txt')}`);
  await expect(page.getByRole('region', { name: 'Beginning of the text' })).not.toBeEmpty();
  await axe();
  await openComfyui(page, `${ONE}&asset=99999999-0000-4000-8000-000000000000`);
  await expect(drawer('Asset not found')).toBeVisible();
  await axe();
});

test('so is Roughy: table, drawer and what goes along with a deletion', async ({ page, axe }) => {
  await openRoughy(page, '&size=20');
  await expect(screen(page).range).toHaveText('1–20 of 130');
  await axe();
  await openRoughy(page, `&state=failed&asset=${WITH_WORK_ID}`);
  await expect(page.getByRole('complementary')).toContainText('1 render · 12 MB');
  await axe();
  await page.getByRole('complementary').getByRole('button', { name: 'Delete…' }).click();
  await expect(screen(page).dialog).toContainText('2 cuts');
  await axe();
});

test('so are the dialogs that ask about one asset, and what is announced afterwards', async ({
  page,
  axe,
}) => {
  await openComfyui(page, '&q=shot-248');
  const { button, dialog, status } = screen(page);
  await button(`Delete ${shotName(248)}…`).click();
  await expect(dialog).toBeVisible();
  await axe();
  await page.keyboard.press('Escape');
  await button(`Remove tag output from ${shotName(248)}`).click();
  await expect(dialog).toContainText('will vanish from views');
  await axe();
  await page.keyboard.press('Escape');
  await button(`Remove tag draft from ${shotName(248)}`).click();
  await expect(status('Tag “draft” removed')).toBeVisible();
  await axe();
});

test('so are the dialogs that ask about many', async ({ page, axe }) => {
  await openComfyui(page);
  const { dialog, toolbar } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  // Out of view, they are still selected, and there is less to look through.
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('notes');
  await expect(toolbar).toContainText('50 selected, 50 not in this view');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Type 50 to confirm' })).toBeVisible();
  await dialog.getByText('All 50 names').click();
  await axe();
  await page.keyboard.press('Escape');
  await toolbar.getByRole('button', { name: 'Remove tags…' }).click();
  await dialog.getByRole('checkbox', { name: 'output 50' }).check();
  await expect(dialog).toContainText('Affects 50 assets');
  await axe();
});

test('so are a deletion under way and one that failed in part', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 409/);
  const { promise: mayGo, resolve: letGo } = later<undefined>();
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', async ({ params }) => {
      await mayGo;
      return params['id'] === shotId(248)
        ? HttpResponse.json({ error: { code: 'IN_USE', message: 'A workflow needs it' } }, { status: 409 })
        : undefined;
    }),
  );
  await openComfyui(page, '&q=shot-24');
  const { tick, toolbar, dialog } = screen(page);
  for (const number of [248, 247]) await tick(shotName(number)).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await axe();
  letGo(undefined);
  await expect(dialog).toHaveAccessibleName('1 asset was deleted, 1 not deleted');
  await axe();
});

test('so is the demo', async ({ page, axe }) => {
  await page.goto('./?size=20');
  await expect(screen(page).range).toHaveText(/^1–20 of 2,\d{3}$/);
  await axe();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('so are the cards, the unfolded filters, the drawer and the dialog', async ({ page, axe }) => {
    await openComfyui(page, ONE);
    const { dialog, name } = screen(page);
    await expect(name('notes.txt')).toBeVisible();
    await axe();
    await page.getByRole('button', { name: 'Filters' }).tap();
    await expect(page.getByRole('combobox', { name: 'Include tags' })).toBeVisible();
    await axe();
    await name('notes.txt').tap();
    await expect(page.getByRole('dialog', { name: 'notes.txt' })).toBeVisible();
    await axe();
    await page.getByRole('button', { name: 'Delete…' }).tap();
    await expect(dialog).toBeVisible();
    await axe();
  });
});
