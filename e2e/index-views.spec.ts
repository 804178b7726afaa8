import type { Page } from '@playwright/test';

import type { ComfyLibrary } from '@/demo/comfy-library';

import { expect, test } from './fixtures';
import { MANY_TAGS, UNKNOWN_SIZE_NAME } from './library';
import { openComfyui, screen } from './screen';

/** Opens a view of the index, which is built first. */
async function openView(page: Page, view: 'by-job' | 'leftovers' | 'tags') {
  await openComfyui(page, `&view=${view}`);
  await page.getByRole('button', { name: 'Build the index' }).click();
  await expect(page.getByRole('heading', { name: HEADINGS[view], exact: true })).toBeVisible();
}
const HEADINGS = { 'by-job': 'By job', leftovers: 'Leftovers', tags: 'Tags' };

/** All that a person owns. */
const owned = (library: ComfyLibrary) =>
  library.list({ limit: 500 }).assets.filter((asset) => asset.is_public !== true);

test('a rule keeps the newest of each job, and one click ticks all the others', async ({
  page,
  libraries,
}) => {
  const jobs = new Map<string, number>();
  for (const { job_id: job } of owned(libraries.comfyui)) {
    if (job != null) jobs.set(job, (jobs.get(job) ?? 0) + 1);
  }
  const restBeyond = (kept: number) =>
    [...jobs.values()].reduce((sum, count) => sum + Math.max(0, count - kept), 0);
  const rest = restBeyond(1);
  await openView(page, 'by-job');
  const { toolbar, status, button } = screen(page);
  await expect(status(`${rest} assets, up to`)).toContainText(`may go from ${jobs.size} jobs`);

  await button(`Select these ${rest}`).click();
  await expect(toolbar).toContainText(`${rest} selected`);
  const job = page.getByRole('article').first();
  await expect(job.getByRole('checkbox', { checked: false })).toHaveCount(1);
  await expect(job.getByRole('listitem').filter({ hasText: 'Stays: newest' })).toHaveCount(1);

  // The rest of each job again, by another rule: what is ticked already stays ticked.
  await toolbar.getByRole('button', { name: 'Clear selection' }).click();
  await page.getByRole('textbox', { name: 'How many' }).fill('4');
  const beyondFour = restBeyond(4);
  await button(`Select these ${beyondFour}`).click();
  await expect(toolbar).toContainText(`${beyondFour} selected`);
});

test('what is left over leads to the same assets in the table', async ({ page, libraries }) => {
  const untagged = owned(libraries.comfyui).find(({ tags }) => tags?.length === 1);
  libraries.comfyui.removeTags(untagged?.id ?? '', untagged?.tags ?? []);
  await openView(page, 'leftovers');
  const { range, name, toolbar, button } = screen(page);

  await button('Select all 1: Untagged').click();
  await expect(toolbar).toContainText('1 selected');
  await page.getByRole('link', { name: 'Unknown size: show 1 asset in the table' }).click();
  await expect(range).toHaveText('1–1 of 1');
  await expect(name(UNKNOWN_SIZE_NAME)).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Untagged: show 1 asset in the table' }).click();
  await expect(range).toHaveText('1–1 of 1');
  await expect(name(untagged?.name ?? '')).toBeVisible();
});

test('rare tags are taken off in bulk, and are gone from the view at once', async ({ page, libraries }) => {
  const [, first = '', second = ''] = MANY_TAGS;
  await openView(page, 'tags');
  const { dialog, table, range } = screen(page);
  const tags = page.getByRole('table', { name: 'Tags', exact: true });
  const pick = (tag: string) => tags.getByRole('checkbox', { name: `Pick tag ${tag}`, exact: true });
  await expect(tags.getByRole('row', { name: 'output' })).toContainText('248');

  await page.getByRole('combobox', { name: 'Show' }).selectOption('Rare tags');
  await page.getByRole('textbox', { name: 'On at most so many assets' }).fill('1');
  await pick(first).check();
  await pick(second).check();
  const picked = page.getByRole('toolbar', { name: 'Picked tags' });
  await expect(picked).toContainText('2 tags picked, on 1 asset.');

  await picked.getByRole('button', { name: 'Remove from 1…' }).click();
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  // While it is open, whatever is behind it is out of reach.
  await expect(dialog).toHaveCount(0);
  await expect(pick('tag-03')).toBeVisible();
  await expect(pick(first)).toHaveCount(0);
  await expect(pick(second)).toHaveCount(0);
  await expect(picked).toHaveCount(0);
  expect(libraries.comfyui.list({ includeTags: [first] }).assets).toEqual([]);

  // And each tag leads to what still has it.
  await tags.getByRole('link', { name: 'tag-03', exact: true }).click();
  await expect(range).toHaveText('1–1 of 1');
  await expect(table).toBeVisible();
});

const WIDTHS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const view of ['by-job', 'leftovers', 'tags'] as const) {
  for (const [width, size] of Object.entries(WIDTHS)) {
    test(`${HEADINGS[view]} has no accessibility problem on a ${width}`, async ({ page, axe }) => {
      await page.setViewportSize(size);
      await openView(page, view);
      // Whatever can be ticked there.
      const box = page.locator('main').getByRole('checkbox', { disabled: false }).last();
      await box.check();
      await expect(page.getByRole('toolbar')).toBeVisible();
      await axe();
    });
  }
}
