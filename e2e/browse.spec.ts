import { ROUGHY_KEY, expect, test } from './fixtures';
import {
  EMOJI_NAME,
  IMMUTABLE_NAME,
  LONG_NAME,
  MANY_TAGS_NAME,
  MARKUP_NAME,
  OWN_ASSETS,
  PROJECTS,
  RTL_NAME,
  UNKNOWN_SIZE_NAME,
  shotId,
  shotName,
} from './library';
import { enterKey, openComfyui, screen } from './screen';

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

test('someone pages through their own ComfyUI, sorts by everything, and browses their recordings at Roughy', async ({
  page,
  sent,
  libraries,
}) => {
  const { table, firstName, range, row, rows, name, header, button, chips } = screen(page);
  const next = button('Next page');
  const previous = button('Previous page');
  const size = page.getByRole('combobox', { name: 'Rows per page' });
  const lastUsed = page.getByRole('checkbox', { name: 'Last used' });
  const height = async () => (await rows.first().boundingBox())?.height ?? 0;
  const param = (key: string) => new URL(page.url()).searchParams.get(key);

  await test.step('the newest 50 come first, and no key is ever sent there', async () => {
    await openComfyui(page);
    await expect(firstName).toHaveText(shotName(248));
    await expect(range).toHaveText('1–50 of 260');
    await expect(rows).toHaveCount(50);
    await expect(table).toHaveAttribute('aria-rowcount', String(OWN_ASSETS + 1));
    await expect(rows.first()).toHaveAttribute('aria-rowindex', '2');
    await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveValue('comfyui');
    await expect(page.getByText(/^Live, updated (now|\d+ seconds? ago)$/)).toBeVisible();
    expect(sent('GET', /^\/api\/assets\?/)[0]?.path).toBe(
      '/api/assets?limit=50&offset=0&sort=created_at&order=desc&include_public=false',
    );
    for (const { headers } of sent()) {
      expect(Object.keys(headers)).not.toContain('x-api-key');
      expect(Object.keys(headers)).not.toContain('authorization');
    }
  });

  await test.step('the next page says where it is, in the address as well', async () => {
    await expect(previous).toBeDisabled();
    await next.click();
    await expect(range).toHaveText('51–100 of 260');
    await expect(firstName).toHaveText(shotName(198));
    await expect(rows.first()).toHaveAttribute('aria-rowindex', '52');
    await expect(page).toHaveURL(/[?&]page=2(&|$)/);
  });

  await test.step('they choose how many rows a page has, and the first row stays in view', async () => {
    await expect(size.getByRole('option')).toHaveText(['20', '50', '100', '250', '500']);
    await next.click();
    await expect(range).toHaveText('101–150 of 260');
    await size.selectOption('20');
    await expect(range).toHaveText('101–120 of 260');
    await expect(firstName).toHaveText(shotName(148));
    await expect(page).toHaveURL(/size=20/);
  });

  await test.step('they page to the end and back, and cannot go further', async () => {
    await size.selectOption('100');
    await expect(range).toHaveText('101–200 of 260');
    await next.click();
    await expect(range).toHaveText('201–260 of 260');
    await expect(rows).toHaveCount(60);
    await expect(next).toBeDisabled();
    await previous.click();
    await expect(range).toHaveText('101–200 of 260');
    await page.goBack();
    await expect(range).toHaveText('201–260 of 260');
  });

  await test.step('"Refresh" shows what changed at the provider: a total that shrinks is taken as it comes', async () => {
    for (let number = 2; number <= 31; number += 1) libraries.comfyui.remove(shotId(number));
    await button('Refresh').click();
    await expect(range).toHaveText('201–230 of 230');
    await expect(next).toBeDisabled();
  });

  await test.step('of 500 rows only those in view are in the document, and the keyboard reaches all of them', async () => {
    await size.selectOption('500');
    await expect(range).toHaveText('1–230 of 230');
    expect(sent('GET', /[?&]limit=500(&|$)/)).toHaveLength(1);
    await expect(table).toHaveAttribute('aria-rowcount', '231');
    await expect(name(shotName(248))).toBeVisible();
    await expect.poll(() => rows.count()).toBeLessThan(60);

    await name(shotName(248)).focus();
    await page.keyboard.press('PageDown');
    await expect(name(shotName(238))).toBeFocused();
    await page.keyboard.press('End');
    await expect(name(IMMUTABLE_NAME)).toBeFocused();
    await expect(name(IMMUTABLE_NAME)).toBeInViewport();
    await expect(row(IMMUTABLE_NAME)).toHaveAttribute('aria-rowindex', '231');
    await expect.poll(() => rows.count()).toBeLessThan(60);

    await page.keyboard.press('ArrowUp');
    await expect(name(LONG_NAME)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(name(shotName(248))).toBeFocused();

    // Tab walks on from the last row in the document into one that was not there when it started.
    const last = table.getByRole('link').last();
    const lastNumber = Number(/\d+/.exec((await last.textContent()) ?? '')?.[0]);
    const beyond = name(shotName(lastNumber - 1));
    await expect(beyond).toHaveCount(0);
    await last.focus();
    const isBeyond = () =>
      beyond.evaluateAll((links) => links.some((link) => link === document.activeElement));
    for (let presses = 0; presses < 12 && !(await isBeyond()); presses += 1) await page.keyboard.press('Tab');
    await expect(beyond).toBeFocused();
  });

  await test.step('columns can be hidden and rows made flatter', async () => {
    await expect(header('Last used')).toBeVisible();
    const tall = await height();
    await button('View options').click();
    await lastUsed.uncheck();
    await page.getByRole('radio', { name: 'Compact' }).check();
    await page.keyboard.press('Escape');
    await expect(header('Last used')).toHaveCount(0);
    expect(await height()).toBeLessThan(tall);
  });

  await test.step('a link to a page beyond the end steps back to the last one, and how rows look is remembered', async () => {
    const flat = await height();
    await openComfyui(page, '&size=20&page=40');
    await expect(range).toHaveText('221–230 of 230');
    await expect(page).toHaveURL(/[?&]page=12(&|$)/);
    await expect(header('Last used')).toHaveCount(0);
    expect(await height()).toBe(flat);
    await button('View options').click();
    await lastUsed.check();
    await page.keyboard.press('Escape');
  });

  await test.step('names and tags of any kind are shown as text, and none breaks its row', async () => {
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

  await test.step('oldest first is one click on "Created"', async () => {
    await expect(header('Created')).toHaveAttribute('aria-sort', 'descending');
    await button('Created').click();
    await expect(header('Created')).toHaveAttribute('aria-sort', 'ascending');
    await expect(firstName).toHaveText(IMMUTABLE_NAME);
    expect(param('page')).toBeNull();
    await page.goBack();
    await expect(range).toHaveText('221–230 of 230');
  });

  for (const { column, first, firstOrder, field } of SORTS) {
    await test.step(`they sort by ${column}, both ways, and the address says so`, async () => {
      await expect(header(column)).toHaveAttribute('aria-sort', 'none');
      for (const order of [firstOrder, firstOrder === 'asc' ? 'desc' : 'asc'] as const) {
        await button(column).click();
        await expect(header(column)).toHaveAttribute('aria-sort', `${order}ending`);
        await expect(header('Created')).toHaveAttribute('aria-sort', 'none');
        await expect(firstName).toHaveText(first[order]);
        await expect(rows.first()).toHaveAttribute('aria-rowindex', '2');
        expect(param('sort')).toBe(field);
        // Descending is what everybody gets who does not ask, so the address leaves it out.
        expect(param('order')).toBe(order === 'asc' ? 'asc' : null);
        expect(param('page')).toBeNull();
      }
    });
  }

  const project = page.getByRole('combobox', { name: 'Project', exact: true });
  const state = page.getByRole('combobox', { name: 'State', exact: true });
  const drawer = page.getByRole('complementary');

  await test.step('Roughy gives at most 100 rows at a time, whatever the address asks for', async () => {
    await size.selectOption('500');
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
    await enterKey(page, ROUGHY_KEY);
    await expect(range).toHaveText('1–100 of 130');
    await expect(size.getByRole('option')).toHaveText(['20', '50', '100']);
    expect(sent('GET', /^\/v1\/assets\?/)[0]?.path).toContain('limit=100');
    await next.click();
    await expect(range).toHaveText('101–130 of 130');
  });

  await test.step('its oldest recording says what hangs on it', async () => {
    await table.getByRole('link').last().click();
    await expect(drawer).toContainText('2 cuts');
    await expect(drawer).toContainText('1 render · 12 MB');
    await expect(drawer).toContainText('Subtitles of these cuts: up to 1');
    await expect(drawer).toContainText('5:24');
    await expect(drawer.getByLabel(/^Preview of Podcast/)).toHaveJSProperty('controls', true);
    await page.goBack();
    await expect(drawer).toHaveCount(0);
  });

  await test.step('recordings are filtered by project and state', async () => {
    await expect(project.getByRole('option')).toHaveText([
      'Any project',
      'Last year (archived)',
      'Interviews',
      'Podcast',
    ]);
    await project.selectOption('Last year (archived)');
    await expect(range).toHaveText('1–43 of 43');
    await state.selectOption('Failed');
    await expect(range).toHaveText('1–4 of 4');
    await expect(chips).toHaveText(['State: Failed', 'Project: Last year']);
    const url = new URL(page.url()).searchParams;
    expect([url.get('project'), url.get('state')]).toEqual([PROJECTS.archive.id, 'failed']);
    expect(sent('GET', new RegExp(`project_id=${PROJECTS.archive.id}&state=failed`))).not.toHaveLength(0);
  });

  await test.step('one that failed says why', async () => {
    await firstName.click();
    await expect(drawer).toContainText('No speech was found.');
    await expect(drawer).toContainText('Error code no_speech_detected');
    await page.goBack();
    await expect(drawer).toHaveCount(0);
  });

  await test.step('"Clear all" shows all of them again', async () => {
    await button('Clear all').click();
    await expect(range).toHaveText('1–100 of 130');
  });
});
