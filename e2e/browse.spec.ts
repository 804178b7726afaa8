import { expect, test } from './fixtures';
import {
  EMOJI_NAME,
  IMMUTABLE_NAME,
  LONG_NAME,
  MANY_TAGS_NAME,
  MARKUP_NAME,
  OWN_ASSETS,
  RTL_NAME,
  UNKNOWN_SIZE_NAME,
  shotName,
} from './library';
import { openComfyui, openRoughy, screen } from './screen';

test('someone opens their own ComfyUI, and no key is ever sent there', async ({ page, sent }) => {
  await openComfyui(page);
  const { table, firstName, range, rows } = screen(page);
  await expect(firstName).toHaveText(shotName(248));
  await expect(range).toHaveText('1–50 of 260');
  await expect(rows).toHaveCount(50);
  await expect(table).toHaveAttribute('aria-rowcount', String(OWN_ASSETS + 1));
  await expect(rows.first()).toHaveAttribute('aria-rowindex', '2');
  await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveValue('comfyui');
  expect(sent('GET', /^\/api\/assets\?/)[0]?.path).toBe(
    '/api/assets?limit=50&offset=0&sort=created_at&order=desc&include_public=false',
  );
  for (const { headers } of sent()) {
    expect(Object.keys(headers)).not.toContain('x-api-key');
    expect(Object.keys(headers)).not.toContain('authorization');
  }
});

const SORTS = [
  { column: 'Name', first: { asc: MARKUP_NAME, desc: EMOJI_NAME }, firstOrder: 'asc', field: 'name' },
  {
    column: 'Size',
    first: { asc: UNKNOWN_SIZE_NAME, desc: IMMUTABLE_NAME },
    firstOrder: 'desc',
    field: 'size',
  },
  {
    column: 'Updated',
    first: { asc: IMMUTABLE_NAME, desc: shotName(1) },
    firstOrder: 'desc',
    field: 'updated_at',
  },
  {
    column: 'Last used',
    first: { asc: IMMUTABLE_NAME, desc: shotName(74) },
    firstOrder: 'desc',
    field: 'last_access_time',
  },
] as const;

for (const { column, first, firstOrder, field } of SORTS) {
  test(`they sort by ${column}, both ways, and the address says so`, async ({ page }) => {
    await openComfyui(page, '&page=2');
    const { header, button, firstName, rows } = screen(page);
    await expect(header('Created')).toHaveAttribute('aria-sort', 'descending');
    await expect(header(column)).toHaveAttribute('aria-sort', 'none');
    const otherOrder = firstOrder === 'asc' ? 'desc' : 'asc';

    for (const order of [firstOrder, otherOrder] as const) {
      await button(column).click();
      await expect(header(column)).toHaveAttribute('aria-sort', `${order}ending`);
      await expect(header('Created')).toHaveAttribute('aria-sort', 'none');
      await expect(firstName).toHaveText(first[order]);
      await expect(rows.first()).toHaveAttribute('aria-rowindex', '2');
      const url = new URL(page.url()).searchParams;
      expect(url.get('sort')).toBe(field);
      // Descending is what everybody gets who does not ask, so the address leaves it out.
      expect(url.get('order')).toBe(order === 'asc' ? 'asc' : null);
      expect(url.get('page')).toBeNull();
    }
  });
}

test('oldest first is one click on "Created"', async ({ page }) => {
  await openComfyui(page);
  const { header, button, firstName } = screen(page);
  await button('Created').click();
  await expect(header('Created')).toHaveAttribute('aria-sort', 'ascending');
  await expect(firstName).toHaveText(IMMUTABLE_NAME);
  await page.goBack();
  await expect(firstName).toHaveText(shotName(248));
});

test('they page to the end and back, and cannot go further', async ({ page }) => {
  await openComfyui(page);
  const { range, firstName, rows } = screen(page);
  const next = page.getByRole('button', { name: 'Next page' });
  const previous = page.getByRole('button', { name: 'Previous page' });
  await expect(range).toHaveText('1–50 of 260');
  await expect(previous).toBeDisabled();

  await next.click();
  await expect(range).toHaveText('51–100 of 260');
  await expect(firstName).toHaveText(shotName(198));
  await expect(rows.first()).toHaveAttribute('aria-rowindex', '52');
  await expect(page).toHaveURL(/[?&]page=2(&|$)/);

  await page.goto('./?connection=comfyui&page=6');
  await expect(range).toHaveText('251–260 of 260');
  await expect(rows).toHaveCount(10);
  await expect(next).toBeDisabled();

  await previous.click();
  await expect(range).toHaveText('201–250 of 260');
  await page.goBack();
  await expect(range).toHaveText('251–260 of 260');
});

test('they choose how many rows a page has, and the first row stays in view', async ({ page, sent }) => {
  await openComfyui(page, '&page=3');
  const { range, firstName } = screen(page);
  const size = page.getByRole('combobox', { name: 'Rows per page' });
  await expect(size.getByRole('option')).toHaveText(['20', '50', '100', '250', '500']);
  await expect(range).toHaveText('101–150 of 260');

  await size.selectOption('20');
  await expect(range).toHaveText('101–120 of 260');
  await expect(firstName).toHaveText(shotName(148));
  await expect(page).toHaveURL(/size=20/);

  await size.selectOption('500');
  await expect(range).toHaveText('1–260 of 260');
  expect(sent('GET', /[?&]limit=500(&|$)/)).toHaveLength(1);
});

test('Roughy gives at most 100 rows at a time, whatever the address asks for', async ({ page, sent }) => {
  await openRoughy(page, '&size=500');
  const { range } = screen(page);
  await expect(range).toHaveText('1–100 of 130');
  const size = page.getByRole('combobox', { name: 'Rows per page' });
  await expect(size.getByRole('option')).toHaveText(['20', '50', '100']);
  expect(sent('GET', /^\/v1\/assets\?/)[0]?.path).toContain('limit=100');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(range).toHaveText('101–130 of 130');
});

test('of 500 rows only those in view are in the document, and the keyboard reaches all of them', async ({
  page,
}) => {
  await openComfyui(page, '&size=500');
  const { name, range, row, rows, table } = screen(page);
  await expect(range).toHaveText('1–260 of 260');
  await expect(table).toHaveAttribute('aria-rowcount', '261');
  await expect(name(shotName(248))).toBeVisible();
  await expect.poll(() => rows.count()).toBeLessThan(60);

  await name(shotName(248)).focus();
  await page.keyboard.press('PageDown');
  await expect(name(shotName(238))).toBeFocused();
  await page.keyboard.press('End');
  await expect(name(IMMUTABLE_NAME)).toBeFocused();
  await expect(name(IMMUTABLE_NAME)).toBeInViewport();
  await expect(row(IMMUTABLE_NAME)).toHaveAttribute('aria-rowindex', '261');
  await expect.poll(() => rows.count()).toBeLessThan(60);

  await page.keyboard.press('ArrowUp');
  await expect(name(LONG_NAME)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(name(shotName(248))).toBeFocused();

  // Tab walks on into rows that were not in the document when it started.
  const beyond = name(shotName(222));
  await expect(beyond).toHaveCount(0);
  await name(shotName(236)).focus();
  const isBeyond = () => beyond.evaluateAll((links) => links.some((link) => link === document.activeElement));
  for (let presses = 0; presses < 120 && !(await isBeyond()); presses += 1) await page.keyboard.press('Tab');
  await expect(beyond).toBeFocused();
});

test('names and tags of any kind are shown as text, and none breaks its row', async ({ page }) => {
  await openComfyui(page, '&sort=created_at&order=asc&size=20');
  const { row, rows, name } = screen(page);
  await expect(name(MARKUP_NAME)).toBeVisible();
  await expect(page.getByRole('img', { name: 'x' })).toHaveCount(0);
  await expect(row(MARKUP_NAME)).toContainText('<b>bold</b>');
  await expect(name(RTL_NAME)).toBeVisible();
  await expect(name(EMOJI_NAME)).toBeVisible();
  await expect(
    row(MANY_TAGS_NAME).getByRole('button', { name: `40 more tags of ${MANY_TAGS_NAME}` }),
  ).toBeVisible();
  await expect(row(UNKNOWN_SIZE_NAME)).toContainText('unknown');
  await expect(name(LONG_NAME)).toHaveAttribute('title', LONG_NAME);
  // However long its content, every row is as tall as its neighbours.
  const heights = await rows.evaluateAll((all) =>
    all.map((each) => Math.round(each.getBoundingClientRect().height)),
  );
  expect(new Set(heights).size).toBe(1);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('columns can be hidden and rows made flatter, and that is remembered', async ({ page }) => {
  await openComfyui(page);
  const { header, rows } = screen(page);
  await expect(header('Last used')).toBeVisible();
  const tall = (await rows.first().boundingBox())?.height ?? 0;
  await page.getByRole('button', { name: 'View options' }).click();
  await page.getByRole('checkbox', { name: 'Last used' }).uncheck();
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(header('Name')).toBeVisible();
  await expect(header('Last used')).toHaveCount(0);
  expect((await rows.first().boundingBox())?.height).toBeLessThan(tall);
});

test('"Refresh" shows what changed at the provider', async ({ page, libraries }) => {
  await openComfyui(page);
  const { range, button, status } = screen(page);
  await expect(range).toHaveText('1–50 of 260');
  await expect(page.getByText(/^Live, updated (now|\d+ seconds? ago)$/)).toBeVisible();
  libraries.comfyui.remove(libraries.comfyui.list().assets[0]?.id ?? '');
  await button('Refresh').click();
  await expect(status('1–50 of 259')).toBeVisible();
});

test('a link to a page beyond the end steps back to the last one', async ({ page }) => {
  await openComfyui(page, '&page=40');
  const { range } = screen(page);
  await expect(range).toHaveText('251–260 of 260');
  await expect(page).toHaveURL(/[?&]page=6(&|$)/);
});
