// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import sirv from 'sirv';
import { build } from 'vite';
import { browserArguments, findBrowser } from '../browser.mjs';
import { markdownTable, median } from './report.mjs';

/**
 * @typedef {{ writeMs: number, bytes: number, scanMs: number }} Filled
 * @typedef {{ label: string, goalMs: number | null, firstMs: number, ms: number[], longestTaskMs: number }} Measured
 * @typedef {{ measured: Measured[], heap: number }} Asked
 * @typedef {{ rows: number, filled: Filled, asked: Asked }} Size
 */

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
});
const sizes = options.sizes.split(',').map(Number);

await build({
  configFile: fileURLToPath(new URL('./library/vite.config.ts', import.meta.url)),
  logLevel: 'warn',
});
const serve = sirv(fileURLToPath(new URL('../../build/bench-library', import.meta.url)));
const server = createServer((request, response) => serve(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('The bench has no port.');
const { port } = address;

const [load = 0] = loadavg();
const found = findBrowser();
if (found === null) throw new Error('No Chrome or Chromium was found; CHROME_PATH can name one');
let version = '';

const executablePath = found;

/** @param {number} rows @returns {Promise<Size>} */
async function measureSize(rows) {
  // A profile on the disk, as a person has: a private window would keep its files in memory, behind another process.
  const profile = await mkdtemp(join(tmpdir(), 'winnow-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...browserArguments, '--enable-precise-memory-info'],
  });
  version = context.browser()?.version() ?? version;
  try {
    const page = await context.newPage();
    page.on('console', (message) => process.stderr.write(`${rows}: ${message.text()}\n`));
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${port}/`);
    const filled = await page.evaluate(
      (count) => Reflect.get(globalThis, 'bench').fill('bench', count),
      rows,
    );
    process.stderr.write(`${rows}: ${JSON.stringify(filled)}\n`);
    await page.reload();
    const asked = await page.evaluate(
      ([count, runs, only]) => Reflect.get(globalThis, 'bench').ask('bench', count, runs, only),
      /** @type {const} */ ([rows, Number(options.runs), options.only]),
    );
    process.stderr.write(`${rows}: ${JSON.stringify(asked)}\n`);
    return { rows, filled, asked };
  } finally {
    await context.close();
    await rm(profile, { recursive: true });
  }
}

/** @type {Size[]} */
const measured = [];
try {
  for (const rows of sizes) measured.push(await measureSize(rows));
} finally {
  server.close();
}

const count = new Intl.NumberFormat('en');
/** @param {number} value */
const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
/** @param {string} label @param {string} goal @param {(size: Size) => string} cell */
const line = (label, goal, cell) => [label, ...measured.map(cell), goal];
const labels = measured[0]?.asked.measured ?? [];
const table = markdownTable(
  ['', ...sizes.map((rows) => `${count.format(rows)} rows`), 'goal'],
  [
    line('rows written per second', '', ({ rows, filled }) =>
      count.format(Math.round(rows / (filled.writeMs / 1_000))),
    ),
    line('database, bytes per row', '', ({ rows, filled }) => (filled.bytes / rows).toFixed(0)),
    line('for scale: reading every row once', '', ({ filled }) => ms(filled.scanMs)),
    ...labels.map(({ label, goalMs }, at) =>
      line(label, goalMs === null ? '' : `${goalMs} ms`, ({ asked }) =>
        ms(median(asked.measured[at]?.ms ?? [])),
      ),
    ),
    line('JS heap of the page', '200 MB', ({ asked }) => `${(asked.heap / 1e6).toFixed(1)} MB`),
    line('longest task of the page', '50 ms', ({ asked }) => {
      const longest = Math.max(...asked.measured.map(({ longestTaskMs }) => longestTaskMs));
      return longest === 0 ? 'under 50 ms' : ms(longest);
    }),
  ],
);
process.stdout.write(
  `${table}\n\nMedians of ${options.runs} runs, Chromium ${version}, ${cpus().length} cores, load ${load.toFixed(1)} at the start.\n`,
);
