import type { Page } from '@playwright/test';

import { CLOUD_KEY, expect, ROUGHY_KEY, test } from './fixtures';
import { shotName } from './library';
import { enterKey, openCloud, openRoughy, screen } from './screen';

const keyField = (page: Page) => page.getByLabel('API key');

/** Everywhere a key could be left lying around in the page. */
const tracesOf = (page: Page, key: string) =>
  page.evaluate(
    (secret) => ({
      url: location.href.includes(secret),
      dom: document.documentElement.outerHTML.includes(secret),
      fields: [...document.querySelectorAll('input')].some((input) => input.value.includes(secret)),
      local: JSON.stringify(Object.entries(localStorage)).includes(secret),
      session: JSON.stringify(Object.entries(sessionStorage)).includes(secret),
      history: JSON.stringify(history.state ?? null).includes(secret),
      cookies: document.cookie.includes(secret),
    }),
    key,
  );

const NOWHERE = {
  url: false,
  dom: false,
  fields: false,
  local: false,
  session: false,
  history: false,
  cookies: false,
};

test('a key is asked for, sent with every request, and found nowhere in the page', async ({ page, sent }) => {
  await page.goto('./?connection=comfy-cloud');
  await expect(page.getByRole('heading', { name: 'Connect to Comfy Cloud' })).toBeVisible();
  await expect(keyField(page)).toHaveAttribute('type', 'password');
  await expect(keyField(page)).toHaveAttribute('autocomplete', 'current-password');
  expect(sent()).toHaveLength(0);

  await enterKey(page, CLOUD_KEY);
  await expect(screen(page).firstName).toHaveText(shotName(248));
  expect(await tracesOf(page, CLOUD_KEY)).toEqual(NOWHERE);
  expect(sent().length).toBeGreaterThan(0);
  for (const { headers, path } of sent()) {
    expect(headers['x-api-key'], path).toBe(CLOUD_KEY);
    expect(path).not.toContain(CLOUD_KEY);
  }

  // Memory only: a reload asks again.
  await page.reload();
  await expect(keyField(page)).toBeVisible();
});

test('a key can be pasted, spaces around it and all', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./?connection=comfy-cloud');
  await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${CLOUD_KEY}\n`);
  await keyField(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(screen(page).range).toHaveText('1–50 of 260');
});

test('a wrong key is refused with an alert, and the right one opens the table', async ({
  page,
  allowErrors,
}) => {
  allowErrors(/status of 401/);
  await page.goto('./?connection=comfy-cloud');
  await enterKey(page, 'comfyui-wrong');
  await expect(
    page.getByRole('alert').filter({ hasText: 'Comfy Cloud does not accept the key' }),
  ).toBeVisible();
  await expect(keyField(page)).toHaveValue('');
  await enterKey(page, CLOUD_KEY);
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await expect(screen(page).alert).toHaveCount(0);
});

test('Roughy gets its key as a bearer, and storage gets none', async ({ page, sent }) => {
  await openRoughy(page);
  await expect(screen(page).range).toHaveText('1–50 of 130');
  await screen(page).firstName.click();
  await expect(page.getByLabel(/^Preview of /)).toHaveJSProperty('controls', true);
  await expect.poll(() => sent('GET', /^\/media\//).length).toBeGreaterThan(0);
  for (const { headers, path } of sent()) {
    expect(headers['authorization'], path).toBe(
      path.startsWith('/media/') ? undefined : `Bearer ${ROUGHY_KEY}`,
    );
    expect(headers['x-api-key']).toBeUndefined();
  }
  expect(await tracesOf(page, ROUGHY_KEY)).toEqual(NOWHERE);
});

test('kept for the tab, it survives a reload; forgotten, it is gone at once', async ({
  page,
  newVisitor,
}) => {
  await page.goto('./?connection=comfy-cloud');
  await page.getByRole('radio', { name: 'Keep for this tab, also after a reload' }).check();
  await enterKey(page, CLOUD_KEY);
  await expect(screen(page).range).toHaveText('1–50 of 260');
  expect(await tracesOf(page, CLOUD_KEY)).toEqual({ ...NOWHERE, session: true });
  await page.reload();
  await expect(screen(page).range).toHaveText('1–50 of 260');

  const elsewhere = await newVisitor();
  await elsewhere.goto(page.url());
  await expect(keyField(elsewhere)).toBeVisible();

  await page.getByRole('button', { name: 'Forget key' }).click();
  await expect(keyField(page)).toBeVisible();
  await expect(screen(page).status('The key for Comfy Cloud is forgotten')).toBeVisible();
  await expect(page.getByText(shotName(248))).toHaveCount(0);
  expect(await tracesOf(page, CLOUD_KEY)).toEqual(NOWHERE);
  await page.reload();
  await expect(keyField(page)).toBeVisible();
});

test('each connection has a key of its own', async ({ page, sent }) => {
  await openCloud(page);
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Roughy');
  await expect(keyField(page)).toBeVisible();
  await enterKey(page, ROUGHY_KEY);
  await expect(screen(page).range).toHaveText('1–50 of 130');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Comfy Cloud');
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
  await expect(screen(page).range).toHaveText('1–50 of 260');
  const keysSent = sent('GET', /^\/(api|v1)\/assets\?/).map(
    ({ headers }) => headers['x-api-key'] ?? headers['authorization'] ?? 'none',
  );
  expect(new Set(keysSent)).toEqual(new Set([CLOUD_KEY, `Bearer ${ROUGHY_KEY}`, 'none']));
});

test('pictures behind a key are read with it and shown from memory', async ({ page, sent }) => {
  await openCloud(page);
  const picture = screen(page).row(shotName(248)).locator('img');
  await expect(picture).toHaveAttribute('src', /^blob:/);
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  const [thumbnail] = sent('GET', /^\/api\/view/);
  expect(thumbnail?.path).toContain('res=512');
  expect(thumbnail?.headers['x-api-key']).toBe(CLOUD_KEY);
});
