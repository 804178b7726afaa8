import type { Page } from '@playwright/test';

import { createComfyLibrary, type ComfyLibrary } from '@/demo/comfy-library';

import { expect, selfHosted, test } from './fixtures';
import { COMFY_ASSETS, MANY_TAGS, UNKNOWN_SIZE_NAME } from './library';
import { openComfyui, screen } from './screen';

/** Four of the jobs, and all that belongs to none: the views are the same for fifty, and take their time. */
const FEW_JOBS = ['job-1', 'job-2', 'job-3', 'job-4'];
const FEW_ASSETS = COMFY_ASSETS.filter(({ job_id: job }) => job == null || FEW_JOBS.includes(job));

const HEADINGS = { 'by-job': 'By job', leftovers: 'Leftovers', tags: 'Tags' };

/** Opens a view of the index, which is built first. */
async function openView(page: Page, view: keyof typeof HEADINGS) {
  await openComfyui(page, `&view=${view}`);
  await page.getByRole('button', { name: 'Build the index' }).click();
  await expect(page.getByRole('heading', { name: HEADINGS[view], exact: true })).toBeVisible();
}

/** All that a person owns. */
const owned = (library: ComfyLibrary) =>
  library.list({ limit: 500 }).assets.filter((asset) => asset.is_public !== true);

/** How it is laid out on a desk and on a phone, with a tick wherever there is something to tick. */
async function lookAt(page: Page, axe: () => Promise<void>) {
  const box = page.locator('main').getByRole('checkbox', { disabled: false }).last();
  await box.check();
  await expect(page.getByRole('toolbar')).toBeVisible();
  const desk = page.viewportSize();
  await axe();
  await page.setViewportSize({ width: 390, height: 844 });
  await axe();
  if (desk !== null) await page.setViewportSize(desk);
  await box.uncheck();
  await expect(page.getByRole('toolbar')).toHaveCount(0);
}

test('the views of an index: by job, what is left over, and tags', async ({ page, network, axe }) => {
  test.setTimeout(90_000);
  const library = createComfyLibrary(FEW_ASSETS);
  network.use(...selfHosted(library));
  const { toolbar, status, button, range, name, view, dialog, table } = screen(page);
  const untagged = owned(library).find(({ tags }) => tags?.length === 1);
  library.removeTags(untagged?.id ?? '', untagged?.tags ?? []);

  await test.step('a rule keeps the newest of each job, and one click ticks all the others', async () => {
    const jobs = new Map<string, number>();
    for (const { job_id: job } of owned(library)) {
      if (job != null) jobs.set(job, (jobs.get(job) ?? 0) + 1);
    }
    const restBeyond = (kept: number) =>
      [...jobs.values()].reduce((sum, count) => sum + Math.max(0, count - kept), 0);
    const rest = restBeyond(1);
    await openView(page, 'by-job');
    await expect(status(`${rest} assets, up to`)).toContainText(`may go from ${jobs.size} jobs`);

    await button(`Select these ${rest}`).click();
    await expect(toolbar).toContainText(`${rest} selected`);
    const job = page.getByRole('article').first();
    await expect(job.getByRole('checkbox', { checked: false })).toHaveCount(1);
    await expect(job.getByRole('listitem').filter({ hasText: 'Stays: newest' })).toHaveCount(1);

    // The rest of each job again, by another rule: what is ticked already stays ticked.
    await button('Clear selection').click();
    await page.getByRole('textbox', { name: 'How many' }).fill('4');
    const beyondFour = restBeyond(4);
    await button(`Select these ${beyondFour}`).click();
    await expect(toolbar).toContainText(`${beyondFour} selected`);
    await button('Clear selection').click();
  });

  await test.step('“By job” has no accessibility problem', () => lookAt(page, axe));

  await test.step('what is left over leads to the same assets in the table', async () => {
    await view('Leftovers').click();
    await button('Select all 1: Untagged').click();
    await expect(toolbar).toContainText('1 selected');
    await page.getByRole('link', { name: 'Unknown size: show 1 asset in the table' }).click();
    await expect(range).toHaveText('1–1 of 1');
    await expect(name(UNKNOWN_SIZE_NAME)).toBeVisible();
    await page.goBack();
    await page.getByRole('link', { name: 'Untagged: show 1 asset in the table' }).click();
    await expect(range).toHaveText('1–1 of 1');
    await expect(name(untagged?.name ?? '')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Leftovers', exact: true })).toBeVisible();
    await button('Clear selection').click();
  });

  await test.step('“Leftovers” has no accessibility problem', () => lookAt(page, axe));

  const tags = page.getByRole('table', { name: 'Tags', exact: true });
  await test.step('“Tags” has no accessibility problem', async () => {
    await view('Tags').click();
    await expect(tags.getByRole('row', { name: 'output' })).toContainText('20');
    await lookAt(page, axe);
  });

  await test.step('rare tags are taken off in bulk, and are gone from the view at once', async () => {
    const [, first = '', second = ''] = MANY_TAGS;
    const pick = (tag: string) => tags.getByRole('checkbox', { name: `Pick tag ${tag}`, exact: true });
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
    expect(library.list({ includeTags: [first] }).assets).toEqual([]);
  });

  await test.step('each tag leads to what still has it', async () => {
    await tags.getByRole('link', { name: 'tag-03', exact: true }).click();
    await expect(range).toHaveText('1–1 of 1');
    await expect(table).toBeVisible();
  });
});
