import type { Page } from '@playwright/test';

import type { ComfyAssetJson } from '@/demo/comfy-contract';
import { createComfyLibrary } from '@/demo/comfy-library';
import { demoComfyAssets } from '@/demo/demo-comfy';

import { expect, selfHosted, test } from './fixtures';
import { goTo, screen } from './screen';

const COMFY = './?connection=comfyui&size=20';
const DAY_MS = 86_400_000;

/** A few of everything that the demo has, without pictures: what is rare there, and every 24th of the rest. */
const SOME: readonly ComfyAssetJson[] = demoComfyAssets()
  .filter(({ is_public }) => is_public !== true)
  .filter(({ tags, is_immutable }, at) => at % 24 === 0 || tags?.length === 0 || is_immutable === true)
  .map((asset) => ({ ...asset, preview_url: null }));

const live = (page: Page) => page.getByText(/^Live, updated/);
const fromIndex = (page: Page) => page.getByText(/^Index, (less than a minute|\d+ minutes?) old$/);
const panel = (page: Page) => page.getByRole('complementary', { name: 'More filters' });

/** Opens a question that needs the index, and builds it. */
async function build(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Build the index' }).click();
  await expect(fromIndex(page)).toBeVisible();
}

/** How many the table says there are, on its first page of 20. */
const counts = (page: Page, count: number) =>
  expect(screen(page).range).toHaveText(`1–${Math.min(20, count)} of ${count}`);

const timeOf = (instant: string | null | undefined) => (instant == null ? null : Date.parse(instant));
const ends =
  (ending: string) =>
  ({ name }: ComfyAssetJson) =>
    name.toLowerCase().endsWith(ending);
const JOB = SOME.find(({ job_id }) => job_id != null)?.job_id ?? '';
const PNGS = SOME.filter(ends('.png')).length;

test('every filter of the index is asked for by address, picked by its count, taken back by its chip, and undone by Back', async ({
  page,
  network,
  axe,
}) => {
  network.use(...selfHosted(createComfyLibrary(SOME)));
  await build(page, `${COMFY}&where=ext:png`);
  const { chips, button, status } = screen(page);
  const largePngs = SOME.filter((asset) => ends('.png')(asset) && (asset.size ?? 0) >= 100_000);
  const large = largePngs.length;
  const fixed = largePngs.filter(({ is_immutable }) => is_immutable).length;

  const now = Date.now();
  const filters: readonly (readonly [where: string, matches: (asset: ComfyAssetJson) => boolean])[] = [
    ['where=ext:png', ends('.png')],
    ['where=ext:png,mp4', (asset) => ends('.png')(asset) || ends('.mp4')(asset)],
    ['where=size:1000000..', ({ size }) => (size ?? 0) >= 1_000_000],
    ['where=size:100000..2000000', ({ size }) => size != null && size >= 100_000 && size <= 2_000_000],
    ['where=created:2026-01-01..2026-03-31', ({ created_at }) => /^2026-0[123]/.test(created_at)],
    ['where=updated:..2025-12-31', ({ updated_at }) => updated_at < '2026'],
    [
      'where=used:2026-06-01..',
      ({ last_access_time }) => (timeOf(last_access_time) ?? 0) >= Date.UTC(2026, 5),
    ],
    [
      'where=unused:90',
      ({ last_access_time, created_at }) =>
        (timeOf(last_access_time) ?? Date.parse(created_at)) <= now - 90 * DAY_MS,
    ],
    ['where=tags:no', ({ tags = [] }) => tags.length === 0],
    ['where=tags:yes', ({ tags = [] }) => tags.length > 0],
    ['where=hash:no', ({ hash, asset_hash }) => (hash ?? asset_hash ?? null) === null],
    ['where=protected:yes', ({ is_immutable }) => is_immutable === true],
    ['where=kind:video', ({ name }) => /\.(?:mp4|webm)$/.test(name)],
    ['where=job:' + JOB, ({ job_id }) => job_id === JOB],
    ['q=flux&where=ext:png', (asset) => asset.name.toLowerCase().includes('flux') && ends('.png')(asset)],
    [
      'include=output&where=size:2000000..',
      ({ tags = [], size }) => tags.includes('output') && (size ?? 0) >= 2_000_000,
    ],
  ];
  for (const [query, matches] of filters) {
    await test.step(`${query} finds what a look at each asset finds`, async () => {
      const count = SOME.filter(matches).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(SOME.length);
      await goTo(page, `${COMFY}&${query}`);
      await counts(page, count);
    });
  }
  await expect(fromIndex(page)).toBeVisible();

  await test.step('the chip of a filter takes it back, and the list is live again', async () => {
    await goTo(page, `${COMFY}&where=ext:png`);
    await counts(page, PNGS);
    await button('Remove filter: Extension: .png').click();
    await expect(live(page)).toBeVisible();
    await expect(page).toHaveURL(/\?connection=comfyui&size=20$/);
  });

  await test.step('the panel says what each filter would leave', async () => {
    await button('More filters').click();
    await expect(panel(page).getByRole('heading', { name: 'More filters' })).toBeFocused();
    const box = panel(page).getByRole('checkbox', { name: /^\.png/ });
    await expect(box).toHaveAccessibleName(new RegExp(`^\\.png ?${PNGS} `));
    await box.check();
    await expect(fromIndex(page)).toBeVisible();
    await counts(page, PNGS);
    await expect(chips).toHaveText(['Extension: .png']);
    await panel(page).getByRole('textbox', { name: 'Size, at least' }).fill('100 kB');
    await page.keyboard.press('Enter');
    await counts(page, large);
    await expect(page).toHaveURL(/where=ext:png;size:100000\.\.$/);
    await axe();
  });

  await test.step('Back and Forward go from question to question', async () => {
    await page.goBack();
    await counts(page, PNGS);
    await page.goBack();
    await expect(live(page)).toBeVisible();
    await page.goForward();
    await page.goForward();
    await counts(page, large);
  });

  await test.step('the link opens the same view in another tab, which the first one answers for', async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    await counts(other, large);
    await expect(screen(other).chips).toHaveText(['Extension: .png', 'Size: 100 kB or more']);
    await other.close();
  });

  await test.step('everything that matches is selected from the index', async () => {
    await panel(page).getByRole('button', { name: 'Close filters' }).click();
    await expect(button('More filters')).toBeFocused();
    await page.getByRole('checkbox', { name: 'Select page' }).check();
    await button(`Select all ${large} matching`).click();
    await expect(status(`All ${large - fixed} matching selected; ${fixed} protected left out`)).toBeVisible();
    await button('Clear selection').click();
    await button('Clear all').click();
    await expect(live(page)).toBeVisible();
  });

  await test.step('on a phone the filters are a sheet', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: /^Filters/ }).click();
    await button('More filters').click();
    const sheet = page.getByRole('dialog', { name: 'More filters' });
    await sheet.getByRole('checkbox', { name: /^Audio/ }).check();
    await axe();
    await sheet.getByRole('button', { name: 'Show the list' }).click();
    await expect(sheet).toHaveCount(0);
    await expect(button('More filters')).toBeFocused();
    // On a phone only its first word is shown.
    await expect(fromIndex(page)).toBeAttached();
  });
});
