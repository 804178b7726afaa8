import { readFile } from 'node:fs/promises';

import type { Download, Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { CLOUD_KEY, expect, ROUGHY_KEY, test } from './fixtures';
import { shotName } from './library';
import { deleteFifty, enterKey, screen } from './screen';

const PASSPHRASE = 'canary passphrase of four words';
const SECRETS = [CLOUD_KEY, ROUGHY_KEY, PASSPHRASE];

test.describe.configure({ timeout: 120_000 });

/** Whatever the browser keeps for the page, and shows of it. */
const everything = (page: Page) =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('refused'));
      });
    const databases: Record<string, unknown> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        databases[`${name} ${store}`] = await asked(database.transaction(store).objectStore(store).getAll());
      }
      database.close();
    }
    const cached: unknown[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push([name, request.url, ...request.headers, await (await cache.match(request))?.text()]);
      }
    }
    return {
      url: location.href,
      history: JSON.stringify(history.state ?? null),
      dom: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
      title: document.title,
      windowName: window.name,
      cookies: document.cookie,
      databases: JSON.stringify(databases),
      caches: JSON.stringify(cached),
      local: JSON.stringify(Object.entries(localStorage)),
      session: JSON.stringify(Object.entries(sessionStorage)),
    };
  });

const keyField = (page: Page) => page.getByLabel('API key');

const holding = (texts: Readonly<Record<string, string>>, secret: string) =>
  Object.entries(texts)
    .filter(([, text]) => [text, decoded(text)].some((form) => form.includes(secret)))
    .map(([place]) => place);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

test('a key is found nowhere but in memory, in the storage it was meant for, and in its own header', async ({
  page,
  context,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of (400|401|404|409|500)/);
  const seen: Record<'urls' | 'console' | 'requests', string[]> = { urls: [], console: [], requests: [] };
  const sentTo = new Set<string>();
  const files: Download[] = [];
  page.on('framenavigated', (frame) => seen.urls.push(frame.url()));
  page.on('download', (file) => files.push(file));
  context.on('console', (message) => seen.console.push(message.text()));
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const own = `${origin}${/^\/proxy\/[\w-]+\//.exec(pathname)?.[0] ?? ''}`;
    for (const [name, value] of Object.entries(request.headers())) {
      const of = value.includes(CLOUD_KEY) ? 'cloud' : value.includes(ROUGHY_KEY) ? 'roughy' : null;
      if (of !== null) sentTo.add(`${of} to ${new URL(own).pathname} in ${name}`);
    }
    seen.requests.push(`${request.url()} ${request.postData() ?? ''} ${request.headers()['referer'] ?? ''}`);
  });
  const { drawer, button, dialog, strip, view, range, name, row, firstName, alert, status } = screen(page);
  const choose = (connection: string) =>
    page.getByRole('combobox', { name: 'Connection' }).selectOption(connection);

  /** @param kept where the key of Roughy is meant to be */
  async function search(moment: string, kept: readonly string[]) {
    const now = await everything(page);
    for (const secret of SECRETS) {
      expect(holding(now, secret), `${moment}, ${secret}`).toEqual(secret === ROUGHY_KEY ? kept : []);
    }
    if (kept.length > 0) expect(JSON.parse(now.session)).toEqual([['winnow.key.roughy', ROUGHY_KEY]]);
  }

  /** A server that repeats the key wherever it can. */
  const echo = (statusCode: number) =>
    HttpResponse.json(
      {
        code: CLOUD_KEY,
        message: `Key ${CLOUD_KEY} (${encodeURIComponent(CLOUD_KEY)})`,
        details: { errors: [{ field: CLOUD_KEY, message: CLOUD_KEY }] },
      },
      {
        status: statusCode,
        headers: {
          'x-request-id': `r-${CLOUD_KEY}`,
          // The three tries more that a 500 gets need not take seconds.
          ...(statusCode === 500 && { 'retry-after': '0' }),
        },
      },
    );

  await test.step('a key is asked for before anything is sent', async () => {
    await page.goto('./?connection=comfy-cloud');
    await expect(page.getByRole('heading', { name: 'Connect to Comfy Cloud' })).toBeVisible();
    await expect(keyField(page)).toHaveAttribute('type', 'password');
    await expect(keyField(page)).toHaveAttribute('autocomplete', 'current-password');
    expect(sent()).toHaveLength(0);
  });

  await test.step('refused, it is asked for anew, with an alert', async () => {
    network.use(http.get('*/proxy/comfy-cloud/api/assets', () => echo(401), { once: true }));
    await enterKey(page, CLOUD_KEY);
    await expect(alert).toContainText('does not accept the key');
    await expect(keyField(page)).toHaveValue('');
    await search('after a 401', []);
  });

  await test.step('it can be pasted, spaces around it and all, and opens the table', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${CLOUD_KEY}\n`);
    await keyField(page).focus();
    await page.keyboard.press('ControlOrMeta+v');
    await button('Connect').click();
    await expect(range).toHaveText('1–50 of 260');
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
    await name(shotName(248)).click();
    await expect(drawer(shotName(248)).getByRole('img', { name: 'Preview of' })).toBeVisible();
    await search('in memory', []);
    for (const { headers, path } of sent()) expect(headers['x-api-key'], path).toBe(CLOUD_KEY);
  });

  await test.step('a list fails to be renewed', async () => {
    let fails = true;
    network.use(http.get('*/proxy/comfy-cloud/api/assets', () => (fails ? echo(500) : undefined)));
    await button('Refresh').click();
    await expect(status('This is the list as it was')).toBeVisible({ timeout: 60_000 });
    await search('after a 500', []);
    fails = false;
    await button('Try again').click();
    await expect(status('This is the list as it was')).toHaveCount(0);
  });

  await test.step('Roughy gets its key as a bearer, kept for the tab', async () => {
    await choose('Roughy');
    const before = sent().length;
    await page.getByRole('radio', { name: 'Keep for this tab, also after a reload' }).check();
    await enterKey(page, ROUGHY_KEY);
    await expect(range).toHaveText('1–50 of 130');
    await firstName.click();
    await expect(page.getByLabel(/^Preview of /)).toHaveJSProperty('controls', true);
    await expect.poll(() => sent('GET', /^\/media\//).length).toBeGreaterThan(0);
    for (const { headers, path } of sent().slice(before)) {
      expect(headers['authorization'], path).toBe(
        path.startsWith('/media/') ? undefined : `Bearer ${ROUGHY_KEY}`,
      );
      expect(headers['x-api-key']).toBeUndefined();
    }
    await search('kept for the tab', ['session']);
  });

  await test.step('each connection has a key of its own', async () => {
    for (const [connection, shown] of [
      ['Comfy Cloud', '1–50 of 260'],
      ['Local ComfyUI', '1–50 of 260'],
      ['Roughy', '1–50 of 130'],
      ['Comfy Cloud', '1–50 of 260'],
    ] as const) {
      await choose(connection);
      await expect(range).toHaveText(shown);
    }
    const keysSent = sent('GET', /^\/(api|v1)\/assets\?/).map(
      ({ headers }) => headers['x-api-key'] ?? headers['authorization'] ?? 'none',
    );
    expect(new Set(keysSent)).toEqual(new Set([CLOUD_KEY, `Bearer ${ROUGHY_KEY}`, 'none']));
  });

  await test.step('after a reload one in memory is asked for again, one for the tab is there, in this tab alone', async () => {
    await page.reload();
    await expect(keyField(page)).toBeVisible();
    await choose('Roughy');
    await expect(range).toHaveText('1–50 of 130');
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(keyField(other)).toBeVisible();
    await other.close();
  });

  await test.step('forgotten, it is gone at once', async () => {
    const first = (await firstName.textContent()) ?? '';
    await button('Forget key').click();
    await expect(keyField(page)).toBeVisible();
    await expect(status('The key for Roughy is forgotten')).toBeVisible();
    await expect(page.getByText(first)).toHaveCount(0);
    await search('forgotten', []);
  });

  await test.step('one is remembered on this device, locked and unlocked; the forgotten one stays so', async () => {
    await choose('Comfy Cloud');
    await page.getByRole('radio', { name: 'Remember on this device' }).check();
    await enterKey(page, CLOUD_KEY);
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Repeat it').fill(PASSPHRASE);
    await page.getByLabel('Repeat it').press('Enter');
    await expect(range).toHaveText('1–50 of 260');
    await search('remembered', []);
    await page.reload();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Passphrase', { exact: true }).press('Enter');
    await expect(range).toHaveText('1–50 of 260');
    await search('unlocked', []);
    await choose('Roughy');
    await expect(keyField(page)).toBeVisible();
    await choose('Comfy Cloud');
    await expect(range).toHaveText('1–50 of 260');
  });

  await test.step('a job has a refusal that repeats the key, a report, and files', async () => {
    network.use(http.delete('*/proxy/comfy-cloud/api/assets/:id', () => echo(409), { once: true }));
    await deleteFifty(page);
    await strip.getByRole('button', { name: 'Start now' }).click();
    await expect(status(/49/).first()).toBeVisible({ timeout: 60_000 });
    await view('Jobs').click();
    await page
      .getByRole('button', { name: /^Open report/ })
      .first()
      .click();
    await expect(page.getByRole('table', { name: 'Assets of this job' })).toContainText('[key]');
    for (const format of ['CSV', 'JSON Lines']) {
      const saved = page.waitForEvent('download');
      await button(`Save outcome as ${format}`).click();
      await saved;
    }
    await search('after a job', []);
  });

  await test.step('a connection is tested, one is added, all are exported', async () => {
    await view('Connections').click();
    await button('Test Comfy Cloud').click();
    await expect(status('Test passed:')).toBeVisible();
    await button('Add a connection').click();
    await page.getByLabel('Provider').selectOption('Comfy Cloud');
    await page.getByLabel('Label', { exact: true }).fill('Second account');
    await page.getByLabel('API key (optional)').fill(CLOUD_KEY);
    await button('Add').click();
    await expect(status('Second account was added')).toBeVisible();
    const exported = page.waitForEvent('download');
    await button('Export').click();
    await exported;
    await search('on the screen of connections', []);
  });

  await test.step('the keys are locked', async () => {
    await view('All assets').click();
    await button('Lock now').click();
    await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await search('locked', []);
  });

  const contents = await Promise.all(files.map(async (file) => readFile(await file.path(), 'utf8')));
  expect(contents.length).toBeGreaterThanOrEqual(4);
  expect(contents.join()).toContain('[key]');
  const lines = {
    urls: seen.urls.join('\n'),
    console: seen.console.join('\n'),
    requests: seen.requests.join('\n'),
    files: contents.join('\n'),
    names: files.map((file) => file.suggestedFilename()).join('\n'),
  };
  for (const secret of SECRETS) expect(holding(lines, secret), secret).toEqual([]);
  expect([...sentTo].sort()).toEqual([
    'cloud to /proxy/comfy-cloud/ in x-api-key',
    'roughy to /proxy/roughy/ in authorization',
  ]);
});
