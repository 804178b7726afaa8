import { http, HttpResponse } from 'msw';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { startPlainServer, type PlainServer } from './plain-server';
import { openComfyui, screen } from './screen';

/*
 * A server that means harm, or is broken beyond belief: whatever it sends stays text, costs its own row at most, and
 * the page goes on working. Characters that cannot be seen are written out wherever a name is shown.
 */

const LIST = '*/proxy/comfyui/api/assets';
const RTL = '\u202E';

const row = (name: string, fields: object = {}) => ({
  id: `id-${name}`,
  name,
  size: 1000,
  mime_type: 'image/png',
  tags: ['output'],
  user_metadata: {},
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  ...fields,
});

/** Deeper than this process could write out by itself. */
const DEEP = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
const textOf = (body: unknown): string => JSON.stringify(body).replaceAll('"@deep"', DEEP);
const json = (body: unknown) =>
  new HttpResponse(textOf(body), { headers: { 'content-type': 'application/json' } });

const GOOD = row('good.png');
const DISGUISED = row(`photo${RTL}gnp.exe`, { id: 'disguised', tags: [`draft${RTL}x`, 'output', 'third'] });
const SHOWN = 'photo[U+202E]gnp.exe';

const HOSTILE = [
  GOOD,
  DISGUISED,
  row('<img src=x onerror=alert(1)>', { id: 'markup', tags: ['<script>alert(1)</script>'] }),
  row('script.png', { preview_url: 'javascript:alert(1)' }),
  row('page.png', { preview_url: 'data:text/html,<script>alert(1)</script>' }),
  row('credentials.png', { preview_url: 'https://user:pass@127.0.0.1/x.png' }),
  row('controls\u0000\u001B[31m\u200B\u2028.png', { id: 'controls' }),
  row('megabyte.png', { user_metadata: { prompt: 'x'.repeat(1_000_000), __proto: 1 } }),
  row('tags.png', { tags: Array.from({ length: 10_000 }, (_, index) => `tag-${index}`) }),
  row('wide.png', {
    user_metadata: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key-${index}`, index])),
  }),
  row('deep.png', { user_metadata: { deep: '@deep' } }),
  row(`${'long'.repeat(250_000)}.png`, { id: 'long' }),
  row('huge.png', { size: 1e308 }),
  row('negative.png', { size: -1 }),
  row('nan.png', { size: 'NaN' }),
  row('keys.png', {
    tags: ['__proto__', 'constructor', 'toString'],
    user_metadata: JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ) as object,
  }),
  row('constructor', { id: '__proto__' }),
  row('path.png', { id: '../../evil?a=b#c/d' }),
  row('twice.png'),
  row('twice.png'),
  { ...row('bad id'), id: 7 },
  row('bad tags', { tags: 'output' }),
  row('bad time', { created_at: 'yesterday' }),
  row('bad flag', { is_immutable: 'no' }),
  null,
  'a text',
  [],
];
const UNREADABLE = 7;

const serve = (rows: readonly unknown[]) =>
  http.get(LIST, () => json({ assets: rows, total: rows.length, has_more: false }));

const hasId = (each: unknown): each is typeof GOOD => each instanceof Object && 'id' in each;

const serveOne = (rows: readonly unknown[]) =>
  http.get(`${LIST}/:id`, ({ params }) => {
    const found = rows.filter(hasId).find(({ id }) => id === params['id']);
    return found === undefined ? undefined : json(found);
  });

/** Nothing that turns text around, breaks a line or cannot be seen is anywhere in the page, attributes included. */
const expectNothingHidden = async (page: Page): Promise<void> => {
  const hidden = await page.evaluate(() => {
    const html = document.documentElement.outerHTML;
    return Array.from(
      html.matchAll(/\p{Cc}(?<![\t\n\r])|[\u200B\u2028\u202A-\u202E\u2066-\u2067]/gu),
      ({ index }) => html.slice(Math.max(0, index - 60), index + 20),
    );
  });
  expect(hidden).toEqual([]);
};

test('a library of hostile rows: the bad ones are named, the others work', async ({
  page,
  network,
  sent,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  network.use(
    serve(HOSTILE),
    serveOne(HOSTILE),
    http.delete(`${LIST}/*`, () => new HttpResponse(null, { status: 204 })),
    http.get('*/proxy/comfyui/api/tags', () =>
      HttpResponse.json({
        tags: [
          { name: 'huge', count: 1e308 },
          ...Array.from({ length: 10_000 }, (_, index) => ({ name: `tag-${index}${RTL}`, count: index })),
        ],
      }),
    ),
  );
  const {
    name,
    row: rowOf,
    rows,
    tick,
    toolbar,
    table,
    drawer,
    dialog,
    status,
    search,
    alert,
  } = screen(page);

  await test.step('one that cannot be read names its field, and costs no other', async () => {
    await openComfyui(page);
    await expect(name('good.png')).toBeVisible();
    // One came twice.
    await expect(rows).toHaveCount(HOSTILE.length - 1);
    const unreadable = rows.filter({ hasText: 'Unreadable row' });
    await expect(unreadable).toHaveCount(UNREADABLE);
    for (const field of ['id', 'tags', 'created_at', 'is_immutable']) {
      await expect(unreadable.filter({ hasText: `field “${field}”` })).not.toHaveCount(0);
    }
  });

  await test.step('names and addresses stay text', async () => {
    await expectNothingHidden(page);
    await expect(name(SHOWN)).toBeVisible();
    await expect(name('<img src=x onerror=alert(1)>')).toBeVisible();
    await expect(name('controls[U+0000][U+001B][31m[U+200B][U+2028].png')).toBeVisible();
    await expect(table.locator('a[href^="javascript:"], [src^="javascript:"], [src^="data:"]')).toHaveCount(
      0,
    );
    for (const broken of ['huge.png', 'negative.png', 'nan.png']) {
      await expect(rowOf(broken)).toContainText('unknown');
    }
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  });

  await test.step('all that can be read can be ticked, and nothing else', async () => {
    await tick(SHOWN).check();
    await expect(toolbar).toContainText('1 selected');
    await page.getByRole('checkbox', { name: 'Select page', exact: true }).check();
    await expect(toolbar).toContainText(`${HOSTILE.length - 1 - UNREADABLE} selected`);
    await toolbar.getByRole('button', { name: 'Clear selection' }).click();
  });

  await test.step('the drawer shows 10,000 tags by parts, and more on demand', async () => {
    await name('tags.png').click();
    const tagged = drawer('tags.png');
    await expect(tagged.getByRole('button', { name: /^Remove tag tag-/ })).toHaveCount(200);
    await tagged.getByRole('button', { name: '9,800 more tags…' }).click();
    await expect(tagged.getByRole('button', { name: /^Remove tag tag-/ })).toHaveCount(400);
  });

  await test.step('so it does with metadata that is wide, long, deep or named to confuse', async () => {
    await name('wide.png').click();
    await expect(drawer('wide.png').getByRole('button', { name: '4,800 more…' })).toBeVisible();

    await name('megabyte.png').click();
    const large = drawer('megabyte.png');
    await large.getByRole('button', { name: 'Show all of prompt' }).click();
    await expect(large).toContainText('980,000 more characters');

    // Ten thousand levels open one by one.
    await name('deep.png').click();
    const deep = drawer('deep.png');
    await deep.getByText('deep', { exact: true }).click();
    const levels = deep.getByText('a', { exact: true });
    await expect(levels).toHaveCount(1);
    await levels.click();
    await expect(levels).toHaveCount(2);

    await name('keys.png').click();
    await expect(drawer('keys.png').getByRole('button', { name: 'Remove tag __proto__' })).toBeVisible();
    await expect(drawer('keys.png').getByText('__proto__', { exact: true })).toHaveCount(2);
  });

  await test.step('an id that looks like a path stays an id in every address', async () => {
    await name('path.png').click();
    await drawer('path.png').getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status('path.png was deleted')).toBeVisible();
    const path = '/api/assets/..%2F..%2Fevil%3Fa%3Db%23c%2Fd';
    expect(sent('DELETE').map((each) => each.path)).toEqual([path]);
    expect(sent('GET', /evil/).map((each) => each.path)).toEqual([path]);
  });

  await test.step('10,000 tags in the list of tags are suggested a few at a time', async () => {
    await page.getByRole('combobox', { name: 'Include tags' }).click();
    const options = page.getByRole('listbox', { name: 'Include tags: suggestions' }).getByRole('option');
    await expect(options).toHaveCount(50);
    await expect(options.first()).toHaveText(/^tag-0\[U\+202E\]/);
    await expectNothingHidden(page);
    await page.keyboard.press('Escape');
  });

  await test.step('a web page in the place of the API is told apart, and never shown', async () => {
    network.use(
      http.get(LIST, () => HttpResponse.html('<h1>Log in</h1><script>alert(1)</script>', { status: 200 })),
    );
    await search.fill('log');
    await search.press('Enter');
    await expect(alert).toContainText('Something else answers in place of ComfyUI');
    await expect(alert).toContainText('text/html');
    await expect(page.getByText('Log in')).toHaveCount(0);
  });
  expect(dialogs).toEqual([]);
});

test('a disguised name is written out wherever it is shown', async ({ page, network, allowErrors, axe }) => {
  allowErrors(/status of 403/);
  network.use(
    serve([GOOD, DISGUISED]),
    serveOne([DISGUISED]),
    http.delete(`${LIST}/disguised/tags`, () =>
      HttpResponse.json({ total_tags: ['output', 'third'], removed: [`draft${RTL}x`], not_present: [] }),
    ),
    http.delete(`${LIST}/disguised`, () =>
      HttpResponse.json({ error: { code: 'IN_USE', message: `Used by ${RTL}fdp.exe` } }, { status: 403 }),
    ),
  );
  await openComfyui(page);
  const { name, drawer, dialog, status, view, button } = screen(page);

  await name(SHOWN).click();
  await expect(drawer(SHOWN).getByRole('heading', { name: SHOWN })).toBeVisible();
  await expectNothingHidden(page);
  // What is written out can be read by everybody.
  await axe();

  await drawer(SHOWN).getByRole('button', { name: 'Remove tag draft[U+202E]x' }).click();
  await expect(status(`Tag “draft[U+202E]x” removed from ${SHOWN}`)).toBeVisible();
  await expectNothingHidden(page);

  await drawer(SHOWN).getByRole('button', { name: 'Mark for deletion' }).click();
  await expect(status(`${SHOWN} is marked for deletion`)).toBeVisible();
  await expectNothingHidden(page);

  await drawer(SHOWN).getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName(`Delete ${SHOWN}?`);
  await expectNothingHidden(page);
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(dialog).toContainText('Used by [U+202E]fdp.exe');
  await expectNothingHidden(page);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await drawer(SHOWN).getByRole('button', { name: 'Close' }).click();

  await view('Marked').click();
  await expect(
    page.getByRole('table', { name: 'Marked assets' }).getByRole('link', { name: SHOWN }),
  ).toBeVisible();
  await expectNothingHidden(page);

  await view('Jobs').click();
  await page.getByRole('table', { name: 'Jobs', exact: true }).getByRole('button').first().click();
  await expect(page.getByRole('table', { name: 'Assets of this job' })).toContainText(SHOWN);
  await expectNothingHidden(page);

  // Written to a file it stays exactly what the provider calls it.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button('Save outcome as JSON Lines').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^[\w.-]+\.jsonl$/);
  expect(await readFile(await download.path(), 'utf8')).toContain(
    JSON.stringify(DISGUISED.name).slice(1, -1),
  );
});

test.describe('a server that does not know when to stop', () => {
  let server: PlainServer | null = null;
  test.afterEach(() => server?.close());

  /** What the list is answered with, by a real server: the page streams it. */
  async function listFrom(page: Page, answer: Parameters<typeof startPlainServer>[0]): Promise<PlainServer> {
    const started = await startPlainServer((request, response) => {
      response.setHeader('access-control-allow-origin', '*');
      answer(request, response);
    });
    server = started;
    await page.route('**/config.json', (route) =>
      route.fulfill({
        json: { connections: [{ id: 'comfyui', kind: 'comfyui', label: 'ComfyUI', baseUrl: started.url }] },
      }),
    );
    return started;
  }
  const heapOf = async (page: Page): Promise<number> => {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  };
  const MiB = 1024 * 1024;

  test('an answer without an end, or that trickles for ever, is given up, and the page goes on', async ({
    page,
    allowErrors,
  }) => {
    allowErrors(/config\.json|net::ERR/);
    await page.clock.install();
    let mood: 'endless' | 'trickle' | 'well' = 'endless';
    let trickles = 0;
    await listFrom(page, (_request, response) => {
      if (mood === 'well') {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ assets: [GOOD], total: 1, has_more: false }));
        return;
      }
      response.write('{"assets":[');
      if (mood === 'trickle') {
        trickles += 1;
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
        return;
      }
      const piece = Buffer.from(`${JSON.stringify(row('x'.repeat(60_000)))},`);
      const more = (): void => {
        if (response.write(piece)) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    const { alert, button, name } = screen(page);

    await test.step('JSON without an end is not read beyond 32 MiB, and kept nowhere', async () => {
      await openComfyui(page);
      await expect(alert).toContainText('ComfyUI sent too much', { timeout: 30_000 });
      await expect(alert).toContainText('Winnow stopped reading at 32 MiB');
      expect(await heapOf(page)).toBeLessThan(24 * MiB);
    });

    await test.step('a trickle for ever is given up in time', async () => {
      mood = 'trickle';
      await button('Try again').click();
      await expect.poll(() => trickles).toBeGreaterThan(0);
      await expect(button('Trying…')).toBeVisible();
      await page.clock.runFor(31_000);
      await expect(alert).toContainText('ComfyUI took too long');
    });

    await test.step('an answer that is right is shown', async () => {
      mood = 'well';
      await button('Try again').click();
      await expect(name('good.png')).toBeVisible();
    });
  });
});
