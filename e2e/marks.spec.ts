import { grow, grownId, grownName } from './job-host';
import { expect, jobScreen, test } from './job-test';

test('marks gather across visits, are undone without limit, and become one deletion; what is pinned stays', async ({
  page,
  startHost,
}) => {
  const host = await startHost({ assets: grow(30) });
  const { name, tick, status, view, toolbar, dialog, row, range, button, steer, alert } = jobScreen(page);
  const inToolbar = (label: string) => toolbar.getByRole('button', { name: label, exact: true });
  const marked = page.getByRole('table', { name: 'Marked assets' });
  const markedRows = marked.locator('tbody').getByRole('row');
  await page.goto(`${host.url}&size=20`);
  await expect(range).toHaveText('1–20 of 30');

  await test.step('marking by key, one after the other, without a dialog', async () => {
    await name(grownName(30)).focus();
    await page.keyboard.press('m');
    await expect(status(`${grownName(30)} is marked for deletion. Nothing is deleted yet.`)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    await expect(status(`${grownName(29)} is marked for deletion`)).toBeVisible();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('marking and pinning what is ticked', async () => {
    for (const number of [28, 27, 26]) await tick(grownName(number)).check();
    await inToolbar('Mark for deletion').click();
    await expect(status('3 assets are marked for deletion')).toBeVisible();
    await inToolbar('Clear selection').click();
    await tick(grownName(19)).check();
    await inToolbar('Pin').click();
    await expect(status(`${grownName(19)} is pinned: Winnow will not delete it.`)).toBeVisible();
  });

  await page.reload();

  await test.step('what is pinned cannot be marked, and says why', async () => {
    await expect(row(grownName(19)).getByRole('img', { name: 'Pinned', exact: true })).toBeVisible();
    await name(grownName(19)).focus();
    await page.keyboard.press('m');
    await expect(alert).toContainText(`${grownName(19)} is pinned by you: unpin it to mark it for deletion`);
    await expect(view('Marked')).toHaveText('Marked5');
  });

  await test.step('marks are there after a reload, and are taken off and put back', async () => {
    await view('Marked').click();
    await expect(page.getByText('5 assets, up to 5 kB')).toBeVisible();
    await expect(page.getByText('Nothing here has been removed yet, and storage still costs')).toBeVisible();
    await expect(markedRows).toHaveCount(5);
    await button(`Unmark ${grownName(27)}`).click();
    await expect(markedRows).toHaveCount(4);
    await button('Undo').click();
    await expect(markedRows).toHaveCount(5);
    await button(`Unmark ${grownName(26)}`).click();
    await expect(page.getByText('4 assets, up to 4 kB')).toBeVisible();
    expect(host.received.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  await test.step('what is marked is deleted once it is confirmed', async () => {
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
    expect([...host.deletions()].sort()).toEqual([27, 28, 29, 30].map(grownId));
    await expect(page.getByRole('heading', { name: 'Nothing is marked' })).toBeVisible();
    await view('All assets').click();
    await expect(range).toHaveText('1–20 of 26');
    await expect(name(grownName(26))).toBeVisible();
  });

  await test.step('what is pinned is left out, with the reason, until it is unpinned', async () => {
    for (const number of [20, 19, 18]) await tick(grownName(number)).check();
    await inToolbar('Delete…').click();
    await expect(dialog).toHaveAccessibleName('Delete 2 assets?');
    const leftOut = dialog.getByRole('region', { name: 'Left out' });
    await expect(leftOut).toContainText('1 asset is left out');
    await expect(leftOut).toContainText(`${grownName(19)}: Pinned by you`);
    await dialog.getByRole('button', { name: 'Delete 2 forever' }).click();
    await expect(status('2 assets were deleted')).toBeVisible();
    expect(host.deletions().slice(4).sort()).toEqual([18, 20].map(grownId));
    await expect(range).toHaveText('1–20 of 24');

    await tick(grownName(19)).check();
    await inToolbar('Unpin').click();
    await expect(status(`${grownName(19)} is no longer pinned`)).toBeVisible();
    await inToolbar('Delete…').click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status(`${grownName(19)} was deleted`)).toBeVisible();
    expect(host.deletions()).toContain(grownId(19));
  });
});
