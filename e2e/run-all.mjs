// @ts-check
/*
 * `npm test`: every check in order, the quick ones first. Stops at the first that fails; the last line is always
 * "N passed, N failed", counting each static check as one and every unit and browser test by itself.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';
import { findBrowser, installBrowser } from './browser.mjs';
import { provideServers } from './hosting/servers.mjs';

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, run: () => Promise<Count> }} Step */

const root = fileURLToPath(new URL('../', import.meta.url));
const reports = await mkdtemp(join(tmpdir(), 'winnow-test-'));
/** @type {NodeJS.ProcessEnv} */
const environment = { ...process.env };

/** @type {Step[]} */
const steps = [
  check('types', 'typescript/bin/tsc', '--noEmit'),
  check('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
  check('format', 'prettier/bin/prettier.cjs', '--check', '.'),
  check('unused code', 'knip/bin/knip.js'),
  { name: 'unit and component tests', run: unitTests },
  check('build of the site, with its size budget', 'vite/bin/vite.js', 'build'),
  check('build of the server', 'vite/bin/vite.js', 'build', '--config', 'src/hosting/vite.config.ts'),
  { name: 'browser', run: provideBrowser },
  { name: 'nginx and Caddy', run: provideWebServers },
  { name: 'browser tests', run: browserTests },
];

let passed = 0;
let failed = 0;
for (const step of steps) {
  print(`\n=== ${step.name}\n`);
  const count = await step.run();
  passed += count.passed;
  failed += count.failed;
  if (count.failed > 0) {
    print(`\nFAILED: ${step.name}. Later steps were not run.`);
    break;
  }
}
await rm(reports, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
print(`\n${passed} passed, ${failed} failed`);

/**
 * @param {string} name
 * @param {string} script below node_modules
 * @param {string[]} args
 * @returns {Step}
 */
function check(name, script, ...args) {
  return {
    name,
    run: async () => ((await node(script, ...args)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

async function unitTests() {
  const file = join(reports, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await node('vitest/vitest.mjs', 'run', '--allowOnly=false', ...reporters);
  const report = await readReport(file);
  return honest(ok, {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests'),
  });
}

async function browserTests() {
  const file = join(reports, 'browser.json');
  environment['E2E_REPORT'] = file;
  environment['E2E_BUILT'] = 'yes';
  const ok = await node('@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts');
  const { stats = {} } = await readReport(file);
  return honest(ok, { passed: numberIn(stats, 'expected'), failed: numberIn(stats, 'unexpected') });
}

async function provideBrowser() {
  const path = findBrowser() ?? installBrowser();
  if (path === null) {
    print('No Chrome or Chromium was found, and none could be installed.');
    print('Install one, or name it: CHROME_PATH=/path/to/chrome npm test');
    return { passed: 0, failed: 1 };
  }
  print(path);
  environment['CHROME_PATH'] = path;
  return { passed: 0, failed: 0 };
}

/** Without them their tests are skipped, each with its reason; on CI they fail. */
async function provideWebServers() {
  const isThere = provideServers();
  print(isThere ? 'Both are there.' : 'Not both are there, and they could not be had from Debian packages.');
  return { passed: 0, failed: 0 };
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
 * Runs a script of an installed package with this Node, its output shown.
 * @param {string} script below node_modules
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it succeeded
 */
function node(script, ...args) {
  return new Promise((resolve) => {
    const path = join(root, 'node_modules', script);
    const child = spawn(process.execPath, [path, ...args], { cwd: root, env: environment, stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
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
