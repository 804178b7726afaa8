import { http, HttpResponse } from 'msw';
import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import {
  EMOJI_NAME,
  IMMUTABLE_NAME,
  LONG_NAME,
  MANY_TAGS,
  MANY_TAGS_NAME,
  shotId,
  shotName,
} from './library';
import { goTo, openComfyui, screen } from './screen';

const NOWHERE = '99999999-0000-4000-8000-000000000000';

const openAsset = (page: Page) => new URL(page.url()).searchParams.get('asset');

test('assets are opened from a link and from the list, shown as what they are, stepped through, and left', async ({
  page,
  context,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 404.*(?:fox\.png|\/api\/assets\/99999999)/);
  network.use(
    http.get('*/proxy/comfyui/api/view', ({ request }) =>
      request.url.includes('fox.png') ? new HttpResponse(null, { status: 404 }) : undefined,
    ),
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  const { drawer, name, row, rows, range, chips, button } = screen(page);
  const none = page.getByRole('complementary');

  await test.step('a link to an asset that is gone says so, and the list stays usable', async () => {
    await openComfyui(page, `&size=20&exclude=output&asset=${NOWHERE}`);
    await expect(drawer('Asset not found').getByRole('alert')).toContainText('This asset no longer exists');
    await expect(rows).toHaveCount(12);
    await button('Back to the list').click();
    await expect(none).toHaveCount(0);
    await name('notes.txt').click();
    await expect(drawer('notes.txt')).toBeVisible();
  });

  await test.step('a link opens an asset that is not among the rows, where it has no neighbours', async () => {
    await goTo(page, `./?connection=comfyui&size=20&exclude=output&asset=${shotId(240)}`);
    await expect(drawer(shotName(240))).toContainText('240 kB');
    await expect(rows).toHaveCount(12);
    await expect(button('Next asset')).toBeDisabled();
  });

  await test.step('a 487-character name fits in', async () => {
    await name(LONG_NAME).click();
    await expect(drawer(LONG_NAME).getByRole('button', { name: 'Close' })).toBeInViewport();
  });

  await test.step('so do 42 tags', async () => {
    await name(MANY_TAGS_NAME).click();
    await expect(drawer(MANY_TAGS_NAME).getByRole('heading', { name: 'Tags (42)' })).toBeVisible();
    await expect(drawer(MANY_TAGS_NAME).getByRole('button', { name: /^Remove tag [\w-]+$/ })).toHaveCount(
      MANY_TAGS.length,
    );
  });

  await test.step('a protected model says why nothing can be done to it', async () => {
    const open = drawer(IMMUTABLE_NAME);
    await name(IMMUTABLE_NAME).click();
    await expect(open).toContainText('Immutable: the provider does not let anyone');
    await expect(open.getByRole('button', { name: 'Delete…' })).toHaveCount(0);
    await expect(open.getByRole('button', { name: 'Remove tag checkpoints', exact: true })).toHaveCount(0);
  });

  await test.step('text, film and sound can be looked at and listened to', async () => {
    await name('notes.txt').click();
    await expect(page.getByRole('region', { name: 'Beginning of the text' })).not.toBeEmpty();
    for (const media of ['clip.mp4', 'tone.wav']) {
      await name(media).click();
      const player = drawer(media).getByLabel(`Preview of ${media}`);
      await expect(player).toHaveJSProperty('controls', true);
      await expect(player).toHaveJSProperty('paused', true);
      await expect
        .poll(() => player.evaluate((element: HTMLMediaElement) => element.readyState))
        .toBeGreaterThan(0);
    }
  });

  await test.step('a broken preview becomes an icon', async () => {
    await name(EMOJI_NAME).click();
    await expect(drawer(EMOJI_NAME).getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(page.locator('img[src*="fox.png"]').filter({ visible: true })).toHaveCount(0);
  });

  await test.step('a preview that would run script is not followed', async () => {
    await name('hostile-preview.png').click();
    await expect(drawer('hostile-preview.png')).toBeVisible();
    await expect(page.locator('[src^="javascript:"], [href^="javascript:"]')).toHaveCount(0);
    expect(dialogs).toEqual([]);
  });

  await test.step('without the filter the list has all again', async () => {
    await drawer('hostile-preview.png').getByRole('button', { name: 'Close' }).click();
    await button('Clear all').click();
    await expect(range).toHaveText('1–20 of 260');
  });

  await test.step('a name opens its asset, Back closes it, Forward opens it again', async () => {
    await name(shotName(247)).click();
    await expect(drawer(shotName(247))).toBeVisible();
    await expect(drawer(shotName(247)).getByRole('heading', { name: shotName(247) })).toBeFocused();
    expect(openAsset(page)).toBe(shotId(247));
    await page.goBack();
    await expect(none).toHaveCount(0);
    await page.goForward();
    await expect(drawer(shotName(247))).toBeVisible();

    await drawer(shotName(247)).getByRole('button', { name: 'Close' }).click();
    await expect(none).toHaveCount(0);
    await expect(name(shotName(247))).toBeFocused();
    expect(openAsset(page)).toBeNull();
  });

  await test.step('the library makes room for it: what stands at the end of a row stays in reach', async () => {
    const remove = page.getByRole('button', { name: `Delete ${shotName(246)}…` });
    await name(shotName(247)).click();
    await expect(drawer(shotName(247))).toBeVisible();
    await remove.click({ trial: true });
    await page.reload();
    await expect(drawer(shotName(247))).toBeVisible();
    await remove.click({ trial: true });
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(none).toHaveCount(0);
  });

  await test.step('Escape closes it as well, and the focus is on its row again', async () => {
    await name(shotName(246)).press('Enter');
    await expect(drawer(shotName(246))).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(none).toHaveCount(0);
    await expect(name(shotName(246))).toBeFocused();
  });

  await test.step('it steps to the previous and next asset, and one Back is enough to leave', async () => {
    const next = page.getByRole('button', { name: 'Next asset' });
    const previous = page.getByRole('button', { name: 'Previous asset' });
    await name(shotName(248)).click();
    await expect(previous).toBeDisabled();
    await next.click();
    await expect(drawer(shotName(247))).toBeVisible();
    await expect(next).toBeFocused();
    await next.click();
    await expect(drawer(shotName(246))).toContainText('246 kB');
    await previous.click();
    await expect(drawer(shotName(247))).toBeVisible();
    await expect(row(shotName(247))).toHaveAttribute('data-open', 'true');
    await page.goBack();
    await expect(none).toHaveCount(0);
  });

  await test.step('everything about it is there: picture, facts to copy, metadata, siblings of its job', async () => {
    await name(shotName(248)).click();
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
});
