import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { MANY_TAGS_NAME, PUBLIC_NAME, SHOTS, shotName } from './library';
import { openComfyui, screen } from './screen';

const suggestions = (page: Page, name?: string) =>
  page.getByRole('listbox').getByRole('option', name === undefined ? {} : { name });

test('someone searches by name, and filters by tags and metadata; the address holds all of it', async ({
  page,
  sent,
  newVisitor,
}) => {
  const { search, range, chips, firstName, name, button, status } = screen(page);
  const include = page.getByRole('combobox', { name: 'Include tags' });
  const exclude = page.getByRole('combobox', { name: 'Exclude tags' });
  const everything = async () => {
    await expect(range).toHaveText('1–20 of 260');
    await expect(chips).toHaveCount(0);
  };

  await test.step('the search waits until typing has settled, then asks once', async () => {
    await page.clock.install();
    await openComfyui(page, '&size=20&page=2');
    await expect(range).toHaveText('21–40 of 260');
    // From here on time passes only when told to.
    // The moment to stop at must not be over by the time the page hears of it.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 10_000);
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
    expect(new URL(page.url()).search).toBe('?connection=comfyui&size=20&q=shot-07');
  });

  await test.step('"Clear search" shows everything again, and the focus stays in the box', async () => {
    await button('Clear search').click();
    await expect(button('Clear search')).toBeHidden();
    await expect(range).toHaveText('1–20 of 260');
    await expect(search).toBeFocused();
  });

  await test.step('Enter searches at once, and Back undoes it', async () => {
    await search.fill('SHOT-12');
    await search.press('Enter');
    await expect(range).toHaveText('1–10 of 10');
    await page.goBack();
    await expect(range).toHaveText('1–20 of 260');
    await expect(search).toHaveValue('');
    await page.goForward();
    await expect(range).toHaveText('1–10 of 10');
    await expect(search).toHaveValue('SHOT-12');
  });

  await test.step('public assets are listed only when asked for', async () => {
    await search.fill('upscaler');
    await search.press('Enter');
    await expect(page.getByRole('heading', { name: 'No asset matches' })).toBeVisible();
    await page.getByRole('checkbox', { name: 'Show public' }).check();
    await expect(name(PUBLIC_NAME)).toBeVisible();
    await expect(range).toHaveText('1–1 of 1');
    await expect(chips).toHaveText(['Name contains “upscaler”', 'With public assets']);
    await expect(page).toHaveURL(/public=true/);
  });

  await test.step('another connection starts without the filters of the one before', async () => {
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
    await expect(page.getByRole('heading', { name: 'Connect to Roughy' })).toBeVisible();
    expect(new URL(page.url()).search).toBe('?connection=roughy&size=20');
    await page.goBack();
    await expect(range).toHaveText('1–1 of 1');
  });

  await test.step('chips take single filters away, "Clear all" takes the rest, and the focus stays at hand', async () => {
    await openComfyui(page, '&size=20&q=shot&include=portrait,draft&exclude=input&meta=sampler=dpmpp');
    await expect(range).toHaveText('1–12 of 12');
    await expect(chips).toHaveText([
      'Name contains “shot”',
      'Tag portrait',
      'Tag draft',
      'Not input',
      'sampler = dpmpp',
    ]);
    await button('Remove filter: Tag draft').click();
    await expect(range).toHaveText('1–20 of 24');
    await expect(button('Remove filter: Not input')).toBeFocused();
    await button('Remove filter: Tag portrait').click();
    await expect(range).toHaveText('1–20 of 124');
    await button('Clear all').click();
    await everything();
    await expect(search).toBeFocused();
    await expect(search).toHaveValue('');
    expect(new URL(page.url()).search).toBe('?connection=comfyui&size=20');
  });

  await test.step('tags are included with the keyboard, from suggestions that say how many assets have each', async () => {
    await include.focus();
    await expect(suggestions(page).first()).toHaveText(`output${SHOTS}`);
    await include.pressSequentially('port');
    await expect(suggestions(page)).toHaveText(['portrait24']);
    await page.keyboard.press('ArrowDown');
    await expect(suggestions(page, 'portrait')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(range).toHaveText('1–20 of 24');
    await expect(include).toBeFocused();
    await expect(include).toHaveValue('');
  });

  await test.step('what is typed whole needs no suggestion', async () => {
    await include.pressSequentially('draft');
    await page.keyboard.press('Enter');
    await expect(range).toHaveText('1–12 of 12');
    await expect(chips).toHaveText(['Tag portrait', 'Tag draft']);
    await expect(page).toHaveURL(/include=portrait,draft/);
    expect(sent('GET', /\?include_tags=portrait(,|%2C)draft&limit=/)).toHaveLength(1);
    await button('Remove filter: Tag draft').click();
  });

  await test.step('tags are excluded with the mouse, and Escape closes the suggestions', async () => {
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

  await test.step('an empty answer names the filters that emptied it', async () => {
    await exclude.fill('output');
    await exclude.press('Enter');
    await expect(status('No asset meets all of these: Tag portrait · Not draft · Not output')).toBeVisible();
    await button('Clear all filters').click();
    await everything();
  });

  await test.step('a tag that only one asset has is suggested, too', async () => {
    await include.fill('tag-4');
    await expect(suggestions(page)).toHaveText(['tag-401', 'tag-411']);
    await suggestions(page, 'tag-41').click();
    await expect(name(MANY_TAGS_NAME)).toBeVisible();
    await expect(range).toHaveText('1–1 of 1');
    await button('Clear all').click();
    await everything();
  });

  await test.step('a tag with a comma cannot be asked for, and the field says so', async () => {
    await include.fill('one,two');
    await include.press('Enter');
    await expect(include).toHaveAccessibleDescription(/cannot filter on a tag with a comma/);
    await expect(include).toHaveAttribute('aria-invalid', 'true');
    await expect(chips).toHaveCount(0);
    await include.clear();
  });

  await test.step('metadata pairs are added one by one, each a chip', async () => {
    const addPair = async (key: string, value: string) => {
      await button('Metadata…').click();
      await page.getByRole('textbox', { name: 'Metadata key' }).fill(key);
      await page.getByRole('textbox', { name: 'Metadata value' }).fill(value);
      await page.getByRole('textbox', { name: 'Metadata value' }).press('Enter');
      await page.keyboard.press('Escape');
    };
    await addPair('sampler', 'euler');
    await expect(range).toHaveText('1–20 of 124');
    await addPair('seed', '7');
    await expect(range).toHaveText('1–1 of 1');
    await expect(chips).toHaveText(['sampler = euler', 'seed = 7']);
    const asked = sent('GET', /metadata_filter/).at(-1)?.path ?? '';
    expect(new URL(asked, 'http://host').searchParams.get('metadata_filter')).toBe(
      '{"sampler":"euler","seed":7}',
    );
  });

  await test.step('another browser shows the same view', async () => {
    await button('Clear all').click();
    await everything();
    await search.fill('shot-1');
    await search.press('Enter');
    await exclude.fill('draft');
    await exclude.press('Enter');
    await button('Name').click();
    await expect(range).toHaveText('1–20 of 75');
    await button('Next page').click();
    await expect(range).toHaveText('21–40 of 75');
    await firstName.click();
    const names = await screen(page).table.getByRole('link').allTextContents();
    expect(names).toHaveLength(20);

    const visitor = await newVisitor();
    await visitor.goto(page.url());
    const there = screen(visitor);
    await expect(there.range).toHaveText('21–40 of 75');
    await expect(there.table.getByRole('link')).toHaveText(names);
    await expect(there.header('Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect(there.search).toHaveValue('shot-1');
    await expect(there.chips).toHaveText(['Name contains “shot-1”', 'Not draft']);
    await expect(there.drawer(names[0] ?? '')).toBeVisible();
  });
});
