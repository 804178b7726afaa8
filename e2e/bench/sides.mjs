// @ts-check
/**
 * Where to look on each page. The conditions themselves (`probe.mjs`) are the same for both; controls are found
 * by the accessible names that both share (`session.mjs`).
 * @typedef {object} Side
 * @property {string} path
 * @property {string} name the link with the asset's name, one per row that is in the DOM
 * @property {string} row closest ancestor of `name` that is the row
 * @property {string} headerBox the checkbox of the whole page
 * @property {string} rowBox the checkbox of each row in the DOM
 * @property {string} status holds "1–50 of 5,000"
 * @property {string} selection holds "500 selected"
 * @property {string} detail the pane of an opened asset
 */

/** @type {{ readonly reference: Side, readonly winnow: Side }} */
export const SIDES = {
  reference: {
    path: '/reference/',
    name: 'table[aria-label="Assets"] tbody a',
    row: 'tr',
    headerBox: 'thead input',
    rowBox: 'tbody input',
    status: '#status',
    selection: '#selected',
    detail: '#detail:not([hidden])',
  },
  winnow: {
    path: '/winnow/',
    name: 'table tbody a[href*="asset="]:not([aria-hidden="true"])',
    row: 'tr',
    headerBox: 'table thead :is(input[type="checkbox"], [role="checkbox"])',
    rowBox: 'table tbody :is(input[type="checkbox"], [role="checkbox"])',
    status: '[role="status"], output, [aria-live]',
    selection: '[role="toolbar"]',
    detail: '[role="dialog"], [role="complementary"], aside, dialog[open]',
  },
};
