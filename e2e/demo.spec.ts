import { http, HttpResponse } from 'msw';
import type { Page } from '@playwright/test';

import { demoRoughy } from '@/demo/demo-roughy';

import { expect, test } from './fixtures';
import { goTo, screen } from './screen';

const ROUGHY = './?connection=demo-roughy&size=20';

const isDemo = (page: Page) => page.getByText('Demo: a made-up library. Nothing real can be deleted.');
const connection = (page: Page) => page.getByRole('combobox', { name: 'Connection' });

const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

test('without any account the demo opens by itself, with tags to take off, files to search and to delete', async ({
  page,
  sent,
  network,
}) => {
  await page.goto('./?size=20');
  const { range, rows, row, dialog, status, search, button, header, name } = screen(page);

  await test.step('it says that it is one, and nothing real is asked', async () => {
    await expect(isDemo(page)).toBeVisible();
    await expect(range).toHaveText('1–20 of 2,400');
    await expect(connection(page)).toHaveValue('demo-comfy');
    await expect(page.getByLabel('API key')).toHaveCount(0);
    const picture = row((await rows.getByRole('link').first().textContent()) ?? '').locator('img');
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });

  await test.step('a tag comes off and is put back', async () => {
    // Those that say where a file is are another matter.
    const plainTags = rows.getByRole('button', { name: /^Remove tag (?!(?:input|output|models|temp) )/ });
    await plainTags.first().click();
    await expect(status(/Tag “.+” removed from/)).toBeVisible();
    await button('Undo').click();
    await expect(status(/put back on/)).toBeVisible();
  });

  await test.step('what is deleted stays deleted after a reload, until "Reset demo"; a config.json that cannot be read leaves the demo, and says why', async () => {
    const victim = rows.filter({ has: page.getByRole('button', { name: /^Delete / }) }).first();
    const victimName = (await victim.getByRole('link').textContent()) ?? '';
    await victim.getByRole('button', { name: /^Delete / }).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status(`${victimName} was deleted`)).toBeVisible();
    await expect(range).toHaveText('1–20 of 2,399');

    network.use(http.get('*/config.json', () => new HttpResponse('{"connections": [')));
    await page.reload();
    await expect(range).toHaveText('1–20 of 2,399');
    await expect(status(/it is not valid JSON/)).toBeVisible();
    await expect(connection(page)).toHaveValue('demo-comfy');
    await button('Reset demo').click();
    await expect(status('The demo is as it was at first')).toBeVisible();
    await expect(range).toHaveText('1–20 of 2,400');
    await expect(row(victimName).first()).toBeVisible();
  });

  await test.step('its files are searched', async () => {
    await search.fill('no such name anywhere');
    await search.press('Enter');
    await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
  });

  const fromIndex = page.getByText(/^Index, (less than a minute|\d+ minutes?) old$/);
  const { assets } = demoRoughy();
  await test.step('Roughy has more, but cannot sort by size: it says so, and leads back to what is live', async () => {
    await connection(page).selectOption('Demo: Roughy');
    await expect(range).toHaveText(`1–20 of ${assets.length}`);
    await header('Size').getByRole('button').click();
    await expect(page.getByRole('heading', { name: 'This needs the library index' })).toBeVisible();
    await expect(page.getByText('Roughy cannot sort by size.')).toBeVisible();
    await button('Back to the live list').click();
    await expect(page.getByText(/^Live, updated/)).toBeVisible();
    await expect(range).toHaveText(`1–20 of ${assets.length}`);
  });

  await test.step('it is sorted and searched through its index', async () => {
    await header('Size').getByRole('button').click();
    await button('Build the index').click();
    await expect(fromIndex).toBeVisible();
    await expect(header('Size')).toHaveAttribute('aria-sort', 'descending');
    await expect(range).toHaveText(`1–20 of ${assets.length}`);
    const largest = (await rows.getByRole('link').first().textContent()) ?? '';
    await search.fill(largest.toUpperCase());
    await search.press('Enter');
    await expect(range).not.toHaveText(`1–20 of ${assets.length}`);
    await expect(name(largest).first()).toBeVisible();
    await expect(fromIndex).toBeVisible();
  });

  await test.step('it is filtered by what only the index knows', async () => {
    const counts = (count: number) => expect(range).toHaveText(`1–${Math.min(20, count)} of ${count}`);
    await goTo(page, `${ROUGHY}&where=state:failed,pending_payment`);
    await counts(assets.filter(({ state }) => state === 'failed' || state === 'pending_payment').length);
    await goTo(page, `${ROUGHY}&where=language:fr,de;duration:600..`);
    await counts(
      assets.filter(
        ({ language, duration_seconds }) =>
          (language === 'fr' || language === 'de') && Number(duration_seconds ?? 0) >= 600,
      ).length,
    );
    expect(sent()).toHaveLength(0);
  });
});

test('the demo of Roughy has everything that hangs on recordings, and a service worker as long as it is shown', async ({
  page,
  context,
}) => {
  await page.goto('./?connection=comfyui&size=20');
  const { range, firstName, header } = screen(page);
  await expect(range).toHaveText('1–20 of 260');
  expect(await registrations(page)).toBe(0);

  await test.step('Roughy has projects, and recordings with all that goes with them', async () => {
    await connection(page).selectOption('Demo: Roughy');
    await expect(isDemo(page)).toBeVisible();
    await expect(range).toHaveText(/ of 140$/);
    await expect(header('Duration')).toBeVisible();
    await firstName.click();
    await expect(
      page.getByRole('complementary').getByRole('heading', { name: 'Goes with this asset' }),
    ).toBeVisible();
    const player = page.getByLabel(/^Preview of /);
    await expect
      .poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState))
      .toBeGreaterThan(0);
  });

  await test.step('the next visit starts where this one was', async () => {
    await page.goto('./?size=20');
    await expect(connection(page)).toHaveValue('demo-roughy');
    await expect(range).toHaveText('1–20 of 140');
    expect(await registrations(page)).toBe(1);
  });

  await test.step('the service worker goes when the demo is left, and comes back with it', async () => {
    await connection(page).selectOption('Local ComfyUI');
    await expect(range).toHaveText(/ of 260$/);
    await expect.poll(() => registrations(page)).toBe(0);
    await connection(page).selectOption('Demo: Comfy');
    await expect(range).toHaveText(/ of 2,400$/);
    expect(await registrations(page)).toBe(1);
  });

  await test.step('it stays as long as another tab shows a demo, and what one tab does breaks no other', async () => {
    const other = await context.newPage();
    const there = screen(other);
    await other.goto('./?connection=demo-comfy&size=20');
    await expect(there.range).toHaveText('1–20 of 2,400');
    await connection(page).selectOption('Local ComfyUI');
    await expect(range).toHaveText(/ of 260$/);
    // Still answered, by a worker that is still there.
    await there.button('Next page').click();
    await expect(there.range).toHaveText('21–40 of 2,400');
    expect(await registrations(other)).toBe(1);

    await connection(other).selectOption('Local ComfyUI');
    await expect(there.range).toHaveText(/ of 260$/);
    await expect.poll(() => registrations(other)).toBe(0);
    await other.close();
  });

  await test.step('one that an earlier visit left behind goes at the next visit without a demo', async () => {
    await connection(page).selectOption('Demo: Comfy');
    await expect(range).toHaveText(/ of 2,400$/);
    expect(await registrations(page)).toBe(1);
    // Its own farewell, as a browser that crashed never sends it.
    await page.evaluate(() =>
      window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true),
    );
    await page.goto('./?connection=comfyui&size=20');
    await expect(range).toHaveText('1–20 of 260');
    await expect.poll(() => registrations(page)).toBe(0);
  });
});
