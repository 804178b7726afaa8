import type { Page } from '@playwright/test';

import { recorded } from '@/testing/recorded/replay';

import { startComfyuiReplay } from './comfyui-replay';
import { sendPng, startPlainServer, type PlainServer } from './plain-server';
import { enterKey, screen } from './screen';
import { expect, startWinnow, test } from './unmocked';

/*
 * Nothing is mocked here: the built server runs in a process of its own, as `npm start` runs it, in front of plain HTTP
 * servers that replay what a real ComfyUI 0.33 answered. What counts is what those servers received.
 */

const KEY = 'comfyui-5e7d0c42-real-proxy-key';
const MARKUP_ID = 'df75264f-73a7-4ffc-80a7-2ebbacc284af';
const MARKUP_NAME = '<img src=x onerror=alert(1)> 069.png';
/** Two assets have this name. */
const TWIN_NAME = 'run_00016_.png';
const TWIN_ID = 'e2addfb1-0031-41ff-8b34-b51005b6b430';
const OTHER_TWIN_ID = '953eb903-f4a1-49e0-bb82-ad4be988978f';
/** On the second page by size. */
const THREE = {
  'clip 05.mp4': '6b160625-ea80-439a-8921-acaed75fbd16',
  'clip 02.mp4': 'a47d7472-92c1-44de-9adc-affa393ce8ee',
  'clip 08.mp4': 'edce3a1d-6e7b-42c8-952b-f1f3fa602cc7',
};

const NEWEST = 'limit=20&offset=0&sort=created_at&order=desc&include_public=false';
/** All that a reading request brings along: no Origin, Referer, Cookie, Sec-Fetch-*, X-API-Key or Authorization. */
const PLAIN_HEADERS = ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent'];

const targets = (server: PlainServer, path: string): string[] =>
  server.received
    .filter((request) => request.method === 'GET' && request.path === path)
    .map(({ query }) => query.slice(1));

const writes = (server: PlainServer) =>
  server.received
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, query, headers, body }) => ({
      call: `${method} ${path}${query}`,
      type: headers['content-type'] ?? null,
      body,
    }));

const deletion = (id: string) => ({ call: `DELETE /api/assets/${id}`, type: null, body: '' });

const rowOf = (page: Page, id: string) =>
  screen(page)
    .table.getByRole('row')
    .filter({ has: page.locator(`a[href*="${id}"]`) });

async function deleteTwin(page: Page, id: string): Promise<void> {
  await rowOf(page, id)
    .getByRole('button', { name: `Delete ${TWIN_NAME}…` })
    .click();
  await screen(page).dialog.getByRole('button', { name: 'Delete forever' }).click();
}

test('the replay answers what was recorded', async ({ running }) => {
  const comfyui = await running(startComfyuiReplay());
  for (const name of ['list-page-20', 'list-past-end', 'list-empty', 'list-bad-sort', 'get-one', 'tags']) {
    const { request, response } = recorded(name);
    const answer = await fetch(comfyui.url + request.path);
    expect(answer.status, name).toBe(response.status);
    // A cursor means something to its own server only.
    const isCursor = (key: string, value: unknown) => (key === 'next_cursor' ? typeof value : value);
    const comparable = (body: unknown) => JSON.parse(JSON.stringify(body, isCursor)) as unknown;
    expect(comparable(await answer.json()), name).toEqual(comparable(response.body));
  }
});

test('a real library is browsed and cleaned up, its server is asked for exactly that, and a key goes to its own', async ({
  page,
  context,
  running,
  problems,
}) => {
  // One long journey, so that the last assertions see everything that was ever sent.
  test.slow();
  const comfyui = await running(startComfyuiReplay());
  const elsewhere = await running(startPlainServer((_request, response) => sendPng(response)));
  const cloud = await running(
    startComfyuiReplay({
      apiKey: KEY,
      redirects: {
        'disk_000.png': '/files/disk_000.png',
        // Another port of the same host is another program.
        'disk_007.png': `${elsewhere.url}/disk_007.png`,
        // Another host, and neither https nor on the public internet.
        'disk_008.png': `${elsewhere.url.replace('127.0.0.1', 'localhost')}/disk_008.png`,
      },
    }),
  );
  const winnow = await running(startWinnow({ COMFYUI_URL: comfyui.url, COMFY_CLOUD_URL: cloud.url }));
  const { range, firstName, name, row, tick, button, search, status, drawer, dialog, toolbar } = screen(page);
  const pictureOf = (name: string) => row(name).locator('img');
  const other = await context.newPage();
  // There to be kept back.
  await context.addCookies([{ name: 'session', value: 'of-another-app', url: winnow.url }]);
  const showing = page.waitForRequest(/\/api\/view\?/);

  await test.step('it is read, and shows pictures', async () => {
    await page.goto(`${winnow.url}?connection=comfyui&size=20`);
    await expect(range).toHaveText('1–20 of 322');
    await expect(firstName).toHaveText('disk-model-4.safetensors');
    await expect(row('disk_000.png').locator('img')).toHaveJSProperty('naturalWidth', 1);
    expect(context.serviceWorkers()).toEqual([]);
  });

  await test.step('a tag is taken off and put back', async () => {
    await search.fill('<IMG src=x');
    await search.press('Enter');
    await expect(range).toHaveText('1–2 of 2');
    await expect(name(MARKUP_NAME)).toBeVisible();
    await name(MARKUP_NAME).click();
    await expect(drawer(MARKUP_NAME).getByRole('img', { name: `Preview of ${MARKUP_NAME}` })).toBeVisible();

    const removing = page.waitForRequest((request) => request.method() === 'DELETE');
    await drawer(MARKUP_NAME).getByRole('button', { name: 'Remove tag Favorite' }).click();
    await expect(status(`Tag “Favorite” removed from ${MARKUP_NAME}`)).toBeVisible();
    // The browser did send what must not travel on.
    const { origin } = new URL(winnow.url);
    expect(await (await removing).allHeaders()).toMatchObject({ origin, 'sec-fetch-site': 'same-origin' });
    expect(await (await showing).allHeaders()).toMatchObject({ cookie: 'session=of-another-app' });
    await button('Undo').click();
    await expect(status(`Tag “Favorite” put back on ${MARKUP_NAME}`)).toBeVisible();
    await drawer(MARKUP_NAME).getByRole('button', { name: 'Close' }).click();
  });

  await test.step('what another tab deletes leaves the list by itself', async () => {
    await search.fill(TWIN_NAME);
    await search.press('Enter');
    await expect(range).toHaveText('1–2 of 2');
    await other.goto(`${winnow.url}?connection=comfyui&size=20&q=${TWIN_NAME}`);
    await expect(screen(other).range).toHaveText('1–2 of 2');
    await deleteTwin(other, TWIN_ID);
    await expect(screen(other).status(`${TWIN_NAME} was deleted`)).toBeVisible();
    for (const tab of [other, page]) {
      await expect(screen(tab).range).toHaveText('1–1 of 1');
      await expect(rowOf(tab, OTHER_TWIN_ID)).toBeVisible();
    }
    await button('Clear search').click();
    await expect(range).toHaveText('1–20 of 321');
  });

  await test.step('tags narrow it', async () => {
    const include = page.getByRole('combobox', { name: 'Include tags' });
    await include.fill('client');
    await page.getByRole('option', { name: 'client A' }).click();
    await expect(range).toHaveText('1–17 of 17');
    await include.fill('emoji');
    await page.getByRole('option', { name: 'emoji 🎨' }).click();
    await expect(range).toHaveText('1–5 of 5');
    await button('Clear all').click();
    await expect(range).toHaveText('1–20 of 321');
  });

  await test.step('three of another page are deleted together', async () => {
    await button('Size').click();
    await expect(firstName).toHaveText('big-3MB.bin');
    await button('Next page').click();
    await expect(range).toHaveText('21–40 of 321');
    await expect(firstName).toHaveText('lora-v4.safetensors');
    for (const victim of Object.keys(THREE)) await tick(victim).check();
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await expect(dialog).toHaveAccessibleName('Delete 3 assets?');
    await dialog.getByRole('button', { name: 'Delete 3 forever' }).click();
    await expect(status('3 assets were deleted')).toBeVisible();
    await expect(range).toHaveText('21–40 of 318');

    await page.reload();
    await expect(range).toHaveText('21–40 of 318');
    await expect(firstName).toHaveText('lora-v4.safetensors');
    for (const victim of Object.keys(THREE)) await expect(name(victim)).toHaveCount(0);
    expect(problems).toEqual([]);
  });

  await test.step('its server received exactly that, and nothing that must not travel on', () => {
    const [removal, undo, first, ...three] = writes(comfyui);
    const tags = { type: 'application/json', body: '{"tags":["Favorite"]}' };
    expect(removal).toEqual({ call: `DELETE /api/assets/${MARKUP_ID}/tags`, ...tags });
    expect(undo).toEqual({ call: `POST /api/assets/${MARKUP_ID}/tags`, ...tags });
    expect(first).toEqual(deletion(TWIN_ID));
    // These run side by side.
    const byCall = (a: { call: string }, b: { call: string }) => a.call.localeCompare(b.call);
    expect(three.sort(byCall)).toEqual(Object.values(THREE).map(deletion).sort(byCall));

    const lists = targets(comfyui, '/api/assets');
    expect(lists).toEqual(
      expect.arrayContaining([
        NEWEST,
        `name_contains=%3CIMG%20src%3Dx&${NEWEST}`,
        `name_contains=run_00016_.png&${NEWEST}`,
        `include_tags=client%20A&${NEWEST}`,
        `include_tags=client%20A,emoji%20%F0%9F%8E%A8&${NEWEST}`,
        'limit=20&offset=0&sort=size&order=desc&include_public=false',
        'limit=20&offset=20&sort=size&order=desc&include_public=false',
      ]),
    );
    for (const query of lists) expect(query).toMatch(/^([a-z_]+=[^&=]+&){4,6}include_public=false$/);
    expect(targets(comfyui, '/api/tags')).toContain(
      'limit=100&order=count_desc&include_zero=false&include_public=false',
    );
    expect(targets(comfyui, '/api/view')).toContain('type=output&filename=disk_000.png&preview=webp;80');
    expect(targets(comfyui, `/api/assets/${MARKUP_ID}`)).toContain('');

    for (const { method, path, headers, body } of comfyui.received) {
      const names = body === '' ? PLAIN_HEADERS : [...PLAIN_HEADERS, 'content-length', 'content-type'];
      expect(Object.keys(headers).sort(), `${method} ${path}`).toEqual(names.sort());
      expect(headers.host).toBe(comfyui.host);
      expect(body === '' || path.endsWith('/tags')).toBe(true);
    }
  });

  await test.step('a key goes to the server it is for and to no other, wherever that one sends the proxy', async () => {
    await page.goto(`${winnow.url}?connection=comfy-cloud&size=20`);
    await expect(page.getByLabel('API key')).toBeVisible();
    expect(cloud.received).toEqual([]);
    const refused = Promise.all(
      ['disk_007.png', 'disk_008.png'].map((name) =>
        page.waitForResponse((response) => response.url().includes(name) && response.status() === 502),
      ),
    );
    await enterKey(page, KEY);
    await expect(range).toHaveText('1–20 of 322');

    for (const name of ['disk_000.png', 'disk_002.png']) {
      await expect(pictureOf(name)).toHaveAttribute('src', /^blob:/);
      await expect(pictureOf(name)).toHaveJSProperty('naturalWidth', 1);
    }
    await refused;
    for (const name of ['disk_007.png', 'disk_008.png']) await expect(pictureOf(name)).toHaveCount(0);
    expect(elsewhere.received).toEqual([]);
    expect(targets(cloud, '/files/disk_000.png')).toEqual(['']);
    expect(targets(cloud, '/api/view')).toContain('type=output&filename=disk_000.png&res=512');

    await button('Delete disk_002.png…').click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status('disk_002.png was deleted')).toBeVisible();
    await expect(range).toHaveText('1–20 of 321');
    expect(writes(cloud)).toEqual([deletion('d1adc3aa-4ae9-44c7-b5e1-b9b4493ce3e6')]);

    await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
    await expect(range).toHaveText('1–20 of 318');
    await expect(pictureOf('disk_000.png')).toHaveAttribute(
      'src',
      `${winnow.url}proxy/comfyui/api/view?type=output&filename=disk_000.png&preview=webp;80`,
    );

    for (const { headers, path, query } of cloud.received) {
      expect(headers['x-api-key'], path).toBe(KEY);
      expect(Object.keys(headers).sort(), path).toEqual([...PLAIN_HEADERS, 'x-api-key'].sort());
      expect(headers.host).toBe(cloud.host);
      expect(path + query).not.toContain(KEY);
    }
    expect(comfyui.received.length).toBeGreaterThan(0);
    expect(JSON.stringify(comfyui.received)).not.toContain(KEY);
    expect(winnow.printed()).toContain('UPSTREAM_REDIRECT');
    expect(winnow.printed()).not.toContain(KEY);
    expect(page.url()).not.toContain(KEY);
    // The refused pictures are all that the browser has to report.
    expect([...problems].sort()).toEqual([
      expect.stringMatching(/status of 502 .*disk_007\.png/),
      expect.stringMatching(/status of 502 .*disk_008\.png/),
    ]);
  });

  await test.step('what somebody else has deleted meanwhile counts as gone', async () => {
    const before = writes(comfyui).length;
    await fetch(`${comfyui.url}/api/assets/${OTHER_TWIN_ID}`, { method: 'DELETE' });
    await deleteTwin(other, OTHER_TWIN_ID);
    await expect(screen(other).status(`${TWIN_NAME} was already gone`)).toBeVisible();
    await expect(rowOf(other, OTHER_TWIN_ID)).toHaveCount(0);
    expect(
      writes(comfyui)
        .slice(before)
        .map(({ call }) => call),
    ).toEqual([deletion(OTHER_TWIN_ID).call, deletion(OTHER_TWIN_ID).call]);
  });
});
