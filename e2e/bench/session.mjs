// @ts-check
/* global window */
import { setTimeout as delay } from 'node:timers/promises';
import { installProbe } from './probe.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./probe.mjs').Sight} Sight
 * @typedef {ReturnType<typeof installProbe>} Probe
 * @typedef {keyof Awaited<ReturnType<typeof measureSession>>} Measure
 */

const CPU_SLOWDOWN = 4;
const QUIET_MS = 500;
const QUIET_LIMIT_MS = 30_000;
const SEARCH = 'glacier';
const KEY_DELAY_MS = 120;

/** Counts requests, so that "nothing is being fetched" can be waited for at any time. @param {Page} page */
function watchNetwork(page) {
  /** @type {Set<import('@playwright/test').Request>} */
  const open = new Set();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return async () => {
    const began = Date.now();
    let quietSince = began;
    while (Date.now() - quietSince < QUIET_MS) {
      await delay(25);
      if (open.size > 0) quietSince = Date.now();
      if (quietSince - began > QUIET_LIMIT_MS) {
        throw new Error(`Never quiet: ${[...open].map((request) => request.url()).join(' ')}`);
      }
    }
  };
}

/** @param {number} from @param {number} to @param {number} total */
const statusText = (from, to, total) => `${from}–${to} of ${new Intl.NumberFormat('en').format(total)}`;

/**
 * What the page must show of these matches. Up to 100 rows all are in the DOM, so its last row is the page's.
 * @param {readonly import('./assets.mjs').BenchAsset[]} matches
 * @param {number} offset
 * @param {number} size
 * @returns {Sight}
 */
function sightOf(matches, offset, size) {
  const rows = matches.slice(offset, offset + size);
  const status = statusText(offset + 1, offset + rows.length, matches.length);
  const top = { status, first: rows[0]?.name ?? '' };
  if (rows.length > 100) return { ...top, filledWith: rows.length };
  return { ...top, last: rows.at(-1)?.name ?? '' };
}

/**
 * One person's visit to one of the two pages, in a browser context of its own.
 * @param {object} visit
 * @param {import('@playwright/test').Browser} visit.browser
 * @param {string} visit.origin
 * @param {import('./sides.mjs').Side} visit.side
 * @param {readonly import('./assets.mjs').BenchAsset[]} visit.library newest first, as the pages list it
 */
export async function measureSession({ browser, origin, side, library }) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const networkQuiet = watchNetwork(page);
    await context.addInitScript(installProbe, side);

    const probeOf = () =>
      page.evaluateHandle(() => /** @type {{ bench: Probe }} */ (/** @type {unknown} */ (window)).bench);
    /** @param {string | null} input @param {Sight} sight @param {() => Promise<unknown>} act */
    const time = async (input, sight, act) => {
      const probe = await probeOf();
      await probe.evaluate(
        (bench, [event, what]) => bench.look(event, what),
        /** @type {const} */ ([input, sight]),
      );
      await act();
      return probe.evaluate((bench) => bench.seen());
    };
    /** @param {RegExp | string} name */
    const click = (name) => page.getByRole('button', { name, exact: true }).click();
    const searchBox = page.getByRole('searchbox', { name: 'Search by name' });
    const sizeBox = page.getByRole('combobox', { name: 'Rows per page' });

    // The renderer process is started, and slowed, before the clock of the cold load starts.
    await page.goto(`${origin}/blank`);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await page.goto(origin + side.path, { waitUntil: 'commit' });
    const probe = await probeOf();
    const cold = await probe.evaluate((bench) => bench.coldLoad());
    await networkQuiet();

    const opened = library.find(({ mime_type }) => mime_type === 'image/png');
    if (!opened) throw new Error('The library has no picture');
    const openDetail = await time('click', { detail: [opened.name, opened.id, opened.mime_type] }, () =>
      page.getByRole('link', { name: opened.name }).first().click(),
    );
    await networkQuiet();
    await click('Close');

    const matches = library.filter(({ name }) => name.includes(SEARCH));
    await searchBox.click();
    await networkQuiet();
    await probe.evaluate((bench) => bench.forgetEvents());
    const filter = await time('keydown', sightOf(matches, 0, 50), () =>
      page.keyboard.type(SEARCH, { delay: KEY_DELAY_MS }),
    );
    await networkQuiet();
    const worstTypingEvent = await probe.evaluate((bench) => bench.worstEvent());
    await time('input', sightOf(library, 0, 50), () => searchBox.fill(''));

    await time('change', sightOf(library, 0, 100), () => sizeBox.selectOption('100'));
    await networkQuiet();
    const nextPage = await time('click', sightOf(library, 100, 100), () => click('Next page'));
    await networkQuiet();

    const rows500 = await time('change', sightOf(library, 0, 500), () => sizeBox.selectOption('500'));
    await networkQuiet();
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');

    const selectAll = await time('click', { selected: '500 selected' }, () =>
      page.getByRole('checkbox', { name: 'Select page' }).click(),
    );
    const layoutShift = await probe.evaluate((bench) => bench.layoutShift());
    return {
      coldLoad: cold.milliseconds,
      nextPage,
      filter,
      rows500,
      selectAll,
      openDetail,
      worstTypingEvent,
      heap: usedSize / 2 ** 20,
      layoutShift,
      script: cold.scriptBytes / 1000,
    };
  } finally {
    await context.close();
  }
}
