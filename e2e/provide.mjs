// @ts-check
/*
 * Finds what the browser tests run with, or gets it. Fails when there is no browser; nginx and Caddy may be missing:
 * their tests are skipped then, each with its reason, and fail on CI.
 */
import console from 'node:console';
import process from 'node:process';
import { findBrowser, installBrowser } from './browser.mjs';
import { provideServers } from './hosting/servers.mjs';

const browser = findBrowser() ?? installBrowser();
if (browser === null) {
  console.log('No Chrome or Chromium was found, and none could be installed.');
  console.log('Install one, or name it: CHROME_PATH=/path/to/chrome npm test');
  process.exitCode = 1;
} else {
  console.log(browser);
}
console.log(
  provideServers()
    ? 'nginx and Caddy are there.'
    : 'nginx and Caddy are not both there, and could not be had from Debian packages.',
);
