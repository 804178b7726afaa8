import type { Page } from '@playwright/test';

import { grow, grown, grownId, grownName } from './job-host';
import { expect, jobScreen, test as base } from './job-test';

/**
 * Each test in a browser of its own that keeps files on the disk, as people's do. In the private windows that tests have
 * otherwise, whatever a database writes goes through another process, which takes longer than all the rest.
 */
const test = base.extend({
  context: async ({ playwright, launchOptions, locale, timezoneId, viewport }, provide, testInfo) => {
    const context = await playwright.chromium.launchPersistentContext(testInfo.outputPath('profile'), {
      ...{ ...launchOptions, viewport },
      ...(locale !== undefined && { locale }),
      ...(timezoneId !== undefined && { timezoneId }),
    });
    await provide(context);
    await context.close();
  },
});

test.use({ trace: 'off' });
test.describe.configure({ timeout: 300_000 });

const OVERVIEW = '&size=20&view=overview';

/** How the index stands, as locators. */
const indexScreen = (page: Page) => {
  const bar = page.getByRole('region', { name: 'Library index' });
  return {
    ...jobScreen(page),
    bar,
    press: (name: string) => bar.getByRole('button', { name, exact: true }),
    /** In the line for eyes; the one for ears says the same later. */
    says: (text: string | RegExp) => bar.getByText(text).and(bar.locator('span')),
  };
};

const ready = (count: number) => new RegExp(`^Index of ${count.toLocaleString('en-GB')} assets, synced`);

/** A list request that waits until it is let go. */
function createGate(isMeant: (number: number) => boolean) {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let lists = 0;
  return {
    open: () => open(),
    lists: () => lists,
    pass: async ({ method, path }: { readonly method: string; readonly path: string }) => {
      if (method !== 'GET' || path !== '/api/assets') return null;
      lists += 1;
      if (isMeant(lists)) await opened;
      return null;
    },
  };
}

test('50,000 assets are read while somebody else changes them, through a reload in the middle; a sync finds the rest', async ({
  page,
  startHost,
}) => {
  const gate = createGate((number) => number === 50);
  const host = await startHost({ assets: grow(50_000), fault: gate.pass });
  const { press, says, bar } = indexScreen(page);
  await page.goto(host.url + OVERVIEW);
  await press('Build the index').click();
  await expect.poll(gate.lists).toBeGreaterThanOrEqual(50);
  await expect(says(/^Building the index: [\d,]+ of 50,000 assets read$/)).toBeVisible();

  // Some that were read, and some that were not.
  for (const number of [7, 8, 4_321, 49_999]) host.library().remove(grownId(number));
  host.put([
    grown(50_001),
    grown(50_002),
    grown(12, { name: 'renamed.png', updated_at: '2027-01-01T00:00:00Z' }),
  ]);
  await page.reload();
  gate.open();
  await expect(says(/^The index is paused: [\d,]{6} assets so far$/)).toBeVisible();
  const before = gate.lists();
  await press('Go on').click();
  await expect(says(ready(49_998))).toBeVisible();
  // Not from the beginning: there are a hundred pages.
  expect(gate.lists() - before).toBeLessThan(95);

  host.library().remove(grownId(30_000));
  host.library().remove(grownId(30_001));
  host.put([grown(50_003)]);
  const beforeSync = gate.lists();
  await press('Sync').click();
  await expect(bar).toContainText('The last sync found 1 added, 2 gone.');
  await expect(says(ready(49_997))).toBeVisible();
  expect(gate.lists() - beforeSync).toBeLessThan(25);
});

test('one tab walks, another stops it and goes on when the first is gone; an index can be forgotten, or last as long as its page', async ({
  page,
  context,
  startHost,
}) => {
  const gate = createGate((number) => number >= 6);
  const host = await startHost({ assets: grow(600), fault: gate.pass, mostPerPage: 100 });
  const first = indexScreen(page);
  const other = await context.newPage();
  const { press, says, view, toolbar, dialog, bar, tick, range } = indexScreen(other);

  await test.step('one tab walks, another sees it and stops it', async () => {
    await page.goto(host.url + OVERVIEW);
    await first.press('Build the index').click();
    await expect.poll(gate.lists).toBeGreaterThanOrEqual(6);
    await other.goto(host.url + OVERVIEW);
    await expect(says(/^Building the index: [\d,]+ of 600 assets read$/)).toBeVisible();
    await press('Pause').click();
    await expect(first.says(/^The index is paused: /)).toBeVisible();
    await expect(says(/^The index is paused: /)).toBeVisible();
  });

  await test.step('a tab that is gone while it walks says nothing: the other one notices, and goes on', async () => {
    await first.press('Go on').click();
    await expect(says(/^Building the index: /)).toBeVisible();
    await page.close();
    await expect(says(/^The index is paused: /)).toBeVisible();
    gate.open();
    await press('Go on').click();
    await expect(says(ready(600))).toBeVisible();
  });

  await test.step('what Winnow deletes is gone from the index at once', async () => {
    await view('All assets').click();
    await expect(range).toHaveText('1–20 of 600');
    await tick(grownName(600)).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect.poll(host.size).toBe(599);
    await view('Overview').click();
    await expect(says(ready(599))).toBeVisible();
  });

  await test.step('a forgotten index is gone from the device', async () => {
    await press('More about the index').click();
    await bar.getByRole('button', { name: 'Forget the index…' }).click();
    await dialog.getByRole('button', { name: 'Forget the index' }).click();
    await expect(press('Build the index')).toBeFocused();
    const left = await other.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('winnow-library', { create: true });
      const names: string[] = [];
      for await (const [name] of folder.entries()) names.push(name);
      return names;
    });
    expect(left).toEqual([]);
  });

  await test.step('without a private file system the index is kept in memory, and says so', async () => {
    const elsewhere = await startHost({ assets: grow(40) });
    await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: `delete StorageManager.prototype.getDirectory;\n${await answer.text()}`,
      });
    });
    await other.goto(elsewhere.url + OVERVIEW);
    await press('Build the index').click();
    await expect(says(ready(40))).toBeVisible();
    await expect(bar).toContainText('The index is in memory only: it goes with this page.');
    await other.reload();
    await expect(press('Build the index')).toBeVisible();
  });
});
