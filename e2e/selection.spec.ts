import { expect, test } from './fixtures';
import { IMMUTABLE_NAME, shotName } from './library';
import { openComfyui, screen } from './screen';

test('ticks are kept across pages and filters, and the toolbar says what is out of view', async ({
  page,
}) => {
  await openComfyui(page);
  const { tick, toolbar, range, button, search } = screen(page);
  await tick(shotName(248)).check();
  await expect(toolbar).toContainText('1 selected');
  await tick(shotName(247)).check();
  await button('Next page').click();
  await expect(range).toHaveText('51–100 of 260');
  await expect(toolbar).toContainText('2 selected, 2 not in this view');
  await tick(shotName(198)).check();
  await expect(toolbar).toContainText('3 selected, 2 not in this view');

  await search.fill('shot-24');
  await search.press('Enter');
  await expect(range).toHaveText('1–9 of 9');
  await expect(toolbar).toContainText('3 selected, 1 not in this view');
  await expect(tick(shotName(248))).toBeChecked();
  await tick(shotName(248)).uncheck();
  await expect(toolbar).toContainText('2 selected, 1 not in this view');

  await toolbar.getByRole('button', { name: 'Clear selection' }).click();
  await expect(toolbar).toHaveCount(0);
  await expect(tick(shotName(247))).not.toBeChecked();
  await expect(page.locator('body')).not.toBeFocused();
  // What is ticked is nobody else's business.
  expect(page.url()).not.toContain('248');
});

test('a shift-click takes everything in between, in either direction', async ({ page }) => {
  await openComfyui(page);
  const { tick, toolbar } = screen(page);
  await tick(shotName(246)).check();
  await tick(shotName(241)).click({ modifiers: ['Shift'] });
  await expect(toolbar).toContainText('6 selected');
  for (const number of [246, 245, 244, 243, 242, 241]) await expect(tick(shotName(number))).toBeChecked();
  await expect(tick(shotName(247))).not.toBeChecked();
  await tick(shotName(244)).click({ modifiers: ['Shift'] });
  await expect(toolbar).toContainText('2 selected');
});

test('"Select page" takes what can be deleted and shows when only some are ticked', async ({ page }) => {
  await openComfyui(page, '&page=6');
  const { tick, toolbar } = screen(page);
  const all = page.getByRole('checkbox', { name: 'Select page' });
  await expect(tick(IMMUTABLE_NAME)).toBeDisabled();
  await all.check();
  await expect(toolbar).toContainText('9 selected');
  await expect(tick(IMMUTABLE_NAME)).not.toBeChecked();
  await tick('notes.txt').uncheck();
  await expect(all).toHaveJSProperty('indeterminate', true);
  await expect(toolbar).toContainText('8 selected');
  await all.click();
  await expect(toolbar).toContainText('9 selected');
  await all.uncheck();
  await expect(toolbar).toHaveCount(0);
});

test('what is ticked on two pages is deleted together', async ({ page, sent }) => {
  await openComfyui(page, '&size=20');
  const { tick, toolbar, button, dialog, status } = screen(page);
  await tick(shotName(248)).check();
  await button('Next page').click();
  await tick(shotName(228)).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
  await expect(status('2 assets were deleted')).toBeVisible();
  expect(sent('DELETE').map(({ path }) => path.slice(-3))).toEqual(['248', '228']);
});

test('all 500 rows of a page are ticked at once', async ({ page }) => {
  await openComfyui(page, '&size=500&include=output');
  const { toolbar } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await expect(toolbar).toContainText('248 selected');
});
