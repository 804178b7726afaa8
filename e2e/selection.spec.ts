import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { IMMUTABLE_NAME, shotName } from './library';
import { openComfyui, screen } from './screen';

const selectionScreen = (page: Page) => {
  const { toolbar, search, ...rest } = screen(page);
  return {
    ...rest,
    toolbar,
    all: page.getByRole('checkbox', { name: 'Select page' }),
    clear: () => toolbar.getByRole('button', { name: 'Clear selection' }).click(),
    find: async (text: string) => {
      await search.fill(text);
      await search.press('Enter');
    },
  };
};

test('what is ticked is kept, counted, and deleted together', async ({ page, sent }) => {
  await openComfyui(page, '&size=20');
  const { all, clear, tick, toolbar, range, button, dialog, find, status } = selectionScreen(page);

  await test.step('ticks are kept across pages and filters, and the toolbar says what is out of view', async () => {
    await tick(shotName(248)).check();
    await expect(toolbar).toContainText('1 selected');
    await tick(shotName(247)).check();
    await button('Next page').click();
    await expect(range).toHaveText('21–40 of 260');
    await expect(toolbar).toContainText('2 selected, 2 not in this view');
    await tick(shotName(228)).check();
    await expect(toolbar).toContainText('3 selected, 2 not in this view');

    await find('shot-24');
    await expect(range).toHaveText('1–9 of 9');
    await expect(toolbar).toContainText('3 selected, 1 not in this view');
    await expect(tick(shotName(248))).toBeChecked();
    await tick(shotName(247)).uncheck();
    await expect(toolbar).toContainText('2 selected, 1 not in this view');
    // What is ticked is nobody else's business.
    expect(page.url()).not.toContain('248');
  });

  await test.step('what is ticked on two pages is deleted together', async () => {
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
    await expect(status('2 assets were deleted')).toBeVisible();
    expect(sent('DELETE').map(({ path }) => path.slice(-3))).toEqual(['248', '228']);
    await expect(range).toHaveText('1–8 of 8');
  });

  await test.step('a shift-click takes everything in between, in either direction', async () => {
    await tick(shotName(246)).check();
    await tick(shotName(241)).click({ modifiers: ['Shift'] });
    await expect(toolbar).toContainText('6 selected');
    for (const number of [246, 245, 244, 243, 242, 241]) await expect(tick(shotName(number))).toBeChecked();
    await expect(tick(shotName(247))).not.toBeChecked();
    await tick(shotName(244)).click({ modifiers: ['Shift'] });
    await expect(toolbar).toContainText('2 selected');

    await clear();
    await expect(toolbar).toHaveCount(0);
    await expect(tick(shotName(246))).not.toBeChecked();
    await expect(page.locator('body')).not.toBeFocused();
  });

  await test.step('"Select page" takes what can be deleted and shows when only some are ticked', async () => {
    await find('.safetensors');
    await expect(range).toHaveText('1–2 of 2');
    await expect(tick(IMMUTABLE_NAME)).toBeDisabled();
    await all.check();
    await expect(toolbar).toContainText('1 selected');
    await expect(tick(IMMUTABLE_NAME)).not.toBeChecked();
    await find('');
    await expect(range).toHaveText('1–20 of 258');
    await all.check();
    await expect(toolbar).toContainText('21 selected, 1 not in this view');
    await tick(shotName(247)).uncheck();
    await expect(all).toHaveJSProperty('indeterminate', true);
    await expect(toolbar).toContainText('20 selected');
    await all.click();
    await expect(toolbar).toContainText('21 selected');
    await all.uncheck();
    await expect(toolbar).toContainText('1 selected, 1 not in this view');
  });

  await test.step('all rows of a page of 500 are ticked at once', async () => {
    await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('500');
    await expect(range).toHaveText('1–258 of 258');
    await all.check();
    // Not the one that the provider protects.
    await expect(toolbar).toContainText('257 selected');
  });
});
