import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { expect, later, selfHosted, test } from './fixtures';
import { LONG_NAME, MANY_TAGS_NAME, oddId, shotId, shotName, WITH_WORK_ID } from './library';
import { deleteFifty, enterKey, openComfyui, openRoughy, screen } from './screen';

test.describe.configure({ timeout: 90_000 });

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

/** As somebody has set it on the page of jobs. */
const setGrace = (page: Page, graceSeconds: number) =>
  page.addInitScript(
    (text) => localStorage.setItem('winnow.jobs.settings', text),
    JSON.stringify({ graceSeconds, checksChanges: true }),
  );

/** Of all that a report lists. */
async function showFew(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search by name or id' }).fill('shot-24');
  await expect(page.getByRole('table', { name: 'Assets' }).locator('tbody tr')).toHaveCount(9);
}

test('so is a job in its grace, running and paused, in its strip and in its report', async ({
  page,
  network,
  axe,
}) => {
  const { promise: mayGo, resolve: letGo } = later<undefined>();
  network.use(http.delete('*/proxy/comfyui/api/assets/:id', () => mayGo));
  await setGrace(page, 60);
  await openComfyui(page);
  const { strip, search, range } = screen(page);
  await deleteFifty(page);
  await search.fill('notes');
  await expect(range).toHaveText('1–1 of 1');
  await expect(strip.getByRole('button', { name: 'Start now' })).toBeVisible();
  await axe();
  await strip.getByRole('button', { name: 'Start now' }).click();
  await expect(strip.getByRole('progressbar')).toBeVisible();
  await axe();
  await strip.getByRole('button', { name: 'Cancel…' }).click();
  await expect(screen(page).dialog).toHaveAccessibleName('Stop deleting?');
  await axe();
  await page.keyboard.press('Escape');
  await strip.getByRole('button', { name: 'Pause' }).click();
  letGo(undefined);
  await expect(strip).toContainText('Paused: 47 of 50 are left.');
  await axe();
  await strip.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('heading', { name: 'Delete 50 assets' })).toBeVisible();
  await showFew(page);
  await axe();
});

test('so are the jobs and the report of one that failed in part', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of (404|409)/);
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', ({ params }) =>
      params['id'] === shotId(248)
        ? HttpResponse.json({ error: { code: 'IN_USE', message: 'A workflow needs it' } }, { status: 409 })
        : undefined,
    ),
  );
  await setGrace(page, 0);
  await openComfyui(page);
  const { view, button, status } = screen(page);
  await view('Jobs').click();
  await expect(status('No jobs yet')).toBeVisible();
  await axe();
  await view('All assets').click();
  await deleteFifty(page);
  await expect(status('Deleting 50 assets is done: 49 deleted, 1 protected')).toBeVisible({
    timeout: 45_000,
  });
  await view('Jobs').click();
  await expect(page.getByRole('table', { name: 'Jobs' })).toBeVisible();
  await axe();
  await button('Open report: Delete 50 assets').click();
  await expect(page.getByRole('region', { name: 'Final check' })).toContainText('Confirmed gone:');
  await showFew(page);
  await axe();
});

test('so are marks and pins, in the list and in a view of their own', async ({ page, axe }) => {
  await openComfyui(page, '&q=shot-24');
  const { tick, toolbar, row, view } = screen(page);
  await view('Marked').click();
  await expect(page.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
  await axe();
  await view('All assets').click();
  await tick(shotName(248)).check();
  await toolbar.getByRole('button', { name: 'Pin' }).click();
  await tick(shotName(248)).uncheck();
  for (const number of [247, 246]) await tick(shotName(number)).check();
  await toolbar.getByRole('button', { name: 'Mark for deletion' }).click();
  await expect(row(shotName(248)).getByRole('img', { name: 'Pinned', exact: true })).toBeVisible();
  await expect(row(shotName(247)).getByRole('img', { name: 'Marked for deletion' })).toBeVisible();
  await axe();
  await view('Marked').click();
  await expect(page.getByRole('table', { name: 'Marked assets' }).getByRole('row')).toHaveCount(3);
  await axe();
});

test('so is what offers to select all that match, and says that they are', async ({ page, axe }) => {
  await openComfyui(page, '&size=20&q=shot-1');
  const { button, status, toolbar } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await expect(status('20 on this page selected.')).toBeVisible();
  await axe();
  await button('Select all 100 matching').click();
  await expect(status('All 100 matching selected')).toBeVisible();
  await expect(toolbar).toContainText('100 selected');
  await axe();
});

test('so is the dialog that reads all that match, and the one that could not', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 403/);
  await openComfyui(page, '&size=20&q=shot-1');
  const { button, dialog, toolbar } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  const refuse = () =>
    HttpResponse.json({ error: { code: 'CROSS_SITE', message: 'Not from here' } }, { status: 403 });
  const { promise: mayRead, resolve: letRead } = later<undefined>();
  let answer: () => Promise<undefined> | Response = refuse;
  network.use(http.get('*/proxy/comfyui/api/assets', () => answer()));
  await button('Select all 100 matching').click();
  await expect(dialog).toHaveAccessibleName('Not everything could be read');
  await axe();
  answer = () => mayRead;
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toHaveAccessibleName('Selecting all 100 matching');
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await axe();
  letRead(undefined);
  await expect(toolbar).toContainText('100 selected');
});

test('so is the dialog that says what is left out, and why', async ({ page, network, axe }) => {
  const preview = comfyAsset({ name: 'preview.png' });
  const copy = { hash: `blake3:${'ab'.repeat(32)}`, preview_url: null };
  network.use(
    ...selfHosted(
      createComfyLibrary([
        ...Array.from({ length: 15 }, () => comfyAsset({ preview_url: null })),
        ...['one.bin', 'two.bin'].map((name) => comfyAsset({ name, is_immutable: true, preview_url: null })),
        ...['copy-1.png', 'copy-2.png'].map((name) => comfyAsset({ name, ...copy })),
        comfyAsset({ name: 'other.png', preview_url: null }),
        comfyAsset({ name: 'owner.png', preview_id: preview.id, preview_url: null }),
        preview,
      ]),
    ),
  );
  await openComfyui(page, '&size=20');
  const { tick, button, dialog, toolbar } = screen(page);
  for (const name of ['owner.png', 'other.png']) await tick(name).check();
  await toolbar.getByRole('button', { name: 'Pin' }).click();
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await button('Select all 22 matching').click();
  await expect(toolbar).toContainText('20 selected');
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  const leftOut = dialog.getByRole('region', { name: 'Left out' });
  await expect(leftOut).toContainText('5 assets are left out');
  await expect(leftOut).toContainText('preview.png: Preview of an asset that is kept');
  await expect(dialog).toContainText('1 content that is kept more than once would lose every known copy.');
  await leftOut.getByText('2 assets: Immutable').click();
  await axe();
  await dialog.getByRole('button', { name: 'Keep one copy of each' }).click();
  await expect(leftOut).toContainText('copy-1.png: Last copy of its content');
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
