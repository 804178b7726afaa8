import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

import { startComfyuiReplay } from '../comfyui-replay';
import { sendNotFound, startPlainServer, type PlainServer } from '../plain-server';
import { screen } from '../screen';
import { expect, test as base } from '../unmocked';
import { fileAt } from './file-at';
import { SITE } from './running-server';

/* Hosts that only serve files: no proxy, no headers, the page protects itself. */

const VICTIM = { name: 'disk_002.png', id: 'd1adc3aa-4ae9-44c7-b5e1-b9b4493ce3e6' };

const test = base.extend<{ siteWith: (config: string, folder?: string) => string }>({
  /** The built site in a folder of its own, with another config.json; below `folder`, if one is given. */
  siteWith: async ({ problems }, provide) => {
    const roots: string[] = [];
    await provide((config, folder = '') => {
      const root = mkdtempSync(join(tmpdir(), 'winnow-hosting-'));
      roots.push(root);
      cpSync(SITE, join(root, folder), { recursive: true });
      writeFileSync(join(root, folder, 'config.json'), config);
      return root;
    });
    for (const root of roots) rmSync(root, { recursive: true });
    expect(problems).toEqual([]);
  },
});

const recipe = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

const startFiles = (root: string) =>
  startPlainServer(({ path }, response) => {
    const file = fileAt(root, path);
    if (file === null) sendNotFound(response);
    else response.writeHead(200, { 'content-type': file.type }).end(file.content);
  });

async function journey(page: Page, comfyui: PlainServer): Promise<void> {
  const { range, row, button, dialog, drawer, name, status } = screen(page);
  await expect(range).toHaveText('1–10 of 10');
  await expect(row('disk_000.png').locator('img')).toHaveJSProperty('naturalWidth', 1);
  await name('disk_000.png').click();
  await drawer('disk_000.png').getByRole('button', { name: 'Close' }).click();
  await button(`Delete ${VICTIM.name}…`).click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status(`${VICTIM.name} was deleted`)).toBeVisible();
  await expect(range).toHaveText('1–9 of 9');
  const writes = comfyui.received.filter(({ method }) => !['GET', 'OPTIONS'].includes(method));
  expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([`DELETE /api/assets/${VICTIM.id}`]);
}

test('it needs no proxy as the front end of ComfyUI, as a custom node, and beside a ComfyUI that allows its origin', async ({
  page,
  running,
  siteWith,
}) => {
  await test.step('as the front end itself: same origin, past its check of origins', async () => {
    const frontEndRoot = siteWith(recipe('config-comfyui.json'));
    const comfyui = await running(startComfyuiReplay({ frontEndRoot }));
    await page.goto(`${comfyui.url}/?q=disk_00`);
    await journey(page, comfyui);
  });

  await test.step('in ComfyUI as a custom node, below /winnow/', async () => {
    const frontEndRoot = siteWith(recipe('config-comfyui.json'), 'winnow');
    const comfyui = await running(startComfyuiReplay({ frontEndRoot }));
    await page.goto(`${comfyui.url}/winnow/?q=disk_00`);
    await journey(page, comfyui);
    const asked = comfyui.received.filter(({ path }) => path.includes('api'));
    expect(asked.filter(({ path }) => !path.startsWith('/api/'))).toEqual([]);
  });

  await test.step('from a folder of a plain file server', async () => {
    const root = siteWith('', 'tools/winnow');
    const site = await running(startFiles(root));
    const comfyui = await running(startComfyuiReplay({ corsOrigin: site.url }));
    const config = recipe('config-direct.json').replace('http://127.0.0.1:8188', comfyui.url);
    writeFileSync(join(root, 'tools/winnow/config.json'), config);
    await page.goto(`${site.url}/tools/winnow/?connection=comfyui&q=disk_00`);
    await journey(page, comfyui);
    expect(
      site.received.map(({ path }) => path).filter((path) => !path.startsWith('/tools/winnow/')),
    ).toEqual([]);
  });
});

test('the page of such a host asks nobody but its own site, this machine and what config.json names', async ({
  page,
  running,
  problems,
}) => {
  const root = mkdtempSync(join(tmpdir(), 'winnow-hosting-'));
  cpSync(SITE, root, { recursive: true });
  const config = {
    connections: [
      { id: 'studio', kind: 'comfyui', label: 'Studio', baseUrl: 'https://studio.example/folder' },
      { id: 'cloud', kind: 'comfy-cloud', label: 'Cloud', baseUrl: 'proxy/comfy-cloud' },
    ],
    connect: ['https://*.allowed.example'],
  };
  writeFileSync(join(root, 'config.json'), JSON.stringify(config));
  const site = await running(startFiles(root));
  // No such hosts exist: what a policy forbids never gets as far as this.
  await page
    .context()
    .route(/\.example/, (route) => route.fulfill({ headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(`${site.url}/?connection=cloud`);
  await expect(page.getByLabel('API key')).toBeVisible();
  const reaches = (url: string) =>
    page.evaluate(
      (target) =>
        fetch(target).then(
          () => true,
          () => false,
        ),
      url,
    );
  expect(await reaches('https://studio.example/api/assets')).toBe(true);
  expect(await reaches('https://one.allowed.example/')).toBe(true);
  expect(problems).toEqual([]);
  for (const url of ['https://evil.example/', 'http://studio.example:81/', 'https://allowed.example/']) {
    expect(await reaches(url), url).toBe(false);
  }
  // Heard of a moment after the request has failed.
  await expect
    .poll(() => problems.filter((problem) => problem.startsWith('forbidden: connect-src')))
    .toHaveLength(3);
  rmSync(root, { recursive: true });
});
