// @ts-check
/* global performance */

/**
 * A task of the page's main thread.
 * @typedef {object} Task
 * @property {number} start milliseconds since the page began, as `performance.now()` counts
 * @property {number} milliseconds by the clock
 * @property {number} cpu milliseconds that it really ran: on a busy machine others run in between
 */

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
const MARK = 'bench: tracing began';
const LONG_MS = 50;

/** @typedef {{ name: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args: { data?: { startTime?: number } } }} TraceEvent */

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {import('@playwright/test').Page} page
 */
export async function startCpuTimes(browser, page) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate((mark) => void performance.mark(mark), MARK);

  /** @returns {Promise<readonly Task[]>} the long ones */
  return async () => {
    const trace = (await browser.stopTracing()).toString();
    const { traceEvents: events } = /** @type {{ traceEvents: TraceEvent[] }} */ (JSON.parse(trace));
    const mark = events.find(({ name }) => name === MARK);
    if (mark === undefined) throw new Error('The trace does not show when it began');
    const pageBegan = mark.ts - (mark.args.data?.startTime ?? 0) * 1000;
    return events.flatMap(({ name, pid, tid, ts, dur = 0, tdur = 0 }) =>
      name === 'RunTask' && pid === mark.pid && tid === mark.tid && dur > LONG_MS * 1000
        ? [{ start: (ts - pageBegan) / 1000, milliseconds: dur / 1000, cpu: tdur / 1000 }]
        : [],
    );
  };
}
