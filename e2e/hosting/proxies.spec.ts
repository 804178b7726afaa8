import { readdirSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import process from 'node:process';
import type { Page } from '@playwright/test';

import { securityHeaders } from '../../src/hosting/security-headers';

import { startComfyuiReplay } from '../comfyui-replay';
import type { PlainServer } from '../plain-server';
import { enterKey, screen } from '../screen';
import { expect, startWinnow, test } from '../unmocked';
import { ask } from './ask';
import { SITE, startCaddy, startNginx, type RunningServer, type Upstreams } from './running-server';
import { findBrotliModule, findServer } from './servers.mjs';

/* One journey and one list of promises, through each server that can stand before the providers. */

const KEY = 'comfyui-71c0ffee-hosting-key';
const VICTIM = { name: 'disk_002.png', id: 'd1adc3aa-4ae9-44c7-b5e1-b9b4493ce3e6' };
const NOBODY = 'http://127.0.0.1:9';

const script = readdirSync(`${SITE}assets`).find((name) => /^index-.*\.js$/.test(name)) ?? '';

const starts: Readonly<Record<string, (upstreams: Upstreams) => Promise<RunningServer>>> = {
  'npm start': async ({ cloud, comfyui, roughy }) => {
    const server = await startWinnow({ COMFY_CLOUD_URL: cloud, COMFYUI_URL: comfyui, ROUGHY_URL: roughy });
    return { ...server, logs: () => Promise.resolve(server.printed()) };
  },
  nginx: (upstreams) => startNginx(installed('nginx'), upstreams),
  Caddy: (upstreams) => startCaddy(installed('caddy'), upstreams),
};

/** Where nothing can be installed the test is skipped, and says so; on CI that is a failure. */
function installed(name: 'nginx' | 'caddy'): string {
  const path = findServer(name);
  const missing = `${name} is not installed; \`npm test\` gets it where apt-get can`;
  test.skip(path === null && process.env['CI'] !== 'true', missing);
  if (path === null) throw new Error(missing);
  return path;
}

for (const [name, start] of Object.entries(starts)) {
  test(`${name} serves the site, and passes on what its pages need`, async ({
    page,
    context,
    running,
    problems,
  }) => {
    test.slow();
    const comfyui = await running(startComfyuiReplay());
    const cloud = await running(startComfyuiReplay({ apiKey: KEY }));
    const server = await running(start({ cloud: cloud.url, comfyui: comfyui.url, roughy: NOBODY }));

    await test.step('pages come with what keeps them safe, small and fresh', () =>
      expectSafeSmallFresh(name, server));
    await test.step('what Winnow needs is passed on, to its own pages, and nothing else', () =>
      expectOnlyNeeded(server, comfyui));
    // Through `npm start` real-proxy.spec.ts has a longer journey, and looks at the same headers.
    if (name === 'npm start') return;
    await test.step('assets are browsed and deleted, and a key reaches its provider only', async () => {
      await context.addCookies([{ name: 'session', value: 'of-another-app', url: server.url }]);
      await browseAndDelete(page, server, { comfyui, 'comfy-cloud': cloud });
      // A picture's address is taken as it is, down to the last character.
      expect(comfyui.received.map(({ query }) => query)).toContain(
        '?type=output&filename=disk_000.png&preview=webp;80',
      );
      expect(await server.logs()).not.toContain(KEY);
      expect(problems).toEqual([]);
    });
  });
}

async function expectSafeSmallFresh(name: string, server: RunningServer): Promise<void> {
  const hashed = `${server.url}assets/${script}`;
  for (const url of [server.url, hashed, `${server.url}config.json`, `${server.url}demo-worker.js`]) {
    const { status, headers } = await ask(url);
    expect(status).toBe(200);
    expect(headers).toMatchObject(securityHeaders());
    expect(headers['cache-control'], url).toBe(
      url === hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
  }
  expect((await ask(hashed)).headers).not.toHaveProperty('content-encoding');
  const zipped = await ask(hashed, { 'accept-encoding': 'gzip' });
  expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: /accept-encoding/i });
  if (name !== 'nginx' || findBrotliModule(findServer('nginx') ?? '') !== null) {
    expect((await ask(hashed, { 'accept-encoding': 'br' })).headers['content-encoding']).toBe('br');
  }
  const made = brotliDecompressSync(readFileSync(`${SITE}assets/${script}.br`));
  expect(made.equals(readFileSync(`${SITE}assets/${script}`))).toBe(true);
  // Read anew, so that a change needs no rebuild: never from a form made before.
  const config = await ask(`${server.url}config.json`, { 'accept-encoding': 'gzip, br' });
  expect(config.headers).not.toHaveProperty('content-encoding');
  expect(JSON.parse(config.body)).toHaveProperty('connections');
  expect((await ask(`${server.url}missing.js`)).status).toBe(404);
}

async function expectOnlyNeeded(server: RunningServer, comfyui: PlainServer): Promise<void> {
  const api = `${server.url}proxy/comfyui/api`;
  const { origin, host } = new URL(server.url);
  const fine = await ask(`${api}/tags`, { origin, 'sec-fetch-site': 'same-origin', host });
  expect(fine.status).toBe(200);
  expect(fine.headers).toMatchObject({
    'content-security-policy': 'sandbox',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const asked = comfyui.received.length;
  const refused = [
    await ask(`${api}/tags`, { 'sec-fetch-site': 'cross-site' }),
    await ask(`${api}/tags`, { 'sec-fetch-site': 'same-site' }),
    await ask(`${api}/tags`, { origin: 'https://elsewhere.example' }),
    await ask(`${api}/tags`, { origin: 'null' }),
    await ask(`${api}/tags`, { host: 'rebound.example' }),
    await ask(`${api}/history`),
    await ask(`${api}/assets/../history`),
    await ask(`${api}/assets/x/%2e%2e/%2e%2e/history`),
    await ask(`${api}/assets`, {}, 'DELETE'),
    await ask(`${api}/assets`, {}, 'POST'),
    await ask(`${server.url}proxy/elsewhere/api/tags`),
  ];
  // Caddy answers 200 and nothing at all under a name that is not the site's.
  expect(refused.filter(({ status, body }) => status < 400 && body !== '')).toEqual([]);
  expect(comfyui.received).toHaveLength(asked);

  const unreachable = await ask(`${server.url}proxy/roughy/v1/assets`);
  expect(unreachable).toMatchObject({
    status: 502,
    headers: { 'x-winnow-refusal': 'UPSTREAM_UNREACHABLE' },
  });
  expect(JSON.parse(unreachable.body)).toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  expect((await ask(`${api}/history`)).headers).toHaveProperty('x-winnow-refusal');
}

async function browseAndDelete(
  page: Page,
  server: RunningServer,
  upstreams: Readonly<Record<'comfyui' | 'comfy-cloud', PlainServer>>,
): Promise<void> {
  const { range, row, button, dialog, status } = screen(page);
  for (const [connection, upstream] of Object.entries(upstreams)) {
    const key = upstream === upstreams['comfy-cloud'] ? KEY : undefined;
    const asked = upstream.received.length;
    await page.goto(`${server.url}?connection=${connection}&q=disk_00`);
    if (key !== undefined) await enterKey(page, key);
    await expect(range).toHaveText('1–10 of 10');
    await expect(row('disk_000.png').locator('img')).toHaveJSProperty('naturalWidth', 1);
    await button(`Delete ${VICTIM.name}…`).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status(`${VICTIM.name} was deleted`)).toBeVisible();
    await expect(range).toHaveText('1–9 of 9');
    const received = upstream.received.slice(asked);
    const writes = received.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /api/assets/${VICTIM.id}`,
    ]);
    for (const { headers, path } of received) {
      expect(headers['x-api-key'], path).toBe(key);
      expect(headers.host).toBe(upstream.host);
      for (const header of ['cookie', 'origin', 'referer', 'authorization']) {
        expect(headers, path).not.toHaveProperty(header);
      }
      expect(
        Object.keys(headers).filter((each) => /^(?:sec|x-forwarded)-/.test(each)),
        path,
      ).toEqual([]);
    }
  }
}
