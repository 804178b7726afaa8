import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { screen } from './screen';

const SAVED = './?connection=demo-comfy&view=saved';

const savedScreen = (page: Page) => ({
  ...screen(page),
  field: (name: string) => page.getByRole('textbox', { name, exact: true }),
  choice: (name: string) => page.getByRole('combobox', { name, exact: true }),
  press: (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click(),
  views: page.getByRole('list', { name: 'Saved views' }).getByRole('listitem'),
  policies: page.getByRole('list', { name: 'Policies' }).getByRole('listitem'),
  difference: page.getByRole('list', { name: 'Difference to the last run' }).getByRole('listitem'),
  summary: page.getByText(/of the [\d,]+ assets? that the view shows would be deleted/),
});

/** Filters the table, gives that a name, and opens the list of views. */
async function saveView(page: Page, filters: string, name: string) {
  const { field, press, views, range } = savedScreen(page);
  await page.goto(`./?connection=demo-comfy${filters}`);
  await expect(range).toHaveText(/^1–/);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Saved views' }).click();
  await press('Save what the table shows now…');
  await field('Name of the view').fill(name);
  await page.keyboard.press('Enter');
  await expect(views.filter({ hasText: name })).toHaveCount(1);
}

test('a view is saved, opened again elsewhere, and carried to another browser as a file', async ({
  page,
  newVisitor,
  axe,
}) => {
  await saveView(page, '&include=loras&sort=size&order=asc', 'LoRAs');
  const { views, press, range, header } = savedScreen(page);
  await expect(views).toContainText('Tag loras, by size, ascending');
  await axe();
  await page.reload();
  await views.getByRole('link', { name: 'LoRAs' }).click();
  await expect(page).toHaveURL(/include=loras/);
  await expect(header('Size')).toHaveAttribute('aria-sort', 'ascending');
  const count = (await range.textContent()) ?? '';
  await page.goBack();

  const downloading = page.waitForEvent('download');
  await press('Export');
  const path = await (await downloading).path();
  const visitor = await newVisitor();
  await visitor.goto(SAVED);
  const there = savedScreen(visitor);
  await visitor.getByLabel('File of views and policies').setInputFiles(path);
  await visitor
    .getByRole('alertdialog', { name: 'Import 1 view?' })
    .getByRole('button', { name: 'Import' })
    .click();
  await there.views.getByRole('link', { name: 'LoRAs' }).click();
  await expect(there.range).toHaveText(count);
});

test('a policy is dry-run twice, which shows the difference, and carried out only through its plan', async ({
  page,
  axe,
}) => {
  test.setTimeout(120_000);
  await saveView(page, '&include=loras', 'LoRAs');
  const { press, field, choice, policies, difference, summary, dialog } = savedScreen(page);
  await press('Make a policy of LoRAs');
  await field('Name').fill('Old LoRAs');
  await choice('What stays').selectOption('The first few of them all');
  await field('How many').fill('2');
  await axe();
  await press('Save policy');
  await expect(policies).toContainText('Deletes what “LoRAs” shows. The newest 2 of them all are kept.');

  // There is no index yet: it is built first, and the dry run begins by itself.
  await press('Dry run of Old LoRAs');
  await expect(
    page.getByText('There is no index of this library yet, and a dry run needs one.'),
  ).toBeVisible();
  await press('Build it first');
  await expect(summary).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('This is the first dry run of this policy here')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Kept, and why' })).toContainText(
    'The newest 2 of them all are kept2',
  );
  const listed = Number(/^([\d,]+)/.exec((await summary.textContent()) ?? '')?.[1]?.replace(',', ''));
  expect(listed).toBeGreaterThan(3);
  await axe();

  // One more is kept now: it is no longer on the list.
  await press('Edit policy');
  await field('How many').fill('3');
  await press('Save policy');
  await press('Dry run of Old LoRAs');
  await expect(difference).toHaveText([
    '0 new',
    /^1 no longer on the list: /,
    '0 no longer in the library',
    `${listed - 1} the same`,
  ]);
  await expect(page.getByText(/The policy or its view was changed since the last dry run/)).toBeVisible();

  // The plan is what asks; and what it did is what differs the next time.
  await press(`Delete ${listed - 1}…`);
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await press('Dry run again');
  await expect(difference.last()).toHaveText(`${listed - 1} the same`);
  await press('Back to the list');
  await expect(policies.getByRole('heading', { name: 'Old LoRAs' })).toBeFocused();
  await expect(policies).toContainText(`${listed - 1} assets would be deleted`);
  await expect(policies).not.toContainText('Confirmed');
});

test('views and policies fit a phone and the keyboard', async ({ page, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await saveView(page, '&include=loras', 'A view with a long name, since people write what it is for');
  await axe();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  const { policies } = savedScreen(page);
  await page.getByRole('button', { name: /^Make a policy of/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(policies.getByRole('heading')).toBeFocused();
  expect(await overflow()).toBe(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Dry run of/ })).toBeFocused();
});
