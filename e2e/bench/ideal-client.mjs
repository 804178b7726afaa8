// @ts-check
/* global fetch */

/**
 * Deletes as fast as a page can that keeps nothing and shows nothing: so many requests in flight, one after the other.
 * @param {object} task
 * @param {import('@playwright/test').Browser} task.browser
 * @param {string} task.origin
 * @param {readonly string[]} task.ids
 * @param {number} task.inFlight
 */
export async function deleteIdeally({ browser, origin, ids, inFlight }) {
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/blank`);
    await page.evaluate(async ([ids, inFlight]) => {
      const left = [...ids].reverse();
      const worker = async () => {
        for (let id = left.pop(); id !== undefined; id = left.pop()) {
          const response = await fetch(`/api/assets/${id}`, { method: 'DELETE' });
          await response.text();
        }
      };
      await Promise.all(Array.from({ length: inFlight }, worker));
    }, /** @type {const} */ ([ids, inFlight]));
  } finally {
    await page.close();
  }
}
