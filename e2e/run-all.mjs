// @ts-check
/*
 * `npm test`: every check, and the browser tests only when all others pass. The last line is always "N passed, N failed",
 * counting each static check as one and every unit and browser test by itself.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {(text: string) => unknown} Say */
/** @typedef {{ name: string, run: (say: Say) => Promise<Count> }} Step */

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = await mkdtemp(join(tmpdir(), 'winnow-test-'));
/** @type {NodeJS.ProcessEnv} */
const environment = { ...process.env };

/**
 * Stages follow each other; the lanes of a stage run beside each other, each one's steps in order up to the first that
 * fails. Lint takes one core for as long as all of the checks beside it; browser tests have the machine for themselves.
 * @type {Step[][][]}
 */
const stages = [
  [
    [check('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0')],
    [
      // The fast compiler; lint reads types with the one before it, which alone can be asked.
      check('types', 'typescript-native/bin/tsc', '--noEmit'),
      check('format', 'prettier/bin/prettier.cjs', '--check', '.'),
      check('unused code', 'knip/bin/knip.js'),
      check('build of the site, with its size budget', 'vite/bin/vite.js', 'build'),
      check('build of the server', 'vite/bin/vite.js', 'build', '--config', 'src/hosting/vite.config.ts'),
      { name: 'unit and component tests', run: unitTests },
    ],
    [{ name: 'browser, nginx and Caddy', run: provide }],
  ],
  [[{ name: 'browser tests', run: browserTests }]],
];

let passed = 0;
let failed = 0;
for (const stage of stages) {
  const isAlone = stage.length === 1;
  await Promise.all(stage.map((lane) => runLane(lane, isAlone)));
  if (failed > 0) break;
}
await rm(reports, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
print(`\n${passed} passed, ${failed} failed`);

/**
 * Runs steps in order up to the first that fails.
 * @param {Step[]} lane
 * @param {boolean} isAlone whether its output can be shown as it comes
 */
async function runLane(lane, isAlone) {
  for (const step of lane) {
    let said = '';
    const say = isAlone ? print : (/** @type {string} */ text) => (said += text);
    const started = Date.now();
    if (isAlone) print(`\n=== ${step.name}\n`);
    const count = await step.run(say);
    passed += count.passed;
    failed += count.failed;
    const seconds = Math.round((Date.now() - started) / 1000);
    if (!isAlone) print(`\n=== ${step.name}: ${seconds} s\n${said.trimEnd()}`);
    if (count.failed > 0) {
      print(`\nFAILED: ${step.name}. What comes after it was not run.`);
      break;
    }
  }
}

/**
 * @param {string} name
 * @param {string} script below node_modules
 * @param {string[]} args
 * @returns {Step}
 */
function check(name, script, ...args) {
  return {
    name,
    run: async (say) =>
      (await node(say, script, ...args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  };
}

/** @param {Say} say */
async function unitTests(say) {
  const file = join(reports, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await node(say, 'vitest/vitest.mjs', 'run', '--allowOnly=false', ...reporters);
  const report = await readReport(file);
  return honest(ok, {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests'),
  });
}

/** @param {Say} say */
async function browserTests(say) {
  const file = join(reports, 'browser.json');
  environment['E2E_REPORT'] = file;
  environment['E2E_BUILT'] = 'yes';
  const ok = await node(say, '@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts');
  const { stats = {} } = await readReport(file);
  return honest(ok, { passed: numberIn(stats, 'expected'), failed: numberIn(stats, 'unexpected') });
}

/**
 * In a process of its own: a package manager would hold up the other lanes.
 * @param {Say} say
 */
async function provide(say) {
  const isThere = await run(say, fileURLToPath(new URL('./provide.mjs', import.meta.url)));
  environment['CHROME_PATH'] = findBrowser() ?? '';
  return { passed: 0, failed: isThere ? 0 : 1 };
}

/**
 * A runner may fail without a failed test: a file that does not load, an unhandled error, no tests at all.
 * @param {boolean} ok
 * @param {Count} count
 * @returns {Count}
 */
function honest(ok, count) {
  if (!ok) return { ...count, failed: Math.max(1, count.failed) };
  return count.passed === 0 ? { passed: 0, failed: Math.max(1, count.failed) } : count;
}

/**
 * Runs a script of an installed package.
 * @param {Say} say
 * @param {string} script below node_modules
 * @param {string[]} args
 */
function node(say, script, ...args) {
  return run(say, join(root, 'node_modules', script), ...args);
}

/**
 * Runs a script with this Node.
 * @param {Say} say
 * @param {string} path
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it succeeded
 */
function run(say, path, ...args) {
  return new Promise((resolve) => {
    const output = say === print ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [path, ...args], {
      ...{ cwd: root, env: environment },
      stdio: ['inherit', output, output],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => say(text));
    }
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/** @param {string} file */
async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {Record<string, unknown>} report
 * @param {string} name
 */
function numberIn(report, name) {
  const value = report[name];
  return typeof value === 'number' ? value : 0;
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}
