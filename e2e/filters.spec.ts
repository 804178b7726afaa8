import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { MANY_TAGS_NAME, PROJECTS, PUBLIC_NAME, SHOTS, shotName } from './library';
import { openComfyui, openRoughy, screen } from './screen';

const INCLUDE = 'Include tags';
const EXCLUDE = 'Exclude tags';

const suggestions = (page: Page, name?: string) =>
  page.getByRole('listbox').getByRole('option', name === undefined ? {} : { name });

test('the name search waits until typing has settled, then asks once', async ({ page, sent }) => {
  await page.clock.install();
  await openComfyui(page, '&page=2');
  const { search, range, chips, firstName } = screen(page);
  await expect(range).toHaveText('51–100 of 260');
  // From here on time passes only when told to.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await search.pressSequentially('shot-07');
  await page.clock.runFor(200);
  expect(sent('GET', /name_contains/)).toHaveLength(0);
  await page.clock.runFor(100);
  await page.clock.resume();
  await expect(range).toHaveText('1–10 of 10');
  await expect(firstName).toHaveText(shotName(79));
  expect(sent('GET', /name_contains/).map(({ path }) => path)).toEqual([
    expect.stringContaining('name_contains=shot-07&'),
  ]);
  await expect(chips).toHaveText(['Name contains “shot-07”']);
  expect(new URL(page.url()).search).toBe('?connection=comfyui&q=shot-07');

  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(range).toHaveText('1–50 of 260');
  await expect(search).toBeFocused();
});

test('Enter searches at once, and Back undoes it', async ({ page }) => {
  await openComfyui(page);
  const { search, range } = screen(page);
  await search.fill('SHOT-12');
  await search.press('Enter');
  await expect(range).toHaveText('1–10 of 10');
  await page.goBack();
  await expect(range).toHaveText('1–50 of 260');
  await expect(search).toHaveValue('');
  await page.goForward();
  await expect(range).toHaveText('1–10 of 10');
  await expect(search).toHaveValue('SHOT-12');
});

test('tags are included with the keyboard, from suggestions that say how many assets have each', async ({
  page,
  sent,
}) => {
  await openComfyui(page);
  const { range, chips } = screen(page);
  const include = page.getByRole('combobox', { name: INCLUDE });
  await include.focus();
  await expect(suggestions(page).first()).toHaveText(`output${SHOTS}`);
  await include.pressSequentially('port');
  await expect(suggestions(page)).toHaveText(['portrait24']);
  await page.keyboard.press('ArrowDown');
  await expect(suggestions(page, 'portrait')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(range).toHaveText('1–24 of 24');
  await expect(include).toBeFocused();
  await expect(include).toHaveValue('');

  // What is typed whole needs no suggestion.
  await include.pressSequentially('draft');
  await page.keyboard.press('Enter');
  await expect(range).toHaveText('1–12 of 12');
  await expect(chips).toHaveText(['Tag portrait', 'Tag draft']);
  await expect(page).toHaveURL(/include=portrait,draft/);
  expect(sent('GET', /include_tags=portrait(,|%2C)draft/)).toHaveLength(1);
});

test('tags are excluded with the mouse, and Escape closes the suggestions', async ({ page }) => {
  await openComfyui(page, '&include=portrait');
  const { range, chips } = screen(page);
  await expect(range).toHaveText('1–24 of 24');
  const exclude = page.getByRole('combobox', { name: EXCLUDE });
  await exclude.click();
  await suggestions(page, 'draft').click();
  await expect(range).toHaveText('1–12 of 12');
  await expect(chips).toHaveText(['Tag portrait', 'Not draft']);
  await expect(page).toHaveURL(/exclude=draft/);
  await exclude.press('ArrowDown');
  await expect(page.getByRole('listbox')).toBeVisible();
  await exclude.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
});

test('a tag with a comma cannot be asked for, and the field says so', async ({ page }) => {
  await openComfyui(page);
  const include = page.getByRole('combobox', { name: INCLUDE });
  await include.fill('one,two');
  await include.press('Enter');
  await expect(include).toHaveAccessibleDescription(/cannot filter on a tag with a comma/);
  await expect(include).toHaveAttribute('aria-invalid', 'true');
  await expect(screen(page).chips).toHaveCount(0);
});

test('metadata pairs are added one by one, each a chip', async ({ page, sent }) => {
  await openComfyui(page);
  const { range, chips, button } = screen(page);
  const addPair = async (key: string, value: string) => {
    await button('Metadata…').click();
    await page.getByRole('textbox', { name: 'Metadata key' }).fill(key);
    await page.getByRole('textbox', { name: 'Metadata value' }).fill(value);
    await page.getByRole('textbox', { name: 'Metadata value' }).press('Enter');
    await page.keyboard.press('Escape');
  };
  await addPair('sampler', 'euler');
  await expect(range).toHaveText('1–50 of 124');
  await addPair('seed', '7');
  await expect(range).toHaveText('1–1 of 1');
  await expect(chips).toHaveText(['sampler = euler', 'seed = 7']);
  const asked = sent('GET', /metadata_filter/).at(-1)?.path ?? '';
  expect(new URL(asked, 'http://host').searchParams.get('metadata_filter')).toBe(
    '{"sampler":"euler","seed":7}',
  );
});

test('public assets are listed only when asked for', async ({ page }) => {
  await openComfyui(page, '&q=upscaler');
  const { range, name, chips } = screen(page);
  await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Show public' }).check();
  await expect(name(PUBLIC_NAME)).toBeVisible();
  await expect(range).toHaveText('1–1 of 1');
  await expect(chips).toHaveText(['Name contains “upscaler”', 'With public assets']);
  await expect(page).toHaveURL(/public=true/);
});

test('chips take single filters away, "Clear all" takes the rest, and the focus stays at hand', async ({
  page,
}) => {
  await openComfyui(page, '&q=shot&include=portrait,draft&exclude=input&meta=sampler=dpmpp');
  const { range, chips, button, search } = screen(page);
  await expect(range).toHaveText('1–12 of 12');
  await expect(chips).toHaveText([
    'Name contains “shot”',
    'Tag portrait',
    'Tag draft',
    'Not input',
    'sampler = dpmpp',
  ]);
  await button('Remove filter: Tag draft').click();
  await expect(range).toHaveText('1–24 of 24');
  await expect(button('Remove filter: Not input')).toBeFocused();
  await button('Remove filter: Tag portrait').click();
  await expect(range).toHaveText('1–50 of 124');
  await button('Clear all').click();
  await expect(range).toHaveText('1–50 of 260');
  await expect(chips).toHaveCount(0);
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  expect(new URL(page.url()).search).toBe('?connection=comfyui');
});

test('the address holds the whole view: a reload and another browser show the same', async ({
  page,
  newVisitor,
}) => {
  await openComfyui(page);
  const { range, search, button } = screen(page);
  await search.fill('shot');
  await search.press('Enter');
  await page.getByRole('combobox', { name: EXCLUDE }).fill('draft');
  await page.getByRole('combobox', { name: EXCLUDE }).press('Enter');
  await button('Name').click();
  await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('20');
  await expect(range).toHaveText('1–20 of 186');
  await page.getByRole('button', { name: 'Next page' }).click();
  await screen(page).firstName.click();
  const names = await screen(page).table.getByRole('link').allTextContents();
  expect(names).toHaveLength(20);

  await page.reload();
  const visitor = await newVisitor();
  await visitor.goto(page.url());
  for (const each of [page, visitor]) {
    const view = screen(each);
    await expect(view.range).toHaveText('21–40 of 186');
    await expect(view.table.getByRole('link')).toHaveText(names);
    await expect(view.header('Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(view.search).toHaveValue('shot');
    await expect(view.chips).toHaveText(['Name contains “shot”', 'Not draft']);
    await expect(view.drawer(names[0] ?? '')).toBeVisible();
  }
});

test('an empty answer names the filters that emptied it', async ({ page }) => {
  await openComfyui(page, '&include=portrait&exclude=output');
  await expect(screen(page).status('No asset meets all of these: Tag portrait · Not output')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(screen(page).range).toHaveText('1–50 of 260');
});

test('a tag that only a few assets have is found by asking the provider', async ({ page }) => {
  await openComfyui(page);
  const include = page.getByRole('combobox', { name: INCLUDE });
  await include.fill('tag-4');
  await expect(suggestions(page)).toHaveText(['tag-401', 'tag-411']);
  await suggestions(page, 'tag-41').click();
  await expect(screen(page).name(MANY_TAGS_NAME)).toBeVisible();
});

test('Roughy is filtered by project and state', async ({ page, sent }) => {
  await openRoughy(page);
  const { range, chips } = screen(page);
  await expect(range).toHaveText('1–50 of 130');
  const project = page.getByRole('combobox', { name: 'Project', exact: true });
  await expect(project.getByRole('option')).toHaveText([
    'Any project',
    'Last year (archived)',
    'Interviews',
    'Podcast',
  ]);
  await project.selectOption('Last year (archived)');
  await expect(range).toHaveText('1–43 of 43');
  await page.getByRole('combobox', { name: 'State', exact: true }).selectOption('Failed');
  await expect(range).toHaveText('1–4 of 4');
  await expect(chips).toHaveText(['State: Failed', 'Project: Last year']);
  const url = new URL(page.url()).searchParams;
  expect([url.get('project'), url.get('state')]).toEqual([PROJECTS.archive.id, 'failed']);
  expect(sent('GET', new RegExp(`project_id=${PROJECTS.archive.id}&state=failed`))).not.toHaveLength(0);
  await page.getByRole('button', { name: 'Clear all', exact: true }).click();
  await expect(range).toHaveText('1–50 of 130');
});

test('another connection starts without the filters of the one before', async ({ page }) => {
  await openComfyui(page, '&include=portrait&sort=name&order=asc&page=1');
  await expect(screen(page).range).toHaveText('1–24 of 24');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
  await expect(page.getByRole('heading', { name: 'Connect to Roughy' })).toBeVisible();
  expect(new URL(page.url()).search).toBe('?connection=roughy');
  await page.goBack();
  await expect(screen(page).range).toHaveText('1–24 of 24');
});
