import type { Locator, Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { shotName } from './library';
import { openComfyui, screen } from './screen';

const isFocused = (target: Locator) =>
  target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));

/** Presses Tab until the target has the focus, as somebody without a mouse would. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60 && !(await isFocused(target)); presses += 1) {
    await target.page().keyboard.press(key);
    await notLost(target.page());
  }
  await expect(target).toBeFocused();
}

const notLost = (page: Page) => expect(page.locator('body')).not.toBeFocused();

test('from loading to deleting without a mouse, the focus is never lost', async ({ page, libraries }) => {
  await openComfyui(page);
  const { search, name, drawer, dialog, status, tick, toolbar, range, button, row } = screen(page);
  await expect(range).toHaveText('1–50 of 260');
  await page.keyboard.press('Tab');
  await tabTo(search);
  await page.keyboard.type('shot-2');
  await page.keyboard.press('Enter');
  await expect(range).toHaveText('1–49 of 49');
  await notLost(page);

  // Open, step on, close.
  await tabTo(name(shotName(248)));
  await page.keyboard.press('Enter');
  await expect(drawer(shotName(248)).getByRole('heading', { name: shotName(248) })).toBeFocused();
  await tabTo(button('Next asset'));
  await page.keyboard.press('Enter');
  await expect(drawer(shotName(247))).toBeVisible();
  await notLost(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(name(shotName(247))).toBeFocused();

  // A tag, from the row.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  await expect(name(shotName(248))).toBeFocused();
  await tabTo(button(`Remove tag draft from ${shotName(248)}`));
  await page.keyboard.press('Enter');
  await expect(status(`Tag “draft” removed from ${shotName(248)}`)).toBeVisible();
  await expect(row(shotName(248))).not.toContainText('draft');
  await notLost(page);

  // One asset, from its row.
  await tabTo(button(`Delete ${shotName(248)}…`));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(status(`${shotName(248)} was deleted`)).toBeVisible();
  await expect(name(shotName(247))).toBeFocused();

  // Several, by ticking.
  await tabTo(tick(shotName(247)), 'Shift+Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(toolbar).toContainText('2 selected');
  await page.keyboard.press('End');
  await notLost(page);
  await tabTo(toolbar.getByRole('button', { name: 'Delete…' }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await tabTo(dialog.getByRole('button', { name: 'Delete 2 forever' }));
  await page.keyboard.press('Enter');
  await expect(status('2 assets were deleted')).toBeVisible();
  await expect(name(shotName(245))).toBeFocused();
  expect(libraries.comfyui.list({ includePublic: false }).total).toBe(257);

  // And on through the pages.
  await tabTo(button('Remove filter: Name contains “shot-2”'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(range).toHaveText('1–50 of 257');
  await expect(search).toBeFocused();
});

test('toasts can be reached and dismissed, and the focus survives it', async ({ page }) => {
  await openComfyui(page);
  const { button, status } = screen(page);
  await button(`Remove tag draft from ${shotName(248)}`).click();
  await expect(status(`Tag “draft” removed`)).toBeVisible();
  await button('Undo').focus();
  await page.keyboard.press('Enter');
  await expect(status(`Tag “draft” put back`)).toBeVisible();
  await notLost(page);
});

test('what has the focus is never hidden behind the header or the toolbar', async ({ page }) => {
  await openComfyui(page);
  const { tick, toolbar, name } = screen(page);
  await tick(shotName(248)).check();
  await expect(toolbar).toBeVisible();
  await name(shotName(248)).focus();
  const isUncovered = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const box = element?.getBoundingClientRect();
      if (!element || !box) return false;
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return hit !== null && (element.contains(hit) || hit.contains(element));
    });
  for (const key of [
    ...Array<string>(14).fill('ArrowDown'),
    ...Array<string>(14).fill('ArrowUp'),
    'End',
    'Home',
  ]) {
    await page.keyboard.press(key);
    expect(await isUncovered(), `after ${key}`).toBe(true);
  }
});
