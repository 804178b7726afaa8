import type { Page } from '@playwright/test';

import { ROUGHY_KEY, expect, test } from './fixtures';
import { LONG_NAME, shotName } from './library';
import { enterKey, openComfyui, screen } from './screen';

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('on a desk: themes, help, less motion, and any width', async ({ page }) => {
  const { table, drawer, name, button } = screen(page);
  await test.step('the theme follows the system, until one is chosen; that is remembered', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openComfyui(page, '&size=20');
    await expect(table).toBeVisible();
    const light = await background(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => background(page)).not.toBe(light);
    const dark = await background(page);
    await page.emulateMedia({ colorScheme: 'light' });

    await button('Theme').click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(() => background(page)).toBe(dark);
    await page.keyboard.press('Escape');
    await expect(button('Theme')).toBeFocused();

    await page.reload();
    await expect(table).toBeVisible();
    expect(await background(page)).toBe(dark);
    await button('Theme').click();
    await page.getByRole('radio', { name: 'Like the system' }).check();
    await expect.poll(() => background(page)).toBe(light);
    await page.keyboard.press('Escape');
  });

  await test.step('help says what Winnow promises, and closes with Escape', async () => {
    await button('Help').click();
    const help = page.getByRole('dialog', { name: 'Help' });
    await expect(help).toContainText('Only assets on a list that you saw and confirmed are deleted');
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
  });

  await test.step('nothing moves for people who asked for that', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await name(shotName(248)).click();
    await expect(drawer(shotName(248))).toBeVisible();
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return [transitionDuration, animationDuration].some((text) =>
            text.split(', ').some((each) => each !== '0s'),
          );
        }).length,
    );
    expect(moving).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await drawer(shotName(248)).getByRole('button', { name: 'Close' }).click();
  });

  for (const width of [768, 1024]) {
    await test.step(`at ${width} pixels nothing is cut off`, async () => {
      await page.setViewportSize({ width, height: 768 });
      await name(shotName(248)).click();
      const shown = width < 1024 ? page.getByRole('dialog', { name: shotName(248) }) : drawer(shotName(248));
      await expect(shown.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 });
      expect(await sidewaysScroll(page)).toBe(0);
      await shown.getByRole('button', { name: 'Close' }).click();
      await expect(shown).toHaveCount(0);
      for (const label of ['Next page', 'Theme', 'Help', 'Refresh']) {
        await expect(button(label)).toBeInViewport({ ratio: 1 });
      }
    });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('everything is within reach of a thumb', async ({ page, libraries }) => {
    await openComfyui(page, '&size=20');
    const { range, name, chips, dialog, status, tick, toolbar, header, firstName } = screen(page);

    await test.step('rows become cards, nothing scrolls sideways, filters wait behind a button', async () => {
      await expect(range).toHaveText('1–20 of 260');
      await expect(name(shotName(248))).toBeInViewport();
      expect(await sidewaysScroll(page)).toBe(0);
      await expect(page.getByRole('combobox', { name: 'Include tags' })).toHaveCount(0);
    });

    await test.step('an asset fills the screen as a dialog, and Back leaves it', async () => {
      await name(shotName(247)).tap();
      const drawer = page.getByRole('dialog', { name: shotName(247) });
      await expect(drawer.getByRole('heading', { name: shotName(247) })).toBeFocused();
      await expect.poll(() => drawer.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
      await page.goBack();
      await expect(drawer).toHaveCount(0);
      await name(shotName(246)).tap();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(name(shotName(246))).toBeFocused();
    });

    await test.step('sorting is still there', async () => {
      await page.getByRole('button', { name: 'Size', exact: true }).tap();
      await expect(header('Size')).toHaveAttribute('aria-sort', 'descending');
      await expect(firstName).toHaveText('sd_xl_base_1.0.safetensors');
      await page.goBack();
      await expect(firstName).toHaveText(shotName(248));
    });

    await test.step('deleting works from the drawer and for several', async () => {
      await name(shotName(247)).tap();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete…' }).tap();
      await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
      await dialog.getByRole('button', { name: 'Delete forever' }).tap();
      await expect(status(`${shotName(247)} was deleted`)).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);

      for (const number of [248, 246]) await tick(shotName(number)).tap();
      await toolbar.getByRole('button', { name: 'Delete…' }).tap();
      await expect(dialog).toHaveAccessibleName('Delete 2 assets?');
      await dialog.getByRole('button', { name: 'Delete 2 forever' }).tap();
      await expect(status('2 assets were deleted')).toBeVisible();
      expect(libraries.comfyui.list({ includePublic: false }).total).toBe(257);
      expect(await sidewaysScroll(page)).toBe(0);
    });

    await test.step('filters unfold', async () => {
      await page.getByRole('button', { name: 'Filters' }).tap();
      await page.getByRole('combobox', { name: 'Include tags' }).tap();
      await page.getByRole('listbox').getByRole('option', { name: 'portrait' }).tap();
      await expect(range).toHaveText('1–20 of 24');
      await expect(chips).toHaveText(['Tag portrait']);
      await expect(page.getByRole('button', { name: 'Filters (1)' })).toHaveAttribute(
        'aria-expanded',
        'true',
      );
      expect(await sidewaysScroll(page)).toBe(0);
    });

    await test.step('long names, 500 rows and Roughy fit as well', async () => {
      await page.getByRole('button', { name: 'Clear all' }).tap();
      await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('500');
      await page.getByRole('button', { name: 'Created', exact: true }).tap();
      await expect(name(LONG_NAME)).toBeVisible();
      expect(await sidewaysScroll(page)).toBe(0);
      await expect.poll(() => screen(page).rows.count()).toBeLessThan(60);
      await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
      await enterKey(page, ROUGHY_KEY);
      await expect(firstName).toBeInViewport();
      expect(await sidewaysScroll(page)).toBe(0);
    });
  });
});
