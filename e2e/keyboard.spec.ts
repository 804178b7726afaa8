import type { Locator, Page } from '@playwright/test';

import { http } from 'msw';

import { expect, test } from './fixtures';
import { shotId, shotName } from './library';
import { deleteFifty, openComfyui, screen } from './screen';

/** Presses Tab until the target has the focus, as somebody without a mouse would. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  // Found by its role and name once, not at each press.
  const element = await target.elementHandle();
  const whereIsIt = () =>
    element.evaluate((there) => {
      const { activeElement: now, body } = document;
      return now === there ? 'there' : now === body ? 'lost' : 'on its way';
    });
  for (let presses = 0; presses < 60; presses += 1) {
    const where = await whereIsIt();
    if (where === 'there') break;
    if (where === 'lost' && presses > 0) await notLost(target.page());
    await target.page().keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

const notLost = (page: Page) => expect(page.locator('body')).not.toBeFocused();

/** Whether the middle of what has the focus can be seen. */
const isUncovered = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const box = element?.getBoundingClientRect();
    if (!element || !box) return false;
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });

const STEPS = [...Array<string>(14).fill('ArrowDown'), ...Array<string>(14).fill('ArrowUp'), 'End', 'Home'];

test('everything is done without a mouse, from loading to deleting, and the focus is never lost', async ({
  page,
  network,
  libraries,
  sent,
}) => {
  await openComfyui(page);
  const { search, name, drawer, dialog, status, tick, toolbar, range, button, row, view, strip } =
    screen(page);
  const flag = (number: number) => row(shotName(number)).getByRole('img', { name: 'Marked for deletion' });
  const unmark = (number: number) => button(`Unmark ${shotName(number)}`);
  const control = (label: string) => strip.getByRole('button', { name: label, exact: true });
  const deletions = () => sent('DELETE', /\/assets\/[^/]+$/);
  await expect(range).toHaveText('1–50 of 260');

  await test.step('the search', async () => {
    await page.keyboard.press('Tab');
    await tabTo(search);
    await page.keyboard.type('shot-2');
    await page.keyboard.press('Enter');
    await expect(range).toHaveText('1–49 of 49');
    await notLost(page);
  });

  await test.step('an asset is opened, stepped on from, and closed', async () => {
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
  });

  await test.step('a tag comes off in its row and is put back by its toast, and the focus survives that', async () => {
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

    await button('Undo').focus();
    await page.keyboard.press('Enter');
    await expect(status(`Tag “draft” put back`)).toBeVisible();
    await notLost(page);
    await name(shotName(248)).focus();
  });

  await test.step('one asset is deleted from its row', async () => {
    await tabTo(button(`Delete ${shotName(248)}…`));
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(status(`${shotName(248)} was deleted`)).toBeVisible();
    await expect(name(shotName(247))).toBeFocused();
  });

  await test.step('several are deleted by ticking', async () => {
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
  });

  await test.step('it goes on through all pages once the filter is taken off', async () => {
    await tabTo(button('Remove filter: Name contains “shot-2”'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(range).toHaveText('1–50 of 257');
    await expect(search).toBeFocused();
  });

  await test.step('what is marked with "m" is looked at once more and deleted', async () => {
    await name(shotName(245)).focus();
    await page.keyboard.press('m');
    await expect(status(`${shotName(245)} is marked for deletion. Nothing is deleted yet.`)).toBeVisible();
    await expect(flag(245)).toBeVisible();
    await expect(name(shotName(245))).toBeFocused();
    await page.keyboard.press('m');
    await expect(status(`${shotName(245)} is no longer marked for deletion.`)).toBeVisible();
    await expect(flag(245)).toHaveCount(0);
    for (const number of [245, 244, 243]) {
      await page.keyboard.press('m');
      await expect(flag(number)).toBeVisible();
      await page.keyboard.press('ArrowDown');
    }
    await expect(name(shotName(242))).toBeFocused();

    await tabTo(view('Marked'), 'Shift+Tab');
    await expect(view('Marked')).toHaveText('Marked3');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Marked for deletion' })).toBeVisible();
    await notLost(page);

    // The last marked stands first; each takes the place of the one before.
    await tabTo(unmark(243));
    await page.keyboard.press('Enter');
    await expect(unmark(243)).toHaveCount(0);
    await expect(unmark(244)).toBeFocused();

    await tabTo(button('Delete 2 marked…'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveAccessibleName('Delete 2 assets?');
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(button('Delete 2 marked…')).toBeFocused();
    expect(deletions()).toHaveLength(3);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    // Who marked them may have forgotten why: the count is asked for, however small.
    await tabTo(dialog.getByRole('textbox', { name: 'Type 2 to confirm' }));
    await page.keyboard.type('2');
    await tabTo(dialog.getByRole('button', { name: 'Delete 2 forever' }));
    await page.keyboard.press('Enter');
    await expect(strip).toContainText('Deleting 2 assets in');
    await notLost(page);
    await tabTo(strip.getByRole('button', { name: 'Start now' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(status('Deleting 2 assets is done: 2 deleted')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
    expect(
      deletions()
        .slice(3)
        .map(({ path }) => path),
    ).toEqual([244, 245].map((number) => `/api/assets/${shotId(number)}`));
    await notLost(page);
    await tabTo(view('All assets'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(range).toHaveText('1–50 of 255');
  });

  await test.step('what has the focus is never hidden behind the header or the toolbar', async () => {
    await tick(shotName(243)).check();
    await expect(toolbar).toBeVisible();
    await name(shotName(243)).focus();
    for (const key of STEPS) {
      await page.keyboard.press(key);
      expect(await isUncovered(page), `after ${key}`).toBe(true);
    }
  });

  await test.step('a job is started, paused, resumed and stopped from its strip', async () => {
    const waiting: (() => void)[] = [];
    const answerAll = () => waiting.splice(0).forEach((answer) => answer());
    network.use(
      http.delete(
        '*/proxy/comfyui/api/assets/:id',
        () => new Promise<undefined>((go) => waiting.push(() => go(undefined))),
      ),
    );
    const before = deletions().length;
    await deleteFifty(page);
    await expect(name(shotName(243))).toBeFocused();

    // Whatever the button does next, it stays where it is.
    await tabTo(control('Start now'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(control('Pause')).toBeFocused();
    await expect.poll(() => waiting.length).toBe(3);
    await page.keyboard.press('Enter');
    answerAll();
    await expect(control('Resume')).toBeFocused();
    await expect(strip).toContainText('Paused: 47 of 50 are left.');
    expect(deletions()).toHaveLength(before + 3);
    await page.keyboard.press('Enter');
    await expect(control('Pause')).toBeFocused();
    await expect.poll(() => waiting.length).toBe(3);

    await page.keyboard.press('Tab');
    await expect(control('Cancel…')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Keep going' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(control('Cancel…')).toBeFocused();
    await page.keyboard.press('Enter');
    await tabTo(dialog.getByRole('button', { name: 'Stop' }));
    await page.keyboard.press('Enter');
    answerAll();
    await expect(status('Deleting 50 assets was cancelled: 6 deleted, 44 not sent')).toBeVisible();
    await expect(strip).toHaveCount(0);
    await notLost(page);
    expect(deletions()).toHaveLength(before + 6);
  });
});
