// @ts-check
/* global window */
import { startCpuTimes } from './cpu-times.mjs';
import { installJobsProbe } from './jobs-probe.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {ReturnType<typeof installJobsProbe>} Probe
 */

const PATIENCE_MS = 5 * 60_000;
/** @param {number} count */
const written = (count) => new Intl.NumberFormat('en').format(count);

/**
 * Opens Winnow on the largest page, as a person would who wants to clean up.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin
 */
export async function openWinnow(browser, origin) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(installJobsProbe);
  const cdp = await context.newCDPSession(page);
  await page.goto(`${origin}/winnow/?size=500`);
  const probe = await page.evaluateHandle(
    () => /** @type {{ jobsBench: Probe }} */ (/** @type {unknown} */ (window)).jobsBench,
  );
  const toolbar = page.getByRole('toolbar', { name: 'Selection' });
  const dialog = page.getByRole('alertdialog');
  const strip = page.getByRole('region', { name: 'Jobs under way' });
  await page.getByRole('link', { name: /_00000_/ }).waitFor();

  return {
    close: () => context.close(),
    now: () => probe.evaluate((bench) => bench.now()),
    longTasks: () => probe.evaluate((bench) => bench.longTasks()),
    startCpuTimes: () => startCpuTimes(browser, page),

    /** MiB of JavaScript objects that something still refers to. */
    async heap() {
      // Collections come in turns: what one frees may let the next free more.
      for (let turn = 0; turn < 3; turn += 1) await cdp.send('HeapProfiler.collectGarbage');
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      return usedSize / 2 ** 20;
    },

    /** @param {number} count */
    async selectAll(count) {
      await page.getByRole('checkbox', { name: 'Select page' }).click();
      await page.getByRole('button', { name: `Select all ${written(count)} matching` }).click();
      await page.getByText(`All ${written(count)} matching selected`).waitFor();
    },

    /** Up to the dialog that asks. */
    async plan() {
      await toolbar.getByRole('button', { name: 'Delete…' }).click();
      await dialog.getByRole('textbox').waitFor();
    },

    /** Up to the grace: the list is saved, and the plan is written down. @param {number} count */
    async confirm(count) {
      await dialog.getByRole('textbox').fill(String(count));
      await dialog.getByRole('button', { name: `Delete ${written(count)} forever` }).click();
      await page.getByRole('button', { name: 'Start now' }).waitFor();
    },

    start: () => page.getByRole('button', { name: 'Start now' }).click(),

    async pause() {
      await strip.getByRole('button', { name: 'Pause' }).click();
      await strip.getByRole('button', { name: 'Resume' }).waitFor();
    },

    resume: () => strip.getByRole('button', { name: 'Resume' }).click(),

    /** What the job says it may have in flight at most. */
    async inFlight() {
      const text = (await strip.getByText(/at a time/).textContent()) ?? '';
      return Number.parseInt(text, 10);
    },

    /** @param {number} count @returns {Promise<number>} when the last one was sent */
    async end(count) {
      await page.getByText(`Deleting ${written(count)} assets is done`).waitFor();
      const sent = await this.now();
      // The final look is taken now.
      await strip.waitFor({ state: 'detached' });
      return sent;
    },

    cancel: () => page.getByRole('button', { name: 'Cancel' }).click(),
  };
}
