import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';

import { createServer } from '../src/hosting/server';
import { readUpstreams } from '../src/hosting/upstreams';

import { expect, test } from './fixtures';
import { shotName } from './library';
import { screen } from './screen';

const NOBODY = 'http://127.0.0.1:9';
let server: Server;
let folder: string;

test.beforeAll(async () => {
  server = createServer({
    siteDir: fileURLToPath(new URL('../dist/', import.meta.url)),
    basePath: '/some/folder/',
    upstreams: readUpstreams({ COMFY_CLOUD_URL: NOBODY, COMFYUI_URL: NOBODY, ROUGHY_URL: NOBODY }),
    hosts: ['127.0.0.1'],
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  folder = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/some/folder`;
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('served from a folder, the demo works there, its service worker stays within, and a connection is asked below it', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // Without its last slash: the server has to add it.
  await page.goto(`${folder}?size=20`);
  const { range, search, firstName, button, dialog, status } = screen(page);
  await expect(range).toHaveText(/^1–20 of 2,\d{3}$/);
  await expect(page).toHaveURL(`${folder}/?size=20`);
  const scopes = await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  );
  expect(scopes).toEqual([`${folder}/`]);

  await search.fill('flux');
  await search.press('Enter');
  await expect(page).toHaveURL(`${folder}/?size=20&q=flux`);
  await firstName.click();
  await expect(page.getByRole('complementary')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('complementary')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('complementary')).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
  await button('Next page').click();
  await expect(range).toHaveText('21–40 of 260');
  await button(`Delete ${shotName(228)}…`).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${shotName(228)} was deleted`)).toBeVisible();
  expect(asked.filter((path) => !path.startsWith('/some/folder/'))).toEqual(['/some/folder']);
});
