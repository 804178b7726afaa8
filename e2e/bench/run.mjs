// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { URL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.mjs';
import { makeLibrary } from './assets.mjs';
import { markdownTable, median } from './report.mjs';
import { startServer } from './server.mjs';
import { measureSession } from './session.mjs';
import { SIDES } from './sides.mjs';

/**
 * @typedef {import('./session.mjs').Measure} Measure
 * @typedef {{ measure: Measure, label: string, unit: string, digits: number, ratio?: number, most?: number }} Goal
 * @typedef {'reference' | 'winnow'} SideName
 * @typedef {Record<Measure, number>} Run
 */

/** `ratio`: at most so many times the reference; `most`: at most this, whatever the reference does. @type {Goal[]} */
const GOALS = [
  { measure: 'coldLoad', label: 'cold load to first row', unit: 'ms', digits: 0, ratio: 1.5 },
  { measure: 'nextPage', label: 'next page of 100 (prefetched)', unit: 'ms', digits: 0, ratio: 0.8 },
  { measure: 'filter', label: 'last key to filtered rows', unit: 'ms', digits: 0, ratio: 1.05 },
  { measure: 'rows500', label: 'switch to 500 rows', unit: 'ms', digits: 0, ratio: 0.33 },
  { measure: 'selectAll', label: 'select all 500', unit: 'ms', digits: 0, ratio: 0.5 },
  { measure: 'openDetail', label: 'open detail', unit: 'ms', digits: 0, ratio: 0.55 },
  { measure: 'worstTypingEvent', label: 'worst event while typing', unit: 'ms', digits: 0, most: 50 },
  { measure: 'heap', label: 'JS heap with 500 rows', unit: 'MiB', digits: 1, most: 12 },
  { measure: 'layoutShift', label: 'layout shift (CLS)', unit: '', digits: 4, most: 0 },
  { measure: 'script', label: 'first JavaScript, gzip', unit: 'kB', digits: 1 },
];

/** @param {Goal} goal @param {number | null} value */
const withUnit = ({ unit, digits }, value) =>
  value === null ? '–' : `${value.toFixed(digits)} ${unit}`.trim();

/** @param {Goal} goal @param {number | null} reference @param {number | null} winnow */
function tableRow(goal, reference, winnow) {
  const ratio = reference !== null && winnow !== null && reference > 0 ? winnow / reference : null;
  const isMet =
    (goal.ratio === undefined || (ratio !== null && ratio <= goal.ratio)) &&
    (goal.most === undefined || (winnow !== null && winnow <= goal.most));
  const hasGoal = goal.ratio !== undefined || goal.most !== undefined;
  const wanted =
    goal.ratio !== undefined
      ? `ratio ≤ ${goal.ratio}`
      : hasGoal
        ? `≤ ${withUnit(goal, goal.most ?? 0)}`
        : '–';
  return [
    goal.label,
    withUnit(goal, reference),
    withUnit(goal, winnow),
    ratio === null ? '–' : ratio.toFixed(2),
    wanted,
    winnow === null || !hasGoal ? '' : isMet ? 'met' : 'missed',
  ];
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const sideNames = /** @type {SideName[]} */ (Object.keys(SIDES)).filter(
  (name) => name === (options.only ?? name),
);
if (sideNames.length === 0) throw new Error(`--only is one of: ${Object.keys(SIDES).join(', ')}`);
if (sideNames.includes('winnow')) {
  await readFile(new URL('../../dist/index.html', import.meta.url)).catch(() => {
    throw new Error('Winnow is not built: run `npm run build` first, or measure with `--only reference`');
  });
}

// On a machine that is busy with other work the numbers say little; the reader should know.
const [load = 0] = loadavg();
const library = makeLibrary(5000);
const server = await startServer({ library });
const executablePath = findBrowser();
if (executablePath === null) throw new Error('No Chrome or Chromium was found; CHROME_PATH can name one');
const browser = await chromium.launch({ executablePath, args: browserArguments });
/** @type {Record<SideName, Run[]>} */
const runs = { reference: [], winnow: [] };
try {
  for (let run = 1; run <= Number(options.runs); run += 1) {
    // Side by side, so that a machine that slows down slows both.
    for (const name of sideNames) {
      process.stderr.write(`run ${run}: ${name}\n`);
      runs[name].push(await measureSession({ browser, origin: server.origin, side: SIDES[name], library }));
    }
  }
} finally {
  await browser.close();
  server.close();
}

/** @param {SideName} name @param {Measure} measure */
const medianOf = (name, measure) =>
  runs[name].length === 0 ? null : median(runs[name].map((run) => run[measure]));
const rows = GOALS.map((goal) =>
  tableRow(goal, medianOf('reference', goal.measure), medianOf('winnow', goal.measure)),
);
const setting = `Medians of ${options.runs} runs, CPU slowed 4×, 40 ms latency, Chromium ${browser.version()}, ${cpus().length} cores, load ${load.toFixed(1)} at the start.`;
process.stdout.write(
  `${markdownTable(['', 'reference', 'Winnow', 'ratio', 'goal', ''], rows)}\n\n${setting}\n`,
);
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(runs, null, 2)}\n`);
