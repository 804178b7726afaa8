// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const playwrightCli = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url));
const isRoot = process.getuid?.() === 0;

/**
 * The first Chrome or Chromium on this machine that starts, Playwright's own included; CHROME_PATH goes first.
 * @returns {string | null} path of the executable
 */
export function findBrowser() {
  const { CHROME_PATH: chosen = '' } = process.env;
  return [chosen, ...usualPlaces(), chromium.executablePath()].find(starts) ?? null;
}

/**
 * Tries the ways to get a browser that need no questions.
 * @returns {string | null} path of the executable
 */
export function installBrowser() {
  run(process.execPath, [playwrightCli, 'install', 'chromium']);
  const found = findBrowser();
  if (found !== null || !isRoot || process.platform !== 'linux') return found;
  if (run('apt-get', ['update'])) {
    const installed = ['chromium-headless-shell', 'chromium'].some((name) =>
      run('apt-get', ['install', '-y', name]),
    );
    if (!installed) return null;
  }
  return findBrowser();
}

/** Command line of a browser for tests: no traffic of its own, and no sandbox where root cannot have one. */
export const browserArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** @returns {string[]} */
function usualPlaces() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium'].map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)),
    );
  }
  if (platform === 'win32') {
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
      folder === undefined
        ? []
        : ['Google/Chrome', 'Chromium'].map((name) => join(folder, name, 'Application/chrome.exe')),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/opt/google/chrome', '/snap/bin');
  // The shell is the same engine without the windows around it: a new page costs a third.
  const names = [
    'chromium-headless-shell',
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'chrome',
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} path */
function starts(path) {
  if (path === '' || !existsSync(path)) return false;
  // On Windows --version opens a window instead of answering.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { stdio: 'inherit', timeout: 10 * 60_000 }).status === 0;
}
