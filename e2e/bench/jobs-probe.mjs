// @ts-check
/* global performance, PerformanceObserver, window */

/**
 * One stretch of more than 50 ms in which the page could not answer.
 * @typedef {object} LongTask
 * @property {number} start milliseconds since the page began
 * @property {number} milliseconds
 * @property {string} doing the longest script in it, as far as the browser says
 */

/** Runs inside the page before its own scripts. */
export function installJobsProbe() {
  /** @type {{ start: number, milliseconds: number }[]} */
  const tasks = [];
  /** @typedef {{ startTime: number, duration: number, sourceURL: string, sourceFunctionName: string, invoker: string }} Script */
  /** @type {Script[]} */
  const scripts = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      tasks.push({ start: startTime, milliseconds: duration });
    }
  }).observe({ type: 'longtask', buffered: true });
  // Long tasks do not say what they were; long frames do, of most of their scripts.
  new PerformanceObserver((list) => {
    for (const frame of list.getEntries()) {
      scripts.push(.../** @type {PerformanceEntry & { scripts: Script[] }} */ (frame).scripts);
    }
  }).observe({ type: 'long-animation-frame', buffered: true });

  const probe = {
    now: () => performance.now(),
    /** @returns {LongTask[]} */
    longTasks: () =>
      tasks.map(({ start, milliseconds }) => {
        const within = scripts.filter(
          (script) => script.startTime < start + milliseconds && script.startTime + script.duration > start,
        );
        const [longest] = within.sort((a, b) => b.duration - a.duration);
        if (longest === undefined) return { start, milliseconds, doing: 'no script' };
        const { invoker, sourceFunctionName, sourceURL } = longest;
        return {
          ...{ start, milliseconds },
          doing: [invoker, sourceFunctionName, sourceURL.split('/').at(-1)].filter(Boolean).join(' '),
        };
      }),
  };
  Object.assign(window, { jobsBench: probe });
  return probe;
}
