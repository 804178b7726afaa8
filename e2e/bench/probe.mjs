// @ts-check
/* global document, getComputedStyle, innerHeight, performance, PerformanceObserver, requestAnimationFrame, setTimeout, window, AbortController */
/**
 * What a person waits to see; every given part has to be true at once.
 * @typedef {object} Sight
 * @property {string} [status] part of the status text
 * @property {string} [first] name in the first row of the DOM
 * @property {string} [last] name in the last row of the DOM
 * @property {number} [filledWith] rows reach the bottom of the window, and there is room to scroll through this many
 * @property {string} [selected] header box and all row boxes are ticked, and the count reads like this
 * @property {readonly string[]} [detail] texts in the detail pane
 */

/**
 * Runs inside the page before its own scripts, and keeps time there: no round trip to the test runner is measured.
 * The first look, for the first row of the cold load, starts by itself.
 * @param {import('./sides.mjs').Side} side
 */
export function installProbe(side) {
  const TIME_LIMIT_MS = 30_000;
  let layoutShift = 0;
  /** @type {PerformanceEntry[]} */
  let slowEvents = [];
  /** @type {Promise<number>} */
  let seen = Promise.resolve(0);
  let clock = new AbortController();

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = /** @type {PerformanceEntry & { value: number, hadRecentInput: boolean }} */ (entry);
      if (!shift.hadRecentInput) layoutShift += shift.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => (slowEvents = slowEvents.concat(list.getEntries()))).observe(
    /** @type {PerformanceObserverInit} */ ({ type: 'event', durationThreshold: 16 }),
  );
  performance.setResourceTimingBufferSize(10_000);

  /** @param {string} selector @param {string} text */
  const shows = (selector, text) =>
    [...document.querySelectorAll(selector)].some((node) => node.textContent?.includes(text));
  /** @param {Element} box */
  const isTicked = (box) =>
    'checked' in box ? box.checked === true : box.getAttribute('aria-checked') === 'true';

  /** @param {Element} element @returns {Element} */
  function scrollerOf(element) {
    for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) {
      const scrolls = /auto|scroll/.test(getComputedStyle(node).overflowY);
      if (scrolls && node.scrollHeight > node.clientHeight) return node;
    }
    return document.documentElement;
  }

  /** @param {Element} firstName @param {Element} lastName @param {number} count */
  function isFilled(firstName, lastName, count) {
    const rowHeight = firstName.closest(side.row)?.getBoundingClientRect().height ?? Infinity;
    const scroller = scrollerOf(firstName);
    const bottom = Math.min(innerHeight, scroller.getBoundingClientRect().bottom);
    const reachesBottom = lastName.getBoundingClientRect().bottom > bottom - rowHeight;
    return reachesBottom && scroller.scrollHeight > rowHeight * count * 0.95;
  }

  /** Cheap parts first: the rest is looked at only once they hold. @param {Sight} sight */
  function isSeen({ status, first, last, filledWith, selected, detail }) {
    const names = document.querySelectorAll(side.name);
    const top = names[0];
    const end = names[names.length - 1];
    if (!top || !end) return false;
    if (status !== undefined && !shows(side.status, status)) return false;
    if (first !== undefined && top.textContent?.trim() !== first) return false;
    if (last !== undefined && end.textContent?.trim() !== last) return false;
    if (detail?.some((text) => !shows(side.detail, text))) return false;
    if (selected !== undefined) {
      const boxes = [...document.querySelectorAll(`${side.headerBox}, ${side.rowBox}`)];
      if (!shows(side.selection, selected) || !boxes.every(isTicked)) return false;
    }
    return filledWith === undefined || isFilled(top, end, filledWith);
  }

  /** Of all scripts so far, as they came over the wire. */
  const scriptBytes = () =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.m?js(\?|$)/.test(name))
      .reduce((sum, entry) => sum + /** @type {PerformanceResourceTiming} */ (entry).encodedBodySize, 0);

  const probe = {
    /**
     * Starts to look. Properties such as `checked` change without a mutation, so each frame looks for itself:
     * what one frame finds true is painted when the next begins, just as after a mutation and two frames.
     * @param {string | null} input the (last) event that starts the clock; null: the start of the navigation
     * @param {Sight} sight
     */
    look(input, sight) {
      let start = input === null ? 0 : Infinity;
      clock.abort();
      clock = new AbortController();
      const options = { capture: true, signal: clock.signal };
      if (input !== null) window.addEventListener(input, (event) => (start = event.timeStamp), options);
      seen = new Promise((resolve, reject) => {
        setTimeout(
          () => reject(new Error(`Not seen in time: ${JSON.stringify(sight)}; ${probe.describe()}`)),
          TIME_LIMIT_MS,
        );
        const look = () => {
          const painted = () => resolve(performance.now() - start);
          requestAnimationFrame(start < Infinity && isSeen(sight) ? painted : look);
        };
        look();
      });
      seen.catch(() => undefined);
    },
    /** Milliseconds from the input to the painted sight. */
    seen: () => seen,
    layoutShift: () => layoutShift,
    forgetEvents: () => void (slowEvents = []),
    /** Milliseconds; the browser reports only events of 16 ms and more. */
    worstEvent: () => Math.max(0, ...slowEvents.map(({ duration }) => duration)),
    coldLoad: () => coldLoad,
    /** What the selectors find, for whoever has to adjust them. */
    describe: () =>
      Object.entries(side)
        .filter(([key]) => key !== 'path' && key !== 'row')
        .map(([key, selector]) => {
          const found = [...document.querySelectorAll(selector)];
          return `${key}: ${found.length} × ${JSON.stringify(found[0]?.textContent?.slice(0, 80) ?? null)}`;
        })
        .join('; '),
  };
  probe.look(null, {});
  const coldLoad = seen.then((milliseconds) => ({ milliseconds, scriptBytes: scriptBytes() }));
  coldLoad.catch(() => undefined);
  Object.assign(window, { bench: probe });
  return probe;
}
