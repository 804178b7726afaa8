import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { CLOUD_KEY, expect, later, selfHosted, test } from './fixtures';
import { enterKey, openCloud, screen } from './screen';

const CLOUD_LIST = '*/proxy/comfy-cloud/api/assets';
const listings = /^\/api\/assets\?/;

test('what goes wrong while reading is said, and gone as soon as it can be', async ({
  page,
  context,
  network,
  sent,
  allowErrors,
}) => {
  allowErrors(/status of (429|500|401)|net::ERR_|Failed to load resource/);
  await page.clock.install();
  const { alert, button, range, search, status, rows, table, name, dialog } = screen(page);
  let answer: (() => Response) | null = null;
  network.use(http.get(CLOUD_LIST, () => answer?.()));

  await test.step('429 with Retry-After: the page says so, waits as long as asked, then shows the list', async () => {
    answer = () =>
      HttpResponse.json(
        { code: 'rate_limited', message: 'Too fast' },
        { status: 429, headers: { 'retry-after': '30' } },
      );
    await openCloud(page, '&size=20');
    await expect(
      status(/Comfy Cloud asks to slow down\. Trying again in 30 seconds\..*in (?:30|29) s/),
    ).toBeVisible();
    answer = null;
    await page.clock.runFor(20_000);
    expect(sent('GET', listings)).toHaveLength(1);
    await expect(status(/Trying again in (?:10|9) s/)).toBeVisible();
    await page.clock.runFor(11_000);
    await expect(range).toHaveText('1–20 of 260');
    await expect(status('Trying again')).toHaveCount(0);
  });

  await test.step('500 is tried again by itself a few times, then it is up to the person', async () => {
    answer = () => HttpResponse.json({ code: 'BOOM', message: 'It broke' }, { status: 500 });
    await search.fill('shot-07');
    await search.press('Enter');
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(alert).toContainText('Comfy Cloud has a problem', { timeout: 500 });
    }).toPass();
    await expect(alert).toContainText('It broke');
    await expect(alert).toContainText('Comfy Cloud · status 500 · code BOOM');
    expect(sent('GET', /name_contains=shot-07/)).toHaveLength(4);
    answer = null;
    await button('Try again').click();
    await expect(range).toHaveText('1–10 of 10');
  });

  await test.step('a key that runs out is asked for again, and the view is kept', async () => {
    answer = () => HttpResponse.json({ code: 'UNAUTHORIZED', message: 'Key expired' }, { status: 401 });
    await button('Refresh').click();
    await expect(alert.filter({ hasText: 'Key expired' })).toBeVisible();
    answer = null;
    await enterKey(page, CLOUD_KEY);
    await expect(range).toHaveText('1–10 of 10');
    await expect(page).toHaveURL(/q=shot-07/);
  });

  const { promise: mayAnswer, resolve: letAnswer } = later<undefined>();
  let offline = false;
  network.use(
    // Mocked answers do not pass the network that `setOffline` switches off.
    http.all('*/proxy/comfyui/*', () => (offline ? HttpResponse.error() : undefined)),
    http.get('*/proxy/comfyui/api/assets', () => mayAnswer),
    ...selfHosted(createComfyLibrary([comfyAsset({ name: 'only.png' })])),
  );

  await test.step('a first load shows where rows will be, and says that it loads', async () => {
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
    await expect(status('Loading assets…')).toBeVisible();
    await expect(table).toHaveCount(0);
    letAnswer(undefined);
    await expect(range).toHaveText('1–1 of 1');
    await expect(status('Loading assets…')).toHaveCount(0);
    await expect(rows).toHaveCount(1);
  });

  await test.step('offline: the list stays, the page says so, and renews itself when the network is back', async () => {
    offline = true;
    await context.setOffline(true);
    await button('Refresh').click();
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(status('ComfyUI cannot be reached. This is the list as it was')).toBeVisible({
        timeout: 500,
      });
    }).toPass();
    await expect(name('only.png')).toBeVisible();
    await expect(alert).toHaveCount(0);

    offline = false;
    await context.setOffline(false);
    await expect(status('cannot be reached')).toHaveCount(0);
    await expect(range).toHaveText('1–1 of 1');
  });

  await test.step('an empty library says so', async () => {
    await button('Delete only.png…').click();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect(status('This library is empty')).toBeVisible();
    await expect(range).toHaveText('0 of 0');
    await expect(search).toBeFocused();
    await expect(button('Next page')).toBeDisabled();
  });
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
  await openCloud(page, '&size=20');
  await expect(screen(page).range).toHaveText('1–20 of 260');
  await page.getByRole('combobox', { name: 'Connection' }).selectOption('Local ComfyUI');
  await expect(page).toHaveURL(/connection=comfyui/);
  await expect(screen(page).range).toHaveText('1–20 of 260');
});
