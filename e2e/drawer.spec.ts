import { http, HttpResponse } from 'msw';

import { comfyAsset } from '@/demo/comfy-library';

import { expect, test } from './fixtures';
import {
  IMMUTABLE_NAME,
  LONG_NAME,
  MANY_TAGS,
  MANY_TAGS_NAME,
  oddId,
  shotId,
  shotName,
  WITH_WORK_ID,
} from './library';
import { openComfyui, openRoughy, screen } from './screen';

const NOWHERE = '99999999-0000-4000-8000-000000000000';

test('a name opens its asset, Back closes it, Forward opens it again', async ({ page }) => {
  await openComfyui(page);
  const { name, drawer } = screen(page);
  await name(shotName(247)).click();
  await expect(drawer(shotName(247))).toBeVisible();
  await expect(drawer(shotName(247)).getByRole('heading', { name: shotName(247) })).toBeFocused();
  expect(new URL(page.url()).searchParams.get('asset')).toBe(shotId(247));
  await page.goBack();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await page.goForward();
  await expect(drawer(shotName(247))).toBeVisible();

  await drawer(shotName(247)).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(name(shotName(247))).toBeFocused();
  expect(new URL(page.url()).searchParams.get('asset')).toBeNull();
});

test('Escape closes it as well, and the focus is on its row again', async ({ page }) => {
  await openComfyui(page);
  const { name, drawer } = screen(page);
  await name(shotName(246)).press('Enter');
  await expect(drawer(shotName(246))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(name(shotName(246))).toBeFocused();
});

test('everything about the asset is there: picture, facts to copy, metadata, siblings of its job', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openComfyui(page, `&asset=${shotId(248)}`);
  const { drawer, range, chips } = screen(page);
  const open = drawer(shotName(248));
  await expect(open.getByRole('img', { name: `Preview of ${shotName(248)}` })).toBeVisible();
  await expect(open).toContainText('248 kB (248,000 bytes)');
  await expect(open).toContainText('sampler: dpmpp');
  await open.getByRole('button', { name: 'Copy ID' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shotId(248));

  await open.getByRole('link', { name: 'Other assets of this job' }).click();
  await expect(range).toHaveText('1–5 of 5');
  await expect(chips).toHaveText(['job = job-48']);
});

test('a link opens an asset on this page, on another page and outside the filter', async ({ page }) => {
  const { drawer, name } = screen(page);
  for (const query of [
    `&asset=${shotId(240)}`,
    `&page=5&asset=${shotId(240)}`,
    `&q=notes&asset=${shotId(240)}`,
  ]) {
    await openComfyui(page, query);
    await expect(drawer(shotName(240))).toContainText('240 kB');
  }
  await expect(name('notes.txt')).toBeVisible();
  // Not among the rows, it has no neighbours there.
  await expect(page.getByRole('button', { name: 'Next asset' })).toBeDisabled();
});

test('it steps to the previous and next asset, and one Back is enough to leave', async ({ page }) => {
  await openComfyui(page);
  const { name, drawer, row } = screen(page);
  await name(shotName(248)).click();
  const next = page.getByRole('button', { name: 'Next asset' });
  await expect(page.getByRole('button', { name: 'Previous asset' })).toBeDisabled();
  await next.click();
  await expect(drawer(shotName(247))).toBeVisible();
  await expect(next).toBeFocused();
  await next.click();
  await expect(drawer(shotName(246))).toContainText('246 kB');
  await page.getByRole('button', { name: 'Previous asset' }).click();
  await expect(drawer(shotName(247))).toBeVisible();
  await expect(row(shotName(247))).toHaveAttribute('data-open', 'true');
  await page.goBack();
  await expect(page.getByRole('complementary')).toHaveCount(0);
});

test('an asset that is gone is said to be, and the list stays usable', async ({ page, allowErrors }) => {
  allowErrors(/status of 404.*\/api\/assets\/99999999/);
  await openComfyui(page, `&asset=${NOWHERE}`);
  const { drawer, range } = screen(page);
  await expect(drawer('Asset not found').getByRole('alert')).toContainText('This asset no longer exists');
  await expect(range).toHaveText('1–50 of 260');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('complementary')).toHaveCount(0);
});

test('details that cannot be read say why, and come when tried again', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 400/);
  let failing = true;
  network.use(
    http.get('*/proxy/comfyui/api/assets/:id', () =>
      failing
        ? HttpResponse.json({ error: { code: 'ODD', message: 'Not today' } }, { status: 400 })
        : undefined,
    ),
  );
  await openComfyui(page, `&page=2&asset=${shotId(248)}`);
  const { drawer } = screen(page);
  const alert = drawer('Asset could not be loaded').getByRole('alert');
  await expect(alert).toContainText('ComfyUI does not accept this request');
  await expect(alert).toContainText('Not today');
  failing = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(drawer(shotName(248))).toContainText('248 kB');
});

test('while the details load, what the list knows is already there', async ({ page, network }) => {
  network.use(http.get('*/proxy/comfyui/api/assets/:id', () => new Promise<never>(() => undefined)));
  await openComfyui(page);
  const { name, drawer } = screen(page);
  await name(shotName(248)).click();
  await expect(drawer(shotName(248))).toContainText('248 kB');
});

test('a 487-character name, 42 tags and a protected model fit in', async ({ page }) => {
  const { drawer } = screen(page);
  await openComfyui(page, `&asset=${oddId(LONG_NAME)}`);
  await expect(drawer(LONG_NAME).getByRole('button', { name: 'Close' })).toBeInViewport();

  await openComfyui(page, `&asset=${oddId(MANY_TAGS_NAME)}`);
  await expect(drawer(MANY_TAGS_NAME).getByRole('heading', { name: 'Tags (42)' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove tag [\w-]+$/ })).toHaveCount(MANY_TAGS.length);

  await openComfyui(page, `&asset=${oddId(IMMUTABLE_NAME)}`);
  await expect(drawer(IMMUTABLE_NAME)).toContainText('Immutable: the provider does not let anyone');
  await expect(drawer(IMMUTABLE_NAME).getByRole('button', { name: 'Delete…' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove tag checkpoints', exact: true })).toHaveCount(0);
});

test('text, film and sound can be looked at and listened to', async ({ page }) => {
  await openComfyui(page, `&asset=${oddId('notes.txt')}`);
  await expect(page.getByRole('region', { name: 'Beginning of the text' })).not.toBeEmpty();
  for (const name of ['clip.mp4', 'tone.wav']) {
    await openComfyui(page, `&asset=${oddId(name)}`);
    const player = page.getByLabel(`Preview of ${name}`);
    await expect(player).toHaveJSProperty('controls', true);
    await expect(player).toHaveJSProperty('paused', true);
    await expect
      .poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState))
      .toBeGreaterThan(0);
  }
});

test('a preview that would run script is not followed, a broken one becomes an icon', async ({
  page,
  network,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 404.*missing\.png/);
  const broken = comfyAsset({
    name: 'broken.png',
    preview_url: '/api/view?type=output&filename=missing.png',
  });
  network.use(
    http.get('*/proxy/comfyui/api/assets', () =>
      HttpResponse.json({
        assets: [broken, libraries.comfyui.get(oddId('hostile-preview.png'))],
        total: 2,
        has_more: false,
      }),
    ),
    http.get(`*/proxy/comfyui/api/assets/${broken.id}`, () => HttpResponse.json(broken)),
  );
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await openComfyui(page, `&asset=${broken.id}`);
  await expect(screen(page).drawer('broken.png').getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.locator('img[src*="missing.png"]').filter({ visible: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Next asset' }).click();
  await expect(screen(page).drawer('hostile-preview.png')).toBeVisible();
  await expect(page.locator('[src^="javascript:"], [href^="javascript:"]')).toHaveCount(0);
  expect(dialogs).toEqual([]);
});

test('Roughy says what hangs on a recording, and why one failed', async ({ page, libraries }) => {
  await openRoughy(page, `&asset=${WITH_WORK_ID}`);
  const drawer = page.getByRole('complementary');
  await expect(drawer).toContainText('2 cuts');
  await expect(drawer).toContainText('1 render · 12 MB');
  await expect(drawer).toContainText('Subtitles of these cuts: up to 1');
  await expect(drawer).toContainText('5:24');
  await expect(drawer.getByLabel(/^Preview of Podcast/)).toHaveJSProperty('controls', true);

  const failed = libraries.roughy.listAssets({ state: 'failed' }).items[0]?.id ?? '';
  await openRoughy(page, `&asset=${failed}`);
  await expect(drawer).toContainText('No speech was found.');
  await expect(drawer).toContainText('Error code no_speech_detected');
});
