import { grow, grownId, grownName } from './job-host';
import { expect, jobScreen, test } from './job-test';

test('marks gather across visits, are undone without limit, and become one deletion', async ({
  page,
  startHost,
}) => {
  const host = await startHost({ assets: grow(60) });
  const { name, tick, status, view, toolbar, dialog, range, button, steer } = jobScreen(page);
  const marked = page.getByRole('table', { name: 'Marked assets' });
  const markedRows = marked.locator('tbody').getByRole('row');
  await page.goto(host.url);
  await expect(range).toHaveText('1–50 of 60');

  // By key, one after the other, without a dialog.
  await name(grownName(60)).focus();
  await page.keyboard.press('m');
  await expect(status(`${grownName(60)} is marked for deletion. Nothing is deleted yet.`)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('m');
  await expect(status(`${grownName(59)} is marked for deletion`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  // And for what is ticked.
  for (const number of [58, 57, 56]) await tick(grownName(number)).check();
  await toolbar.getByRole('button', { name: 'Mark for deletion' }).click();
  await expect(status('3 assets are marked for deletion')).toBeVisible();
  await toolbar.getByRole('button', { name: 'Clear selection' }).click();

  await page.reload();
  await expect(view('Marked')).toHaveText('Marked5');
  await view('Marked').click();
  await expect(page.getByText('5 assets, up to 5 kB')).toBeVisible();
  await expect(page.getByText('Nothing here has been removed yet, and storage still costs')).toBeVisible();
  await expect(markedRows).toHaveCount(5);
  await button(`Unmark ${grownName(57)}`).click();
  await expect(markedRows).toHaveCount(4);
  await button('Undo').click();
  await expect(markedRows).toHaveCount(5);
  await button(`Unmark ${grownName(56)}`).click();
  await expect(page.getByText('4 assets, up to 4 kB')).toBeVisible();
  expect(host.received.filter(({ method }) => method !== 'GET')).toEqual([]);

  await button('Delete 4 marked…').click();
  await expect(dialog).toHaveAccessibleName('Delete 4 assets?');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(markedRows).toHaveCount(4);
  await button('Delete 4 marked…').click();
  // Marked one by one, over days perhaps: nobody sees them all at once now.
  await dialog.getByRole('textbox', { name: 'Type 4 to confirm' }).fill('4');
  await dialog.getByRole('button', { name: 'Delete 4 forever' }).click();
  await steer('Start now').click();
  await expect(status('Deleting 4 assets is done: 4 deleted')).toBeVisible();
  expect([...host.deletions()].sort()).toEqual([57, 58, 59, 60].map(grownId));
  await expect(page.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
  await view('All assets').click();
  await expect(range).toHaveText('1–50 of 56');
  await expect(name(grownName(56))).toBeVisible();
});

test('what is pinned is left out, with the reason, until it is unpinned', async ({ page, startHost }) => {
  const host = await startHost({ assets: grow(10) });
  const { name, tick, status, view, toolbar, dialog, row, range, alert } = jobScreen(page);
  await page.goto(host.url);
  await tick(grownName(9)).check();
  await toolbar.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(status(`${grownName(9)} is pinned: Winnow will not delete it.`)).toBeVisible();
  await page.reload();
  await expect(row(grownName(9)).getByRole('img', { name: 'Pinned', exact: true })).toBeVisible();
  // Marking it says why not.
  await name(grownName(9)).focus();
  await page.keyboard.press('m');
  await expect(alert).toContainText(`${grownName(9)} is pinned by you: unpin it to mark it for deletion`);
  await expect(view('Marked')).toHaveText('Marked');

  for (const number of [10, 9, 8]) await tick(grownName(number)).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName('Delete 2 assets?');
  const leftOut = dialog.getByRole('region', { name: 'Left out' });
  await expect(leftOut).toContainText('1 asset is left out');
  await expect(leftOut).toContainText(`${grownName(9)}: Pinned by you`);
  await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
  await expect(status('2 assets were deleted')).toBeVisible();
  expect([...host.deletions()].sort()).toEqual([8, 10].map(grownId));
  await expect(range).toHaveText('1–8 of 8');

  await tick(grownName(9)).check();
  await toolbar.getByRole('button', { name: 'Unpin' }).click();
  await expect(status(`${grownName(9)} is no longer pinned`)).toBeVisible();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${grownName(9)} was deleted`)).toBeVisible();
  expect(host.deletions()).toContain(grownId(9));
});
