// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { URL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.mjs';
import { makeLibrary } from './assets.mjs';
import { deleteIdeally } from './ideal-client.mjs';
import { openWinnow } from './jobs-session.mjs';
import { markdownTable, median } from './report.mjs';
import { startServer } from './server.mjs';

/**
 * @typedef {import('@playwright/test').Browser} Browser
 * @typedef {import('./cpu-times.mjs').Task} Task
 * @typedef {import('./jobs-probe.mjs').LongTask} LongTask
 * @typedef {Awaited<ReturnType<typeof measureRate>>} RateRun
 * @typedef {Awaited<ReturnType<typeof measureHeap>>} HeapRun
 */

const LATENCY_MS = 20;
/** What Winnow grows to. Over HTTP/1.1 a browser opens 6 connections to a host, so both send 6 at a time. */
const IN_FLIGHT = 8;
const GOALS = { ratio: 0.9, listMiB: 40 };
const LONG_MS = 50;

/** Winnow is paused so often for the ideal client's turn: a machine that slows down slows both. */
const TURNS = 4;
/** Of each turn of Winnow's: the pace has to grow first, and lists are read most often at the beginning. */
const UNSTEADY = 0.25;

/** Deletions per second over all turns. @param {readonly (readonly number[])[]} turns when each deletion was answered */
function steadyRate(turns) {
  /** @param {(times: readonly number[]) => number} part */
  const sum = (part) => turns.reduce((all, times) => all + part(times), 0);
  return (sum((times) => times.length - 1) * 1000) / sum((times) => (times.at(-1) ?? 0) - (times[0] ?? 0));
}

/** What the page says of its long tasks, and what the browser says of how long they really ran.
 * @param {readonly LongTask[]} tasks @param {readonly Task[]} traced */
const withCpu = (tasks, traced) =>
  tasks.map((task) => {
    const near = traced.filter(
      ({ start, milliseconds }) =>
        start < task.start + task.milliseconds && start + milliseconds > task.start,
    );
    return { ...task, cpu: Math.max(0, ...near.map(({ cpu }) => cpu)) };
  });

/** @param {Browser} browser @param {number} count */
async function measureRate(browser, count) {
  const server = await startServer({ library: makeLibrary(count), latencyMs: LATENCY_MS });
  const { origin, served } = server;
  const forIdeal = makeLibrary(count / 10);
  const idealServer = await startServer({ library: forIdeal, latencyMs: LATENCY_MS });
  /** @type {{ winnow: (readonly number[])[], ideal: (readonly number[])[] }} */
  const turns = { winnow: [], ideal: [] };

  async function idealTurn() {
    const ids = forIdeal.map(({ id }) => id);
    await deleteIdeally({ browser, origin: idealServer.origin, ids, inFlight: IN_FLIGHT });
    turns.ideal.push(idealServer.served.deletedAt.splice(0));
    idealServer.restore();
  }

  try {
    const winnow = await openWinnow(browser, origin);
    const cpuTimes = await winnow.startCpuTimes();
    const at = { opened: await winnow.now(), collected: 0, planned: 0, written: 0, sent: 0 };
    await winnow.selectAll(count);
    at.collected = await winnow.now();
    await winnow.plan();
    at.planned = await winnow.now();
    await winnow.confirm(count);
    at.written = await winnow.now();
    served.reads = { list: 0, asset: 0, other: 0 };
    await winnow.start();
    let inFlight = 0;
    for (let turn = 1; turn < TURNS; turn += 1) {
      while (served.deletedAt.length < count / TURNS) await delay(20);
      inFlight = await winnow.inFlight();
      await winnow.pause();
      turns.winnow.push(served.deletedAt.splice(0));
      await idealTurn();
      await winnow.resume();
    }
    at.sent = await winnow.end(count);
    turns.winnow.push(served.deletedAt.splice(0));
    const tasks = withCpu(await winnow.longTasks(), await cpuTimes());
    await winnow.close();
    /** @param {number} from @param {number} to */
    const between = (from, to) => tasks.filter(({ start }) => start >= from && start < to);
    return {
      ...{
        rate: steadyRate(turns.winnow.map((times) => times.slice(times.length * UNSTEADY))),
        ideal: steadyRate(turns.ideal),
        inFlight,
        reads: served.reads,
      },
      tasks: {
        collecting: between(at.opened, at.collected),
        planning: between(at.collected, at.planned),
        writing: between(at.planned, at.written),
        deleting: between(at.written, at.sent),
        looking: between(at.sent, Infinity),
      },
    };
  } finally {
    server.close();
    idealServer.close();
  }
}

/** @param {Browser} browser @param {number} count */
async function measureHeap(browser, count) {
  const server = await startServer({ library: makeLibrary(count), latencyMs: 0 });
  try {
    const winnow = await openWinnow(browser, server.origin);
    const before = await winnow.heap();
    await winnow.selectAll(count);
    const list = await winnow.heap();
    await winnow.plan();
    const plan = await winnow.heap();
    await winnow.confirm(count);
    const grace = await winnow.heap();
    await winnow.cancel();
    await winnow.close();
    return { before, list: list - before, plan: plan - before, grace: grace - before };
  } finally {
    server.close();
  }
}

/** @param {number | undefined} value @param {number} digits @param {string} [unit] */
const text = (value, digits, unit = '') =>
  value === undefined ? '–' : `${value.toFixed(digits)} ${unit}`.trim();

/** @param {readonly (readonly unknown[])[]} lists */
const perRun = (lists) => lists.map(({ length }) => length).join(', ');

/** @param {string} label @param {string} measured @param {string} goal @param {boolean | null} isMet */
const row = (label, measured, goal, isMet) => [
  label,
  measured,
  goal,
  isMet === null ? '' : isMet ? 'met' : 'missed',
];

/** @param {readonly RateRun[]} runs */
function rateRows(runs) {
  if (runs.length === 0) return [];
  const ratio = median(runs.map(({ rate, ideal }) => rate / ideal));
  /** By the clock, and of these by the processor's time. @param {string} label @param {keyof RateRun['tasks']} phase */
  const taskRow = (label, phase) => {
    const tasks = runs.map((run) => run.tasks[phase]);
    const long = tasks.map((list) => list.filter(({ cpu }) => cpu > LONG_MS));
    const most = Math.max(...long.map((list) => list.length));
    const worst = Math.max(0, ...tasks.flat().map(({ cpu }) => cpu));
    return row(
      `tasks over ${LONG_MS} ms while ${label}`,
      `${perRun(long)} (by the clock ${perRun(tasks)}), worst ${text(worst, 0, 'ms')}`,
      phase === 'deleting' ? 'none' : '–',
      phase === 'deleting' ? most === 0 : null,
    );
  };
  return [
    row('deletions per second, ideal client', text(median(runs.map(({ ideal }) => ideal)), 0), '–', null),
    row('deletions per second, Winnow', text(median(runs.map(({ rate }) => rate)), 0), '–', null),
    row('ratio', text(ratio, 2), `≥ ${GOALS.ratio}`, ratio >= GOALS.ratio),
    row('allowed in flight', runs.map(({ inFlight }) => inFlight).join(', '), '–', null),
    row(
      'requests to read, per run',
      runs.map(({ reads }) => `${reads.list} lists, ${reads.asset} assets, ${reads.other} others`).join('; '),
      '–',
      null,
    ),
    taskRow('collecting', 'collecting'),
    taskRow('planning', 'planning'),
    taskRow('saving and writing down', 'writing'),
    taskRow('deleting', 'deleting'),
    taskRow('looking whether all is gone', 'looking'),
  ];
}

/** @param {readonly HeapRun[]} runs */
function heapRows(runs) {
  if (runs.length === 0) return [];
  /** @param {keyof HeapRun} measure */
  const of = (measure) => median(runs.map((run) => run[measure]));
  return [
    row('JS heap before', text(of('before'), 1, 'MiB'), '–', null),
    row(
      'more with the frozen list',
      text(of('list'), 1, 'MiB'),
      `< ${GOALS.listMiB} MiB`,
      of('list') < GOALS.listMiB,
    ),
    row('more with the plan in its dialog', text(of('plan'), 1, 'MiB'), '–', null),
    row('more with the job in its grace', text(of('grace'), 1, 'MiB'), '–', null),
  ];
}

/** What the tasks were that are too long by the processor's time. @param {readonly RateRun[]} runs */
const taskLines = (runs) =>
  runs.flatMap(({ tasks }, run) =>
    Object.entries(tasks).flatMap(([phase, list]) =>
      list
        .filter(({ cpu }) => cpu > LONG_MS)
        .map(({ cpu, doing }) => `run ${run + 1}, ${phase}: ${text(cpu, 0, 'ms')}: ${doing}`),
    ),
  );

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    /** A tenth of everything: to see that it works. */
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const share = options.quick ? 0.1 : 1;
const [deleted, planned] = [10_000 * share, 100_000 * share];
await readFile(new URL('../../dist/index.html', import.meta.url)).catch(() => {
  throw new Error('Winnow is not built: run `npm run build` first');
});
const executablePath = findBrowser();
if (executablePath === null) throw new Error('No Chrome or Chromium was found; CHROME_PATH can name one');
// On a machine that is busy with other work the numbers say little; the reader should know.
const [load = 0] = loadavg();
const browser = await chromium.launch({ executablePath, args: browserArguments });
/** @type {{ rate: RateRun[], heap: HeapRun[] }} */
const runs = { rate: [], heap: [] };
try {
  for (let run = 1; run <= Number(options.runs); run += 1) {
    process.stderr.write(`run ${run}\n`);
    if (options.only !== 'heap') runs.rate.push(await measureRate(browser, deleted));
    if (options.only !== 'rate') runs.heap.push(await measureHeap(browser, planned));
  }
} finally {
  await browser.close();
}

const setting = `${deleted} deletions at ${LATENCY_MS} ms latency, memory with ${planned} planned; ${options.runs} runs, Chromium ${browser.version()}, ${cpus().length} cores, load ${load.toFixed(1)} at the start. ${IN_FLIGHT} in flight are 6 over HTTP/1.1, for both.`;
const table = markdownTable(['', 'measured', 'goal', ''], [...rateRows(runs.rate), ...heapRows(runs.heap)]);
process.stdout.write(`${[table, taskLines(runs.rate).join('\n'), setting].filter(Boolean).join('\n\n')}\n`);
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(runs, null, 2)}\n`);
