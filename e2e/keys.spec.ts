import type { Page } from '@playwright/test';

import { CLOUD_KEY, expect, ROUGHY_KEY, test } from './fixtures';
import { shotName } from './library';
import { enterKey, screen } from './screen';

const WRONG_KEY = 'comfyui-wrong';

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

const choose = (page: Page, connection: string) =>
  page.getByRole('combobox', { name: 'Connection' }).selectOption(connection);

test('keys are asked for, sent where they belong, found nowhere in the page, and forgotten', async ({
  page,
  context,
  sent,
  allowErrors,
}) => {
  const { range, alert, status, firstName, row } = screen(page);
  allowErrors(/status of 401/);
  await page.goto('./?connection=comfy-cloud&size=20');

  await test.step('a key is asked for before anything is sent', async () => {
    await expect(page.getByRole('heading', { name: 'Connect to Comfy Cloud' })).toBeVisible();
    await expect(keyField(page)).toHaveAttribute('type', 'password');
    await expect(keyField(page)).toHaveAttribute('autocomplete', 'current-password');
    expect(sent()).toHaveLength(0);
  });

  await test.step('a wrong key is refused with an alert', async () => {
    await enterKey(page, WRONG_KEY);
    await expect(alert.filter({ hasText: 'Comfy Cloud does not accept the key' })).toBeVisible();
    await expect(keyField(page)).toHaveValue('');
  });
  const refused = sent().length;

  await test.step('the right one can be pasted, spaces around it and all, and opens the table', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${CLOUD_KEY}\n`);
    await keyField(page).focus();
    await page.keyboard.press('ControlOrMeta+v');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect(firstName).toHaveText(shotName(248));
    await expect(range).toHaveText('1–20 of 260');
    await expect(alert).toHaveCount(0);
  });

  await test.step('pictures behind a key are read with it and shown from memory', async () => {
    const picture = row(shotName(248)).locator('img');
    await expect(picture).toHaveAttribute('src', /^blob:/);
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    const [thumbnail] = sent('GET', /^\/api\/view/);
    expect(thumbnail?.path).toContain('res=512');
    expect(thumbnail?.headers['x-api-key']).toBe(CLOUD_KEY);
  });

  await test.step('it goes with every request, and is found nowhere in the page', async () => {
    expect(await tracesOf(page, CLOUD_KEY)).toEqual(NOWHERE);
    const withKey = sent().slice(refused);
    expect(withKey.length).toBeGreaterThan(0);
    for (const { headers, path } of withKey) {
      expect(headers['x-api-key'], path).toBe(CLOUD_KEY);
      expect(path).not.toContain(CLOUD_KEY);
    }
  });

  await test.step('Roughy gets its key as a bearer, and storage gets none', async () => {
    await choose(page, 'Roughy');
    await expect(keyField(page)).toBeVisible();
    const before = sent().length;
    await enterKey(page, ROUGHY_KEY);
    await expect(range).toHaveText('1–20 of 130');
    await firstName.click();
    await expect(page.getByLabel(/^Preview of /)).toHaveJSProperty('controls', true);
    await expect.poll(() => sent('GET', /^\/media\//).length).toBeGreaterThan(0);
    for (const { headers, path } of sent().slice(before)) {
      expect(headers['authorization'], path).toBe(
        path.startsWith('/media/') ? undefined : `Bearer ${ROUGHY_KEY}`,
      );
      expect(headers['x-api-key']).toBeUndefined();
    }
    expect(await tracesOf(page, ROUGHY_KEY)).toEqual(NOWHERE);
  });

  await test.step('each connection has a key of its own', async () => {
    for (const [connection, shown] of [
      ['Comfy Cloud', '1–20 of 260'],
      ['Local ComfyUI', '1–20 of 260'],
      ['Roughy', '1–20 of 130'],
      ['Comfy Cloud', '1–20 of 260'],
    ] as const) {
      await choose(page, connection);
      await expect(range).toHaveText(shown);
    }
    const keysSent = sent('GET', /^\/(api|v1)\/assets\?/).map(
      ({ headers }) => headers['x-api-key'] ?? headers['authorization'] ?? 'none',
    );
    expect(new Set(keysSent)).toEqual(new Set([WRONG_KEY, CLOUD_KEY, `Bearer ${ROUGHY_KEY}`, 'none']));
  });

  await test.step('in memory only, it is asked for again after a reload', async () => {
    await page.reload();
    await expect(keyField(page)).toBeVisible();
  });

  await test.step('kept for the tab, it survives a reload, in this tab alone', async () => {
    await page.getByRole('radio', { name: 'Keep for this tab, also after a reload' }).check();
    await enterKey(page, CLOUD_KEY);
    await expect(range).toHaveText('1–20 of 260');
    expect(await tracesOf(page, CLOUD_KEY)).toEqual({ ...NOWHERE, session: true });
    await page.reload();
    await expect(range).toHaveText('1–20 of 260');
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(keyField(other)).toBeVisible();
    await other.close();
  });

  await test.step('forgotten, it is gone at once', async () => {
    await page.getByRole('button', { name: 'Forget key' }).click();
    await expect(keyField(page)).toBeVisible();
    await expect(status('The key for Comfy Cloud is forgotten')).toBeVisible();
    await expect(page.getByText(shotName(248))).toHaveCount(0);
    expect(await tracesOf(page, CLOUD_KEY)).toEqual(NOWHERE);
    await page.reload();
    await expect(keyField(page)).toBeVisible();
  });
});
