import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';

import { expect, later, ROUGHY_KEY, selfHosted, test } from './fixtures';
import { LONG_NAME, MANY_TAGS_NAME, ROUGHY_CONTENTS, shotId, shotName, UNKNOWN_SIZE_NAME } from './library';
import { deleteFifty, enterKey, openComfyui, screen } from './screen';

/*
 * Each kind of state is looked at once, with few rows: the rules are the same for every row, and take their time.
 */

test.describe.configure({ timeout: 120_000 });

const forbidden = () =>
  HttpResponse.json({ error: { code: 'CROSS_SITE', message: 'Not from here' } }, { status: 403 });

const inUse = () =>
  HttpResponse.json({ error: { code: 'IN_USE', message: 'A workflow needs it' } }, { status: 409 });

test('the table, the drawer, menus, suggestions and what is asked about one asset are accessible', async ({
  page,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 404/);
  const { tick, toolbar, name, drawer, dialog, status, button, search, range } = screen(page);
  await openComfyui(page, '&exclude=output&public=true&asset=99999999-0000-4000-8000-000000000000');

  await test.step('every kind of row, filters in force, a row ticked, and beside them an asset that is not there', async () => {
    await expect(name(LONG_NAME)).toBeVisible();
    await expect(name(UNKNOWN_SIZE_NAME)).toBeVisible();
    await expect(drawer('Asset not found')).toBeVisible();
    await tick('notes.txt').check();
    await expect(toolbar).toBeVisible();
    await axe();
    await tick('notes.txt').uncheck();
  });

  await test.step('the drawer of a picture with 42 tags, while they are picked', async () => {
    await search.fill('forty');
    await name(MANY_TAGS_NAME).click();
    const picture = drawer(MANY_TAGS_NAME);
    await expect(picture.getByRole('heading', { name: 'Tags (42)' })).toBeVisible();
    await expect(picture.getByRole('img', { name: 'Preview of' })).toBeVisible();
    await picture.getByRole('button', { name: 'Remove several…' }).click();
    await axe();
  });

  await test.step('the drawer of a text', async () => {
    await search.fill('notes');
    await expect(range).toHaveText('1–1 of 1');
    await name('notes.txt').click();
    await expect(page.getByRole('region', { name: 'Beginning of the text' })).not.toBeEmpty();
    await axe();
    await drawer('notes.txt').getByRole('button', { name: 'Close' }).click();
  });

  for (const menu of ['Theme', 'Help', 'View options', 'Metadata…']) {
    await test.step(`the menu “${menu}”`, async () => {
      await page.getByRole('button', { name: menu }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await axe();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
  }

  await test.step('the dialogs that ask about one asset, and what is announced afterwards', async () => {
    await button('Clear all').click();
    await search.fill('shot-248');
    await expect(range).toHaveText('1–1 of 1');
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

  await test.step('suggestions, and a list that the filters emptied', async () => {
    await page.getByRole('combobox', { name: 'Include tags' }).press('ArrowDown');
    await expect(page.getByRole('listbox')).toBeVisible();
    await axe();
    await page.getByRole('listbox').getByRole('option', { name: 'portrait' }).click();
    await search.fill('notes');
    await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await axe();
  });
});

test('so are loading, errors, an empty library, all that matches, a refused key, Roughy, and the demo', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of (401|403)/);
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
  const { promise: first, resolve: answerFirst } = later<Response>();
  /** Of lists; `undefined` is what the library says. */
  let answer: () => Promise<Response | undefined> | Response | undefined = () => first;
  network.use(http.get('*/proxy/comfyui/api/assets', () => answer()));
  const { status, alert, button, rows, range, table, tick, dialog, toolbar } = screen(page);
  const choose = (connection: string) =>
    page.getByRole('combobox', { name: 'Connection' }).selectOption(connection);

  await test.step('loading', async () => {
    await openComfyui(page, '&size=20');
    await expect(status('Loading assets…')).toBeVisible();
    await axe();
  });
  await test.step('an error', async () => {
    answerFirst(forbidden());
    await expect(alert).toContainText('ComfyUI does not allow this');
    await axe();
  });
  await test.step('a row that cannot be read, in a list that could not be renewed', async () => {
    const bad = { ...comfyAsset(), created_at: 'never' };
    answer = () => HttpResponse.json({ assets: [bad], total: 1, has_more: false });
    await button('Try again').click();
    await expect(rows).toContainText('Unreadable row');
    answer = forbidden;
    await button('Refresh').click();
    await expect(status('This is the list as it was')).toBeVisible();
    await axe();
  });
  await test.step('an empty library', async () => {
    answer = () => HttpResponse.json({ assets: [], total: 0, has_more: false });
    await button('Refresh').click();
    await expect(page.getByRole('heading', { name: 'This library is empty' })).toBeVisible();
    await axe();
  });

  await test.step('what offers to select all that match', async () => {
    answer = () => undefined;
    await button('Refresh').click();
    for (const name of ['owner.png', 'other.png']) await tick(name).check();
    await toolbar.getByRole('button', { name: 'Pin' }).click();
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    await expect(status(/on this page selected\./)).toBeVisible();
    await axe();
  });
  await test.step('the dialog that reads all that match, and the one that could not', async () => {
    const { promise: mayRead, resolve: letRead } = later<undefined>();
    answer = forbidden;
    await button('Select all 22 matching').click();
    await expect(dialog).toHaveAccessibleName('Not everything could be read');
    await axe();
    answer = () => mayRead;
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(dialog).toHaveAccessibleName('Selecting all 22 matching');
    await expect(dialog.getByRole('progressbar')).toBeVisible();
    await axe();
    letRead(undefined);
  });
  await test.step('what says that all are selected', async () => {
    await expect(status('matching selected')).toBeVisible();
    await expect(toolbar).toContainText('20 selected');
    await axe();
  });
  await test.step('the dialog that says what is left out, and why', async () => {
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    const leftOut = dialog.getByRole('region', { name: 'Left out' });
    await expect(leftOut).toContainText('5 assets are left out');
    await expect(leftOut).toContainText('preview.png: Preview of an asset that is kept');
    await expect(dialog).toContainText('1 content that is kept more than once would lose every known copy.');
    await leftOut.getByText('2 assets: Immutable').click();
    await axe();
    await dialog.getByRole('button', { name: 'Keep one copy of each' }).click();
    await expect(leftOut).toContainText('copy-1.png: Last copy of its content');
    await page.keyboard.press('Escape');
  });

  await test.step('the form for the key, after a refusal', async () => {
    await choose('Comfy Cloud');
    await enterKey(page, 'wrong');
    await expect(page.getByRole('alert').filter({ hasText: 'does not accept the key' })).toBeVisible();
    await axe();
  });
  await test.step('the table and the drawer of Roughy', async () => {
    // The one that has work, and eleven others, of which two failed.
    const few = { ...ROUGHY_CONTENTS, assets: ROUGHY_CONTENTS.assets.slice(0, 12) };
    const library = createRoughyLibrary(few);
    network.use(...roughyHandlers({ baseUrl: '*/proxy/roughy', library, apiKey: ROUGHY_KEY }));
    await choose('Roughy');
    await enterKey(page, ROUGHY_KEY);
    await expect(range).toHaveText('1–12 of 12');
    // The oldest is the one that has work.
    await table.getByRole('link').last().click();
    await expect(page.getByRole('complementary')).toContainText('1 render · 12 MB');
    await axe();
  });
  await test.step('what goes along with a deletion', async () => {
    await page.getByRole('complementary').getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog).toContainText('2 cuts');
    await axe();
    await page.keyboard.press('Escape');
  });
  await test.step('the demo', async () => {
    await choose('demo-comfy');
    await screen(page).search.fill('dreamshaper');
    await expect(range).toHaveText(/^1–(\d) of \1$/);
    await axe();
  });
});

/** Of all that a report lists. */
async function showFew(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search by name or id' }).fill('shot-24');
  await expect(page.getByRole('table', { name: 'Assets' }).locator('tbody tr')).toHaveCount(8);
}

test('so are marks and pins, what asks about several, and a deletion and a job while they go and after', async ({
  page,
  network,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of (404|409)/);
  let hold = later<undefined>();
  network.use(
    http.delete('*/proxy/comfyui/api/assets/:id', async ({ params }) => {
      await hold.promise;
      return [shotId(248), shotId(240)].includes(String(params['id'])) ? inUse() : undefined;
    }),
  );
  // As somebody has set it on the page of jobs.
  await page.addInitScript(
    (text) => localStorage.setItem('winnow.jobs.settings', text),
    JSON.stringify({ graceSeconds: 60, checksChanges: true }),
  );
  await openComfyui(page);
  const { dialog, toolbar, search, tick, row, view, range, button, strip, status } = screen(page);
  const steer = (name: string) => strip.getByRole('button', { name });

  await test.step('no jobs, and nothing marked', async () => {
    await view('Jobs').click();
    await expect(status('No jobs yet')).toBeVisible();
    await axe();
    await view('Marked').click();
    await expect(page.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
    await axe();
    await view('All assets').click();
  });

  await test.step('the dialogs that ask about many', async () => {
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    // Out of view, they are still selected, and there is less to look through.
    await search.fill('shot-24');
    await expect(range).toHaveText('1–9 of 9');
    await expect(toolbar).toContainText('50 selected, 41 not in this view');
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Type 50 to confirm' })).toBeVisible();
    await dialog.getByText('All 50 names').click();
    await axe();
    await page.keyboard.press('Escape');
    await toolbar.getByRole('button', { name: 'Remove tags…' }).click();
    await dialog.getByRole('checkbox', { name: 'output 50' }).check();
    await expect(dialog).toContainText('Affects 50 assets');
    await axe();
    await page.keyboard.press('Escape');
    await button('Clear selection').click();
  });

  await test.step('marks and pins, in the list and in a view of their own', async () => {
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
    await view('All assets').click();
  });

  await test.step('a deletion under way, and one that failed in part', async () => {
    await search.fill('shot-24');
    await button('Clear selection').click();
    await tick(shotName(248)).check();
    await toolbar.getByRole('button', { name: 'Unpin' }).click();
    await tick(shotName(247)).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
    await expect(dialog.getByRole('progressbar')).toBeVisible();
    await axe();
    hold.resolve(undefined);
    await expect(dialog).toHaveAccessibleName('1 asset was deleted, 1 not deleted');
    await axe();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await button('Clear selection').click();
    await search.fill('');
    await expect(range).toHaveText('1–50 of 259');
  });

  await test.step('a job in its grace', async () => {
    hold = later();
    await deleteFifty(page);
    await search.fill('notes');
    await expect(range).toHaveText('1–1 of 1');
    await expect(steer('Start now')).toBeVisible();
    await axe();
  });
  await test.step('one that is running, and the dialog that stops it', async () => {
    await steer('Start now').click();
    await expect(strip.getByRole('progressbar')).toBeVisible();
    await axe();
    await steer('Cancel…').click();
    await expect(dialog).toHaveAccessibleName('Stop deleting?');
    await axe();
    await page.keyboard.press('Escape');
  });
  await test.step('one that is paused: its strip, and its report', async () => {
    await steer('Pause').click();
    hold.resolve(undefined);
    await expect(strip).toContainText('Paused: 47 of 50 are left.');
    await steer('Details').click();
    await expect(page.getByRole('heading', { name: 'Delete 50 assets' })).toBeVisible();
    await showFew(page);
    await axe();
  });
  await test.step('one that failed in part: the list of jobs, and its report', async () => {
    await steer('Resume').click();
    await view('Jobs').click();
    await expect(status('Deleting 50 assets is done: 48 deleted, 2 protected')).toBeVisible({
      timeout: 45_000,
    });
    await expect(page.getByRole('table', { name: 'Jobs' })).toBeVisible();
    await axe();
    await button('Open report: Delete 50 assets').click();
    await expect(page.getByRole('region', { name: 'Final check' })).toContainText('Confirmed gone:');
    await showFew(page);
    await axe();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('so are the cards, the unfolded filters, the drawer and the dialog', async ({ page, axe }) => {
    await openComfyui(page, '&q=notes');
    const { dialog, name } = screen(page);
    await expect(name('notes.txt')).toBeVisible();
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
