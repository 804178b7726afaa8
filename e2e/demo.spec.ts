import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { screen } from './screen';

const isDemo = (page: Page) => page.getByText('Demo: a made-up library. Nothing real can be deleted.');

test('without any account the demo opens by itself, and says that it is one', async ({ page, sent }) => {
  await page.goto('./');
  const { range, rows, row } = screen(page);
  await expect(isDemo(page)).toBeVisible();
  await expect(range).toHaveText(/^1–50 of 2,\d{3}$/);
  await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveValue('demo-comfy');
  await expect(page.getByLabel('API key')).toHaveCount(0);
  const picture = row((await rows.getByRole('link').first().textContent()) ?? '').locator('img');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  expect(sent()).toHaveLength(0);
});

test('what is deleted in the demo stays deleted after a reload, until "Reset demo"', async ({ page }) => {
  await page.goto('./');
  const { range, rows, dialog, status, row, button } = screen(page);
  await expect(range).toHaveText(/^1–50 of/);
  const total = Number(/of (.*)$/.exec((await range.textContent()) ?? '')?.[1]?.replace(',', ''));
  const victim = rows.filter({ has: page.getByRole('button', { name: /^Delete / }) }).first();
  const name = (await victim.getByRole('link').textContent()) ?? '';
  await victim.getByRole('button', { name: /^Delete / }).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${name} was deleted`)).toBeVisible();
  const oneLess = `1–50 of ${(total - 1).toLocaleString('en-GB')}`;
  await expect(range).toHaveText(oneLess);

  await page.reload();
  await expect(range).toHaveText(oneLess);
  await button('Reset demo').click();
  await expect(status('The demo is as it was at first')).toBeVisible();
  await expect(range).toHaveText(`1–50 of ${total.toLocaleString('en-GB')}`);
  await expect(row(name).first()).toBeVisible();
});

test('the demo has tags to take off and files to search', async ({ page }) => {
  await page.goto('./?connection=demo-comfy&include=loras');
  const { range, rows, status, search } = screen(page);
  await expect(range).toHaveText(/^1–\d+ of \d+$/);
  await rows
    .getByRole('button', { name: /^Remove tag loras / })
    .first()
    .click();
  await expect(status(/Tag “loras” removed from/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(status(/put back on/)).toBeVisible();
  await search.fill('no such name anywhere');
  await search.press('Enter');
  await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
});

test('the demo of Roughy has projects and everything that hangs on recordings', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Demo: Roughy');
  const { range, firstName, header } = screen(page);
  await expect(isDemo(page)).toBeVisible();
  await expect(range).toHaveText('1–50 of 140');
  await expect(header('Duration')).toBeVisible();
  await firstName.click();
  await expect(
    page.getByRole('complementary').getByRole('heading', { name: 'Goes with this asset' }),
  ).toBeVisible();
  const player = page.getByLabel(/^Preview of /);
  await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState)).toBeGreaterThan(0);
  // The next visit starts where this one was.
  await page.goto('./');
  await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveValue('demo-roughy');
});

const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

const choose = (page: Page, label: string) =>
  page.getByRole('combobox', { name: 'Connection' }).selectOption(label);

test('the demo’s service worker goes when the demo is left, and comes back with it', async ({ page }) => {
  await page.goto('./');
  const { range } = screen(page);
  await expect(range).toHaveText(/^1–50 of 2,\d{3}$/);
  expect(await registrations(page)).toBe(1);

  await choose(page, 'Local ComfyUI');
  await expect(range).toHaveText('1–50 of 260');
  await expect.poll(() => registrations(page)).toBe(0);

  await choose(page, 'Demo: Comfy');
  await expect(range).toHaveText(/^1–50 of 2,\d{3}$/);
  expect(await registrations(page)).toBe(1);
});

test('it stays as long as another tab shows a demo, and what one tab does breaks no other', async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto('./?connection=demo-comfy');
    await expect(screen(tab).range).toHaveText(/^1–50 of 2,\d{3}$/);
  }
  await choose(page, 'Local ComfyUI');
  await expect(screen(page).range).toHaveText('1–50 of 260');
  // Still answered, by a worker that is still there.
  await screen(other).button('Next page').click();
  await expect(screen(other).range).toHaveText(/^51–100 of 2,\d{3}$/);
  await other.reload();
  await expect(screen(other).range).toHaveText(/^51–100 of 2,\d{3}$/);
  expect(await registrations(other)).toBe(1);

  await choose(other, 'Local ComfyUI');
  await expect(screen(other).range).toHaveText(/ of 260$/);
  await expect.poll(() => registrations(other)).toBe(0);
});

test('one that an earlier visit left behind goes at the next visit without a demo', async ({ page }) => {
  await page.goto('./');
  await expect(screen(page).range).toHaveText(/^1–50 of 2,\d{3}$/);
  // Its own farewell, as a browser that crashed never sends it.
  await page.evaluate(() =>
    window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true),
  );
  await page.goto('./?connection=comfyui');
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await expect.poll(() => registrations(page)).toBe(0);
});
