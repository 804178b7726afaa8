import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { CLOUD_KEY, expect, later, selfHosted, test } from './fixtures';
import { shotName } from './library';
import { enterKey, openCloud, openComfyui, screen } from './screen';

const SITE = {
  connections: [{ id: 'comfyui', kind: 'comfyui', label: 'Local ComfyUI', baseUrl: 'proxy/comfyui' }],
};
const LIST = '*/proxy/comfyui/api/assets';
const CLOUD_LIST = '*/proxy/comfy-cloud/api/assets';
const listings = /^\/api\/assets\?/;

test('429 with Retry-After: the page says so, waits as long as asked, then shows the list', async ({
  page,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of 429/);
  await page.clock.install();
  let limited = true;
  network.use(
    http.get(CLOUD_LIST, () =>
      limited
        ? HttpResponse.json(
            { code: 'rate_limited', message: 'Too fast' },
            { status: 429, headers: { 'retry-after': '30' } },
          )
        : undefined,
    ),
  );
  await openCloud(page);
  const { status, range } = screen(page);
  await expect(
    status(/Comfy Cloud asks to slow down\. Trying again in 30 seconds\..*in (?:30|29) s/),
  ).toBeVisible();
  limited = false;
  await page.clock.runFor(20_000);
  expect(sent('GET', listings)).toHaveLength(1);
  await expect(status(/Trying again in (?:10|9) s/)).toBeVisible();
  await page.clock.runFor(11_000);
  await expect(range).toHaveText('1–50 of 260');
  await expect(status('Trying again')).toHaveCount(0);
});

test('429 without Retry-After from Comfy Cloud hints at the subscription', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 429/);
  await page.clock.install();
  network.use(
    http.get(CLOUD_LIST, () => HttpResponse.json({ code: 'inactive', message: 'No plan' }, { status: 429 })),
  );
  await openCloud(page);
  const { alert } = screen(page);
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(alert).toContainText('check your subscription', { timeout: 500 });
  }).toPass();
  await expect(alert.getByRole('heading', { name: 'Comfy Cloud asks to slow down' })).toBeVisible();
});

test('offline: the list stays, the page says so, and renews itself when the network is back', async ({
  page,
  context,
  network,
  allowErrors,
}) => {
  allowErrors(/net::ERR_|Failed to load resource/);
  await page.clock.install();
  let offline = false;
  // Mocked answers do not pass the network that `setOffline` switches off.
  network.use(http.all('*/proxy/comfyui/*', () => (offline ? HttpResponse.error() : undefined)));
  await openComfyui(page);
  const { button, status, range, firstName, alert } = screen(page);
  await expect(range).toHaveText('1–50 of 260');
  offline = true;
  await context.setOffline(true);
  await button('Refresh').click();
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(status('ComfyUI cannot be reached. This is the list as it was')).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await expect(firstName).toHaveText(shotName(248));
  await expect(alert).toHaveCount(0);

  offline = false;
  await context.setOffline(false);
  await expect(status('cannot be reached')).toHaveCount(0);
  await expect(range).toHaveText('1–50 of 260');
});

test('offline from the start: an error with a hint, and the list by itself once online', async ({
  page,
  context,
  network,
  allowErrors,
}) => {
  allowErrors(/net::ERR_|Failed to load resource/);
  await page.clock.install();
  let offline = true;
  const { promise: networkGone, resolve: mayDraw } = later<undefined>();
  network.use(
    http.all('*/proxy/comfyui/*', () => (offline ? HttpResponse.error() : undefined)),
    // Nothing is drawn before this is read: the page never sees the network go, only come back.
    http.get('*/config.json', async () => {
      await networkGone;
      return HttpResponse.json(SITE);
    }),
  );
  await openComfyui(page);
  await context.setOffline(true);
  mayDraw(undefined);
  const { alert, range } = screen(page);
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(alert).toContainText('Check that you are online', { timeout: 500 });
  }).toPass();
  offline = false;
  await context.setOffline(false);
  await expect(range).toHaveText('1–50 of 260');
});

test('500 is tried again by itself a few times, then it is up to the person', async ({
  page,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of 500/);
  await page.clock.install();
  let failing = true;
  network.use(
    http.get(LIST, () =>
      failing
        ? HttpResponse.json({ error: { code: 'BOOM', message: 'It broke' } }, { status: 500 })
        : undefined,
    ),
  );
  await openComfyui(page);
  const { alert, button, range } = screen(page);
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(alert).toContainText('ComfyUI has a problem', { timeout: 500 });
  }).toPass();
  await expect(alert).toContainText('It broke');
  await expect(alert).toContainText('ComfyUI · status 500 · code BOOM');
  expect(sent('GET', listings)).toHaveLength(4);
  failing = false;
  await button('Try again').click();
  await expect(range).toHaveText('1–50 of 260');
});

test('a first load shows where rows will be, and says that it loads', async ({ page, network }) => {
  const { promise: mayAnswer, resolve: letAnswer } = later<undefined>();
  network.use(http.get(LIST, () => mayAnswer));
  await openComfyui(page);
  const { status, range, table } = screen(page);
  await expect(status('Loading assets…')).toBeVisible();
  await expect(table).toHaveCount(0);
  letAnswer(undefined);
  await expect(range).toHaveText('1–50 of 260');
  await expect(status('Loading assets…')).toHaveCount(0);
});

test('an empty library says so', async ({ page, network }) => {
  network.use(...selfHosted(createComfyLibrary([])));
  await openComfyui(page);
  const { status, range, button } = screen(page);
  await expect(status('This library is empty')).toBeVisible();
  await expect(range).toHaveText('0 of 0');
  await expect(button('Next page')).toBeDisabled();
});

test('one asset is a library too, until it is deleted', async ({ page, network }) => {
  network.use(...selfHosted(createComfyLibrary([comfyAsset({ name: 'only.png' })])));
  await openComfyui(page);
  const { range, rows, button, dialog, status, search } = screen(page);
  await expect(range).toHaveText('1–1 of 1');
  await expect(rows).toHaveCount(1);
  await button('Delete only.png…').click();
  await dialog.getByRole('button', { name: 'Delete forever' }).click();
  await expect(status('This library is empty')).toBeVisible();
  await expect(range).toHaveText('0 of 0');
  await expect(search).toBeFocused();
});

test('a web page in place of an answer is told apart', async ({ page, network }) => {
  network.use(http.get(LIST, () => HttpResponse.html('<h1>Please sign in</h1>')));
  await openComfyui(page);
  const { alert } = screen(page);
  await expect(alert).toContainText('Something else answers in place of ComfyUI');
  await expect(alert).toContainText('text/html');
  await expect(alert).not.toContainText('Please sign in');
});

test('one unreadable row does not cost the page', async ({ page, network }) => {
  const good = ['before.png', 'after.png'].map((name) => comfyAsset({ name, preview_url: null }));
  const bad = { ...comfyAsset({ name: 'bad.png' }), created_at: 'last Tuesday' };
  network.use(
    http.get(LIST, () => HttpResponse.json({ assets: [good[0], bad, good[1]], total: 3, has_more: false })),
  );
  await openComfyui(page);
  const { rows, name, toolbar } = screen(page);
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(`Unreadable row ${bad.id}: field “created_at”`);
  await expect(name('before.png')).toBeVisible();
  await expect(name('after.png')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await expect(toolbar).toContainText('2 selected');
});

test('a total that shrinks between pages is taken as it comes', async ({ page, libraries }) => {
  await openComfyui(page, '&page=5');
  const { range, button } = screen(page);
  await expect(range).toHaveText('201–250 of 260');
  for (const { id } of libraries.comfyui.list({ limit: 30 }).assets) libraries.comfyui.remove(id);
  await button('Refresh').click();
  await expect(range).toHaveText('201–230 of 230');
  await expect(button('Next page')).toBeDisabled();
});

test('a server whose assets are switched off says how to switch them on', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 503/);
  network.use(
    http.get(LIST, () =>
      HttpResponse.json({ error: { code: 'SERVICE_DISABLED', message: 'off' } }, { status: 503 }),
    ),
  );
  await openComfyui(page);
  await expect(screen(page).alert).toContainText('--enable-assets');
});

test('a server that cannot filter by metadata says which filter to remove', async ({
  page,
  network,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 400/);
  network.use(...selfHosted(libraries.comfyui, { refusesMetadataFilter: true }));
  await openComfyui(page, '&meta=seed=7');
  await expect(screen(page).alert).toContainText('remove it (newer ComfyUI cannot filter by metadata)');
  await page.getByRole('button', { name: 'Clear all', exact: true }).click();
  await expect(screen(page).range).toHaveText('1–50 of 260');
});

test('a key that runs out while reading is asked for again, and the view is kept', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 401/);
  await openCloud(page, '&include=portrait');
  const { range, button } = screen(page);
  await expect(range).toHaveText('1–24 of 24');
  let revoked = true;
  network.use(
    http.get(CLOUD_LIST, () =>
      revoked
        ? HttpResponse.json({ code: 'UNAUTHORIZED', message: 'Key expired' }, { status: 401 })
        : undefined,
    ),
  );
  await button('Refresh').click();
  await expect(page.getByRole('alert').filter({ hasText: 'Key expired' })).toBeVisible();
  revoked = false;
  await enterKey(page, CLOUD_KEY);
  await expect(range).toHaveText('1–24 of 24');
  await expect(page).toHaveURL(/include=portrait/);
});

test('a browser that blocks all storage loses nothing but what is to be remembered', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('Access is denied', 'SecurityError');
        },
      });
    }
  });
  await openCloud(page);
  await expect(screen(page).range).toHaveText('1–50 of 260');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
  await expect(page).toHaveURL(/connection=comfyui/);
  await expect(screen(page).range).toHaveText('1–50 of 260');
});

for (const { what, answer, says } of [
  {
    what: 'missing',
    answer: () => new HttpResponse(null, { status: 404 }),
    says: /could not be read \(HTTP 404\)/,
  },
  { what: 'broken', answer: () => new HttpResponse('{"connections": ['), says: /it is not valid JSON/ },
]) {
  test(`a ${what} config.json leaves the demo, and says why`, async ({ page, network, allowErrors }) => {
    allowErrors(/status of 404.*config\.json/);
    network.use(http.get('*/config.json', answer));
    await page.goto('./');
    await expect(screen(page).status(says)).toBeVisible();
    await expect(screen(page).range).toHaveText(/^1–50 of/);
    await expect(page.getByRole('combobox', { name: 'Connection' })).toHaveValue('demo-comfy');
  });
}
