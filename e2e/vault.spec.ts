import type { Page } from '@playwright/test';

import { CLOUD_KEY, expect, ROUGHY_KEY, test } from './fixtures';
import { enterKey, screen } from './screen';

const PASSPHRASE = 'correct horse battery staple';
const CLOUD = './?connection=comfy-cloud';

test.describe.configure({ timeout: 90_000 });

const passphrase = (page: Page) => page.getByLabel('Passphrase', { exact: true });
const keys = (page: Page) => page.getByRole('region', { name: 'Keys and this device' });

async function chooseDevice(page: Page, key: string) {
  await page.getByRole('radio', { name: 'Remember on this device' }).check();
  await enterKey(page, key);
}

async function rememberCloud(page: Page) {
  await page.goto(CLOUD);
  await chooseDevice(page, CLOUD_KEY);
  await passphrase(page).fill(PASSPHRASE);
  await page.getByLabel('Repeat it').fill(PASSPHRASE);
  await page.getByLabel('Repeat it').press('Enter');
  await expect(screen(page).range).toHaveText('1–50 of 260');
}

async function unlock(page: Page, secret = PASSPHRASE) {
  await passphrase(page).fill(secret);
  await passphrase(page).press('Enter');
}

const stored = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
  }));

test('a key is remembered, locked at the next visit, and unlocked with its passphrase alone', async ({
  page,
  axe,
}) => {
  await page.goto(CLOUD);
  await chooseDevice(page, CLOUD_KEY);
  await expect(passphrase(page)).toBeFocused();
  await axe();
  await rememberCloud(page);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Unlock Comfy Cloud' })).toBeVisible();
  await expect(page.getByLabel('API key')).toHaveCount(0);
  await unlock(page, 'not this passphrase');
  await expect(screen(page).alert).toContainText('This is not the passphrase.');
  await axe();
  await unlock(page);
  await expect(screen(page).range).toHaveText('1–50 of 260');

  // Unlocked once for all: the next key is added without a question.
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
  await chooseDevice(page, ROUGHY_KEY);
  await expect(screen(page).range).toHaveText('1–50 of 130');
  await page.reload();
  await unlock(page);
  await expect(screen(page).range).toHaveText('1–50 of 130');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Comfy Cloud');
  await expect(screen(page).range).toHaveText('1–50 of 260');

  await screen(page).button('Forget key').click();
  await expect(page.getByLabel('API key')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('API key')).toBeVisible();
});

test('“Lock now” locks every tab, and each is unlocked for itself', async ({ page, context }) => {
  await rememberCloud(page);
  const other = await context.newPage();
  await other.goto(CLOUD);
  await unlock(other);
  await expect(screen(other).range).toHaveText('1–50 of 260');

  await screen(page).button('Lock now').click();
  for (const tab of [page, other]) {
    await expect(passphrase(tab)).toBeVisible();
    await expect(screen(tab).table).toHaveCount(0);
  }
  await unlock(page);
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await expect(passphrase(other)).toBeVisible();
});

test('keys are locked when nobody is there for the time of choice', async ({ page }) => {
  await page.clock.install();
  await rememberCloud(page);
  await page.getByRole('link', { name: 'Connections' }).click();
  await keys(page)
    .getByRole('combobox', { name: 'Lock when nobody is here' })
    .selectOption('After 5 minutes');
  await page.getByRole('link', { name: 'All assets' }).click();
  await page.clock.fastForward('04:30');
  await expect(screen(page).table).toBeVisible();
  await page.keyboard.press('Shift');
  await page.clock.fastForward('04:30');
  await expect(screen(page).table).toBeVisible();
  await page.clock.fastForward('00:31');
  await expect(passphrase(page)).toBeVisible();
  await expect(screen(page).table).toHaveCount(0);
});

test('“Forget everything” leaves nothing behind, in every tab', async ({ page, context, axe }) => {
  await page.goto('./?connection=demo-comfy');
  await expect(screen(page).table).toBeVisible();
  await rememberCloud(page);
  const other = await context.newPage();
  await other.goto('./?connection=roughy');
  await other.getByRole('radio', { name: 'Keep for this tab' }).check();
  await enterKey(other, ROUGHY_KEY);
  await expect(screen(other).range).toHaveText('1–50 of 130');

  await page.getByRole('link', { name: 'Connections' }).click();
  await axe();
  await keys(page).getByRole('button', { name: 'Forget everything…' }).click();
  const { dialog } = screen(page);
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await axe();
  await dialog.getByRole('button', { name: 'Forget everything' }).click();
  const done = page.getByRole('heading', { name: 'Winnow has forgotten everything' });
  await expect(done).toBeVisible();
  await expect(page.getByRole('main')).toContainText('the keys remembered on this device');
  await expect(page.getByRole('main')).toContainText('jobs, their reports, marks and pins');
  await expect(other.getByRole('heading', { name: 'Winnow has forgotten everything' })).toBeVisible();
  await axe();
  const nothing = { local: [], session: [], databases: [], workers: 0, caches: [] };
  for (const tab of [page, other]) expect(await stored(tab)).toEqual(nothing);

  await other.goto('./?connection=roughy');
  await expect(other.getByLabel('API key')).toBeVisible();
  await page.goto(CLOUD);
  await expect(page.getByLabel('API key')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('all of it fits', async ({ page }) => {
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.goto(CLOUD);
    await expect(page.getByLabel('API key')).toBeVisible();
    expect(await sideways()).toBe(0);
    await rememberCloud(page);
    expect(await sideways()).toBe(0);
    await page.getByRole('link', { name: 'Connections' }).tap();
    await keys(page).getByRole('button', { name: 'Change passphrase…' }).tap();
    await expect(keys(page).getByLabel('New passphrase')).toBeVisible();
    expect(await keys(page).evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await sideways()).toBe(0);
    await page.getByRole('link', { name: 'All assets' }).tap();
    await screen(page).button('Lock now').tap();
    await expect(passphrase(page)).toBeVisible();
    expect(await sideways()).toBe(0);
  });
});
