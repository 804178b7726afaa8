import type { Locator, Page } from '@playwright/test';

import { CLOUD_KEY, expect, ROUGHY_KEY, test } from './fixtures';
import { enterKey, screen } from './screen';

const PASSPHRASE = 'correct horse battery staple';
const CLOUD = './?connection=comfy-cloud&size=20';
const ROUGHY = './?connection=roughy&size=20';
const OF_CLOUD = '1–20 of 260';
const OF_ROUGHY = '1–20 of 130';

test.describe.configure({ timeout: 90_000 });

const passphrase = (page: Page) => page.getByLabel('Passphrase', { exact: true });
const keys = (page: Page) => page.getByRole('region', { name: 'Keys and this device' });
const goTo = (page: Page, view: string) => page.getByRole('link', { name: view }).click();
const choose = (page: Page, connection: string) =>
  page.getByRole('combobox', { name: 'Connection' }).selectOption(connection);

async function chooseDevice(page: Page, key: string) {
  await page.getByRole('radio', { name: 'Remember on this device' }).check();
  await enterKey(page, key);
}

async function setPassphrase(page: Page) {
  await expect(passphrase(page)).toBeFocused();
  await passphrase(page).fill(PASSPHRASE);
  await page.getByLabel('Repeat it').fill(PASSPHRASE);
  await page.getByLabel('Repeat it').press('Enter');
  await expect(screen(page).range).toHaveText(OF_CLOUD);
}

async function unlock(page: Page) {
  await passphrase(page).fill(PASSPHRASE);
  await passphrase(page).press('Enter');
}

/** As wide as it is on a phone, nothing that is shown reaches beyond its side. */
async function expectFit(page: Page, part: Locator | null = null) {
  const desk = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const box of [page.locator('html'), ...(part === null ? [] : [part])]) {
    expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  }
  if (desk !== null) await page.setViewportSize(desk);
}

const stored = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
  }));

// Unlocking takes a second of work by design, so the keys go through all of it together.
test('keys are remembered, locked, unlocked with their passphrase alone, and forgotten, with everything else at last', async ({
  page,
  context,
  axe,
}) => {
  const { range, table, button, dialog } = screen(page);
  const other = await context.newPage();
  await page.clock.install();

  await test.step('the first key to be remembered asks for a passphrase', async () => {
    await page.goto(CLOUD);
    await expect(page.getByLabel('API key')).toBeVisible();
    await expectFit(page);
    await chooseDevice(page, CLOUD_KEY);
    await expect(passphrase(page)).toBeFocused();
    await axe();
    await setPassphrase(page);
    await expectFit(page);
  });

  await test.step('unlocked once for all: the next key is added without a question', async () => {
    await choose(page, 'Roughy');
    await chooseDevice(page, ROUGHY_KEY);
    await expect(range).toHaveText(OF_ROUGHY);
  });

  await test.step('locked at the next visit, they are unlocked with their passphrase alone', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Unlock Roughy' })).toBeVisible();
    await expect(page.getByLabel('API key')).toHaveCount(0);
    await axe();
    await expectFit(page);
    await unlock(page);
    await expect(range).toHaveText(OF_ROUGHY);
    await choose(page, 'Comfy Cloud');
    await expect(range).toHaveText(OF_CLOUD);
  });

  await test.step('“Lock now” locks every tab, and each is unlocked for itself', async () => {
    await other.goto(CLOUD);
    await unlock(other);
    await expect(screen(other).range).toHaveText(OF_CLOUD);
    await button('Lock now').click();
    for (const tab of [page, other]) {
      await expect(passphrase(tab)).toBeVisible();
      await expect(screen(tab).table).toHaveCount(0);
    }
    await unlock(page);
    await expect(range).toHaveText(OF_CLOUD);
    await expect(passphrase(other)).toBeVisible();
  });

  await test.step('one is forgotten, the other stays', async () => {
    await button('Forget key').click();
    await expect(page.getByLabel('API key')).toBeVisible();
    await choose(page, 'Roughy');
    await expect(range).toHaveText(OF_ROUGHY);
  });

  await test.step('they are locked when nobody is there for the time of choice', async () => {
    await goTo(page, 'Connections');
    await keys(page)
      .getByRole('combobox', { name: 'Lock when nobody is here' })
      .selectOption('After 5 minutes');
    await keys(page).getByRole('button', { name: 'Change passphrase…' }).click();
    await expect(keys(page).getByLabel('New passphrase')).toBeVisible();
    await expectFit(page, keys(page));
    await axe();
    await goTo(page, 'All assets');
    await page.clock.fastForward('04:30');
    await expect(table).toBeVisible();
    await page.keyboard.press('Shift');
    await page.clock.fastForward('04:30');
    await expect(table).toBeVisible();
    await page.clock.fastForward('00:31');
    await expect(passphrase(page)).toBeVisible();
    await expect(table).toHaveCount(0);
  });

  await test.step('what was forgotten is forgotten at the next visit as well', async () => {
    await other.goto(CLOUD);
    await other.getByRole('radio', { name: 'Keep for this tab' }).check();
    await enterKey(other, CLOUD_KEY);
    await expect(screen(other).range).toHaveText(OF_CLOUD);
  });

  await test.step('“Forget everything” asks first', async () => {
    // Leaves things behind as well.
    await choose(page, 'demo-comfy');
    await expect(table).toBeVisible();
    await goTo(page, 'Connections');
    await keys(page).getByRole('button', { name: 'Forget everything…' }).click();
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    await axe();
  });

  await test.step('every tab says what is forgotten, and nothing of it is left', async () => {
    const done = (tab: Page) => tab.getByRole('heading', { name: 'Winnow has forgotten everything' });
    const before = await stored(page);
    expect(before.databases).not.toEqual([]);
    expect(before.workers).toBe(1);
    await dialog.getByRole('button', { name: 'Forget everything' }).click();
    await expect(done(page)).toBeVisible();
    await expect(page.getByRole('main')).toContainText('the keys remembered on this device');
    await expect(page.getByRole('main')).toContainText('jobs, their reports, marks and pins');
    await expect(page.getByRole('main')).toContainText('the demo’s service worker');
    await expect(done(other)).toBeVisible();
    await axe();
    const nothing = { local: [], session: [], databases: [], workers: 0, caches: [] };
    for (const tab of [page, other]) expect(await stored(tab)).toEqual(nothing);
  });

  await test.step('each asks for a key again', async () => {
    await page.goto(ROUGHY);
    await other.goto(CLOUD);
    for (const tab of [page, other]) await expect(tab.getByLabel('API key')).toBeVisible();
  });
});
