import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { comfyHandlers } from '@/demo/comfy-handlers';
import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { CLOUD_KEY, expect, test } from './fixtures';
import { enterKey, openComfyui, screen } from './screen';

test.describe.configure({ timeout: 90_000 });

const list = (page: Page) => page.getByRole('list', { name: 'Connections' });
const item = (page: Page, name: string) => list(page).getByRole('listitem', { name, exact: true });
const names = (page: Page) => list(page).getByRole('heading').allTextContents();
const openConnections = async (page: Page) => {
  await page.goto('./?view=connections&connection=comfyui&size=20');
  await list(page).waitFor();
};
const switcher = (page: Page) => page.getByRole('combobox', { name: 'Connection' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A server with one asset, at an address of its own. */
const host = (baseUrl: string, name: string, apiKey?: string) =>
  comfyHandlers({
    ...{ baseUrl, flavour: apiKey === undefined ? 'oss' : 'cloud' },
    ...(apiKey !== undefined && { apiKey }),
    library: createComfyLibrary([
      comfyAsset({ id: '00000000-0000-4000-8000-000000000001', name, preview_url: null }),
    ]),
  });

async function fillForm(page: Page, provider: string, name: string, address: string) {
  await button(page, 'Add a connection').click();
  await page.getByLabel('Provider').selectOption(provider);
  await page.getByLabel('Label', { exact: true }).fill(name);
  await page.getByLabel('Base URL').fill(address);
}

/** The test asks whether changes are let through, with one that changes nothing; the refusal is the good answer. */
const REFUSED_NO_CHANGE = /status of 400 .*\/tags$/;

test('connections of one’s own are added, tested, opened, there after a reload, and each keeps its key to itself', async ({
  page,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(REFUSED_NO_CHANGE);
  const heard: string[] = [];
  network.use(
    ...host('*/comfy-a', 'alpha.png'),
    ...host('*/comfy-b', 'beta.png'),
    ...host('*/mine', 'mine.png', CLOUD_KEY),
    http.all(/\/elsewhere\//, ({ request }) => {
      heard.push(request.url);
      return HttpResponse.json({ message: 'no' }, { status: 404 });
    }),
  );
  const { dialog, name, status, view } = screen(page);
  await openConnections(page);

  await test.step('a removed connection goes with its key, and comes back without', async () => {
    await expect(page.getByRole('heading', { name: 'Connections' })).toBeFocused();
    await fillForm(page, 'Comfy Cloud', 'Mine', '/mine');
    await page.getByLabel('API key (optional)').fill(CLOUD_KEY);
    await page.getByRole('checkbox', { name: 'Keep for this tab' }).check();
    await button(page, 'Add').click();
    await expect(item(page, 'Mine')).toContainText('Key kept for this tab');
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export').click()]);
    const file = await readFile(await download.path());
    expect(file.includes(CLOUD_KEY)).toBe(false);
    const remove = async () => {
      await button(page, 'Remove Mine…').click();
      await expect(dialog).toContainText('Nothing is deleted or changed at');
      await dialog.getByRole('button', { name: 'Remove' }).click();
      await expect(item(page, 'Mine')).toHaveCount(0);
      expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    };
    await remove();
    await button(page, 'Undo').click();
    await expect(item(page, 'Mine')).toContainText('No key yet');
    expect(sent('DELETE')).toEqual([]);

    await test.step('so it does from the file that it was exported to, once that is confirmed', async () => {
      await remove();
      await page
        .getByLabel('File of connections')
        .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: file });
      await expect(dialog).toContainText('Import 1 connection?');
      await expect(item(page, 'Mine')).toHaveCount(0);
      await dialog.getByRole('button', { name: 'Import 1' }).click();
      await expect(item(page, 'Mine')).toContainText('No key yet');
    });
  });

  await test.step('a key entered for one of two accounts is not sent for the other', async () => {
    await fillForm(page, 'Comfy Cloud', 'Second account', '/elsewhere/second');
    await button(page, 'Add').click();
    await button(page, 'Open Mine').click();
    await enterKey(page, CLOUD_KEY);
    await expect(name('mine.png')).toBeVisible();
    await switcher(page).selectOption('Second account');
    await expect(page.getByRole('heading', { name: 'Connect to Second account' })).toBeVisible();
    await view('Connections').click();
    await expect(item(page, 'Second account')).toContainText('No key yet');
    expect(heard).toEqual([]);
  });

  await test.step('another address of the open connection opens at once, and its key stays behind', async () => {
    await button(page, 'Open Mine').click();
    await expect(name('mine.png')).toBeVisible();
    await view('Connections').click();
    await button(page, 'Edit Mine').click();
    await page.getByLabel('Base URL').fill('/elsewhere/mine');
    await expect(status('Another address counts as another connection')).toBeVisible();
    await button(page, 'Save').click();
    await expect(item(page, 'Mine')).toContainText('No key yet');
    await expect(item(page, 'Mine')).toContainText('Open now');
    await expect(status('is not offered any more')).toHaveCount(0);
    await view('All assets').click();
    await expect(page.getByRole('heading', { name: 'Connect to Mine' })).toBeVisible();
    expect(heard).toEqual([]);
  });

  await test.step('the form is reached where a key is asked for', async () => {
    // What was just announced may lie above it for a while.
    await button(page, 'Use another account or address').press('Enter');
    await expect(page.getByLabel('Provider')).toBeFocused();
    await button(page, 'Cancel').click();
  });

  await test.step('one is added and opened by keyboard alone', async () => {
    await button(page, 'Add a connection').focus();
    await page.keyboard.press('Enter');
    for (const text of ['Alpha', '/comfy-a']) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await expect(item(page, 'Alpha').getByRole('heading')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(button(page, 'Open Alpha')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(name('alpha.png')).toBeVisible();
  });

  await test.step('one is tested before it is added, and there after a reload', async () => {
    await view('Connections').click();
    await fillForm(page, 'ComfyUI', 'Beta', '/comfy-b');
    await page.getByRole('radio', { name: 'Teal' }).check({ force: true });
    await button(page, 'Test').click();
    await expect(status('Test passed:')).toBeVisible();
    await button(page, 'Add').click();
    await expect(item(page, 'Beta').getByRole('heading')).toBeFocused();
    await expect(status('Beta was added')).toBeVisible();
    await item(page, 'Beta').getByRole('button', { name: 'Open Beta' }).click();
    await expect(name('beta.png')).toBeVisible();
    await page.reload();
    await expect(name('beta.png')).toBeVisible();
    await expect(switcher(page)).toHaveValue(/^own-/);
  });

  await test.step('two of one provider show different libraries', async () => {
    await expect(name('alpha.png')).toHaveCount(0);
    await switcher(page).selectOption('Alpha');
    await expect(name('alpha.png')).toBeVisible();
    await expect(name('beta.png')).toHaveCount(0);
  });
});

test('connections are put in order, hidden and shown, in every tab, and their screen is accessible, on a phone too', async ({
  page,
  context,
  axe,
  allowErrors,
}) => {
  allowErrors(/status of 40[134]/);
  allowErrors(REFUSED_NO_CHANGE);
  const { range, status, view, dialog } = screen(page);

  await test.step('the form is reached from the demo', async () => {
    await page.goto('./?connection=demo-roughy&q=nothing');
    await button(page, 'Add a connection').click();
    await expect(page.getByLabel('Provider')).toBeFocused();
    await button(page, 'Cancel').click();
  });

  await test.step('the order is changed by keyboard, and the switcher follows', async () => {
    await switcher(page).selectOption('Local ComfyUI');
    await view('Connections').click();
    await expect(item(page, 'Local ComfyUI')).toContainText('Open now');
    expect((await names(page)).slice(0, 3)).toEqual(['Comfy Cloud', 'Local ComfyUI', 'Roughy']);
    await button(page, 'Move up Roughy').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(button(page, 'Move up Roughy')).toBeFocused();
    await expect(status('Roughy is now 1 of 5')).toBeAttached();
    expect((await names(page)).slice(0, 3)).toEqual(['Roughy', 'Comfy Cloud', 'Local ComfyUI']);
    await expect(switcher(page).getByRole('option').first()).toHaveText('Roughy');
  });

  await test.step('hiding the open one opens the next and says so; another tab follows', async () => {
    const other = await context.newPage();
    await openComfyui(other, '&q=shot-00');
    await expect(screen(other).range).toHaveText('1–9 of 9');
    await button(page, 'Hide Local ComfyUI').click();
    await expect(item(page, 'Local ComfyUI')).toContainText('Hidden');
    for (const tab of [page, other]) {
      await expect(screen(tab).status('Local ComfyUI is not offered any more.')).toBeVisible();
      await expect(switcher(tab).getByRole('option', { name: 'Local ComfyUI' })).toHaveCount(0);
    }
    await button(page, 'Show Local ComfyUI').click();
    await expect(switcher(other).getByRole('option', { name: 'Local ComfyUI' })).toHaveCount(1);
    await other.close();
  });

  await test.step('with everything hidden the connections are there to show again', async () => {
    for (const name of await names(page)) await button(page, `Hide ${name}`).click();
    await page.goto('./?q=shot-00');
    await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible();
    await expect(switcher(page)).toHaveCount(0);
    await button(page, 'Show Local ComfyUI').click();
    await view('All assets').click();
    await expect(range).toHaveText('1–9 of 9');
    await view('Connections').click();
  });

  await page.setViewportSize({ width: 390, height: 844 });
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await test.step('some are hidden, one passes its test, one fails it', async () => {
    await button(page, 'Show Comfy Cloud').click();
    await button(page, 'Test Local ComfyUI').click();
    await expect(status('Test passed:')).toBeVisible();
    await button(page, 'Test Comfy Cloud').click();
    await expect(status('Test failed:')).toBeVisible();
    await axe();
    await fits();
  });

  await test.step('a form with mistakes', async () => {
    await fillForm(page, 'Roughy', '', '/proxy/roughy');
    await page.getByLabel('API key (optional)').fill('two words');
    await button(page, 'Add').click();
    await expect(page.getByText('Give it a label.')).toBeVisible();
    await axe();
    await fits();
    await button(page, 'Cancel').click();
  });

  await test.step('a question', async () => {
    await page.getByLabel('File of connections').setInputFiles({
      ...{ name: 'bad.json', mimeType: 'application/json' },
      buffer: Buffer.from(
        '{"version":1,"connections":[{"kind":"comfyui","label":"N","baseUrl":"/n","key":1},0]}',
      ),
    });
    await expect(dialog).toContainText('Import 1 connection?');
    await axe();
    await fits();
  });
});
