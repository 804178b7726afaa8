import type { Page } from '@playwright/test';

import { createComfyLibrary, type ComfyLibrary } from '@/demo/comfy-library';

import { expect, selfHosted, test } from './fixtures';
import { COMFY_ASSETS, MANY_TAGS, UNKNOWN_SIZE_NAME } from './library';
import { openComfyui, screen } from './screen';

/** Four of the jobs, and all that belongs to none: the views are the same for fifty, and take their time. */
const FEW_JOBS = ['job-1', 'job-2', 'job-3', 'job-4'];
const FEW_ASSETS = COMFY_ASSETS.filter(({ job_id: job }) => job == null || FEW_JOBS.includes(job));

/** `1,204` of `1,204 assets, up to …`. */
const countIn = (text: string | null): string => /[\d,]+(?= assets?)/.exec(text ?? '')?.[0] ?? 'no count';

/** All that a person owns. */
const owned = (library: ComfyLibrary) =>
  library.list({ limit: 500 }).assets.filter((asset) => asset.is_public !== true);

/** How it looks with a tick, which brings a toolbar, wherever there is something to tick. */
async function lookAt(page: Page, axe: () => Promise<void>) {
  const box = page.locator('main').getByRole('checkbox', { disabled: false }).last();
  await box.check();
  await expect(page.getByRole('toolbar')).toBeVisible();
  await axe();
  await box.uncheck();
  await expect(page.getByRole('toolbar')).toHaveCount(0);
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 720 };

test('the views of an index: what it holds and costs, what is large and cold, by job, left over, and tags', async ({
  page,
  network,
  axe,
  sent,
}) => {
  test.setTimeout(90_000);
  const library = createComfyLibrary(FEW_ASSETS);
  network.use(...selfHosted(library));
  const { toolbar, status, button, range, name, view, dialog, table } = screen(page);
  const untagged = owned(library).find(({ tags }) => tags?.length === 1);
  library.removeTags(untagged?.id ?? '', untagged?.tags ?? []);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  await test.step('the overview leads from each of its parts to the table with just these', async () => {
    await openComfyui(page, '&view=overview');
    await button('Build the index').click();
    await expect(page.getByRole('heading', { name: 'By kind' })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    const images = page
      .getByRole('table', { name: 'Assets by kind' })
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Image', exact: true }) });
    const count = await images.getByRole('cell').first().textContent();
    await axe();
    await images.getByRole('link').click();
    await expect(range).toHaveText(new RegExp(`of ${String(count)}$`));
    await page.goBack();

    // By keyboard alone: one stop of Tab for a picture, arrows inside it, Enter follows.
    const areas = page.getByRole('group', { name: 'Treemap' }).getByRole('link');
    await page.getByRole('combobox', { name: 'Kinds divided by' }).focus();
    await page.keyboard.press('Tab');
    await expect(areas.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(areas.nth(1)).toBeFocused();
    const area = countIn(await areas.nth(1).getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await expect(range).toHaveText(new RegExp(`of ${area}$`));
    await page.goBack();

    const bar = page.getByRole('group', { name: 'Chart of months' }).getByRole('link').last();
    await bar.focus();
    const month = countIn(await bar.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await expect(range).toHaveText(new RegExp(`of ${month}$`));
    await page.goBack();
  });

  await test.step('a price turns bytes into money, and asks nobody', async () => {
    const price = page.getByRole('textbox', { name: 'Price per GB and month' });
    await expect(price).toBeVisible();
    await expect(page.getByText('At your price')).toHaveCount(0);
    const before = sent().length;
    await price.fill('250');
    await expect(page.getByText(/At your price that is up to US\$[\d,.]+ a month\./)).toBeVisible();
    expect(sent()).toHaveLength(before);
    await price.fill('');
    await expect(page.getByText('At your price')).toHaveCount(0);
  });

  await test.step('the overview is read on a phone without scrolling sideways', async () => {
    await page.setViewportSize(PHONE);
    await expect(page.getByRole('group', { name: 'Treemap' })).toBeInViewport({ ratio: 0.01 });
    await expect.poll(overflow).toBeLessThanOrEqual(0);
  });

  await test.step('so is what is large and cold', async () => {
    await view('Large and cold').click();
    await expect(page.getByRole('heading', { name: 'What the largest hold' })).toBeVisible();
    const plot = page.getByRole('img', { name: /^Size against days without use/ });
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.setViewportSize(DESK);
  });

  await test.step('what is large and cold is cut off by keyboard, selected, and shown in the table', async () => {
    await axe();
    await page.getByRole('slider', { name: 'At least this large' }).focus();
    await page.keyboard.press('Home');
    await page.getByRole('slider', { name: 'Not used for' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('slider', { name: 'Not used for' })).toHaveAttribute(
      'aria-valuetext',
      '1 day',
    );
    const said = page.getByRole('region', { name: 'Size against time without use' }).getByRole('status');
    const count = countIn(await said.textContent());
    const select = page.getByRole('button', { name: /^Select these/ });
    const selectable = (await select.textContent())?.replace('Select these ', '') ?? '';
    await select.click();
    await expect(toolbar).toContainText(`${selectable} selected`);
    await page.getByRole('link', { name: 'Show them in the table' }).click();
    await expect(range).toHaveText(new RegExp(`of ${count}$`));
    await expect(toolbar).toContainText(`${selectable} selected`);
    await button('Clear selection').click();
  });

  await test.step('a rule keeps the newest of each job, and one click ticks all the others', async () => {
    const jobs = new Map<string, number>();
    for (const { job_id: job } of owned(library)) {
      if (job != null) jobs.set(job, (jobs.get(job) ?? 0) + 1);
    }
    const restBeyond = (kept: number) =>
      [...jobs.values()].reduce((sum, count) => sum + Math.max(0, count - kept), 0);
    const rest = restBeyond(1);
    await view('By job').click();
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

  await test.step('“By job” has no accessibility problem, on a phone neither', async () => {
    await lookAt(page, axe);
    await page.setViewportSize(PHONE);
    await lookAt(page, axe);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.setViewportSize(DESK);
  });

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
    await page.setViewportSize(PHONE);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.setViewportSize(DESK);
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
