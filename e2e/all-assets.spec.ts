import type { Page } from '@playwright/test';

import type { ComfyAssetJson } from '@/demo/comfy-contract';
import { demoComfyAssets } from '@/demo/demo-comfy';
import { demoRoughy } from '@/demo/demo-roughy';

import { expect, test } from './fixtures';
import { COMFY_ASSETS } from './library';
import { screen } from './screen';

const DEMO = './?connection=demo-comfy';
const COMFY = './?connection=comfyui';
const ROUGHY = './?connection=demo-roughy';
const DAY_MS = 86_400_000;
const isOwn = ({ is_public }: ComfyAssetJson) => is_public !== true;

const live = (page: Page) => page.getByText(/^Live, updated/);
const fromIndex = (page: Page) => page.getByText(/^Index, (less than a minute|\d+ minutes?) old$/);
const panel = (page: Page) => page.getByRole('complementary', { name: 'More filters' });

/** Opens a question that needs the index, and builds it. */
async function build(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Build the index' }).click();
  // On a phone only its first word is shown.
  await expect(fromIndex(page)).toBeAttached({ timeout: 150_000 });
}

const inWords = (count: number) =>
  count === 0 ? 'No asset matches' : `1–${Math.min(50, count)} of ${count.toLocaleString('en-GB')}`;

/** How many the table says there are. */
const counts = (page: Page, count: number) =>
  count === 0
    ? expect(page.getByRole('heading', { name: inWords(0) })).toBeVisible()
    : expect(screen(page).range).toHaveText(inWords(count));

const timeOf = (instant: string | null | undefined) => (instant == null ? null : Date.parse(instant));
const ends =
  (ending: string) =>
  ({ name }: ComfyAssetJson) =>
    name.toLowerCase().endsWith(ending);

const OWN = COMFY_ASSETS.filter(isOwn);

test('every filter of the index finds what a look at each asset finds', async ({ page, allowErrors }) => {
  // The demo has previews that are gone.
  allowErrors(/404 \(Not Found\).*expired_/);
  // 2,400 assets are read first, in several walks.
  test.setTimeout(240_000);
  const own = demoComfyAssets().filter(isOwn);
  await build(page, `${DEMO}&where=ext:png`);
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
    ['q=fox&where=ext:png', (asset) => asset.name.toLowerCase().includes('fox') && ends('.png')(asset)],
    [
      'include=output&where=size:2000000..',
      ({ tags = [], size }) => tags.includes('output') && (size ?? 0) >= 2_000_000,
    ],
  ];
  for (const [query, matches] of filters) {
    await test.step(query, async () => {
      await page.goto(`${DEMO}&${query}`);
      await counts(page, own.filter(matches).length);
      await expect(fromIndex(page)).toBeVisible();
    });
  }
});

test('a filter is picked by its count, taken back by its chip, and undone by Back', async ({ page, axe }) => {
  const pngs = OWN.filter(ends('.png')).length;
  await build(page, `${COMFY}&where=ext:png`);
  const { chips, button } = screen(page);
  await counts(page, pngs);
  await button('Remove filter: Extension: .png').click();
  await expect(live(page)).toBeVisible();
  await expect(page).toHaveURL(/\?connection=comfyui$/);

  await button('More filters').click();
  await expect(panel(page).getByRole('heading', { name: 'More filters' })).toBeFocused();
  const box = panel(page).getByRole('checkbox', { name: /^\.png/ });
  await expect(box).toHaveAccessibleName(new RegExp(`^\\.png ?${pngs} `));
  await box.check();
  await expect(fromIndex(page)).toBeVisible();
  await counts(page, pngs);
  await expect(chips).toHaveText(['Extension: .png']);
  await panel(page).getByRole('textbox', { name: 'Size, at least' }).fill('100 kB');
  await page.keyboard.press('Enter');
  const large = OWN.filter((asset) => ends('.png')(asset) && (asset.size ?? 0) >= 100_000).length;
  await counts(page, large);
  await expect(page).toHaveURL(/where=ext:png;size:100000\.\.$/);
  await axe();

  await page.goBack();
  await counts(page, pngs);
  await page.goBack();
  await expect(live(page)).toBeVisible();
  await page.goForward();
  await page.goForward();
  await counts(page, large);

  // The link opens the same view elsewhere: in another tab, which the first one answers for.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await counts(other, large);
  await expect(screen(other).chips).toHaveText(['Extension: .png', 'Size: 100 kB or more']);
  await other.close();

  await panel(page).getByRole('button', { name: 'Close filters' }).click();
  await expect(button('More filters')).toBeFocused();
  await button('Clear all').click();
  await expect(live(page)).toBeVisible();
});

test('Roughy is searched and sorted through the index, and says so', async ({ page }) => {
  const { assets } = demoRoughy();
  await page.goto(ROUGHY);
  const { search, header, rows, button, range } = screen(page);
  await expect(range).toHaveText(`1–50 of ${assets.length}`);
  await expect(live(page)).toBeVisible();
  await header('Size').getByRole('button').click();
  await expect(page.getByRole('heading', { name: 'This needs the library index' })).toBeVisible();
  await expect(page.getByText('Roughy cannot sort by size.')).toBeVisible();
  await button('Back to the live list').click();
  await expect(range).toHaveText(`1–50 of ${assets.length}`);

  await header('Size').getByRole('button').click();
  await button('Build the index').click();
  await expect(fromIndex(page)).toBeVisible({ timeout: 60_000 });
  await expect(header('Size')).toHaveAttribute('aria-sort', 'descending');
  await expect(range).toHaveText(`1–50 of ${assets.length}`);
  const name = (await rows.getByRole('link').first().textContent()) ?? '';
  await search.fill(name.toUpperCase());
  await search.press('Enter');
  await expect(range).toHaveText(/^1–\d+ of \d+$/);
  await expect(screen(page).name(name).first()).toBeVisible();
  await expect(fromIndex(page)).toBeVisible();

  await page.goto(`${ROUGHY}&where=state:failed,pending_payment`);
  const unfinished = assets.filter(({ state }) => state === 'failed' || state === 'pending_payment').length;
  await counts(page, unfinished);
  await page.goto(`${ROUGHY}&where=language:fr,de;duration:600..`);
  const long = assets.filter(
    ({ language, duration_seconds }) =>
      (language === 'fr' || language === 'de') && Number(duration_seconds ?? 0) >= 600,
  ).length;
  await counts(page, long);
});

test('everything that matches is selected from the index', async ({ page }) => {
  const pngs = OWN.filter(ends('.png')).length;
  await build(page, `${COMFY}&where=ext:png`);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await page.getByRole('button', { name: `Select all ${pngs.toLocaleString('en-GB')} matching` }).click();
  await expect(screen(page).status(/^All [\d,]+ matching selected/)).toBeVisible();
});

test('on a phone the filters are a sheet', async ({ page, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await build(page, `${COMFY}&where=ext:png`);
  const { button } = screen(page);
  await page.getByRole('button', { name: /^Filters/ }).click();
  await button('More filters').click();
  const sheet = page.getByRole('dialog', { name: 'More filters' });
  await sheet.getByRole('checkbox', { name: /^Image/ }).check();
  await axe();
  await sheet.getByRole('button', { name: 'Show the list' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(button('More filters')).toBeFocused();
  await axe();
});
