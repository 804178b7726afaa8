import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';
import { browserArguments, findBrowser } from './browser.mjs';

const {
  E2E_PORT: port = '4180',
  E2E_REPORT: report = '',
  E2E_BUILT: built = '',
  E2E_TRACE: trace = '',
} = process.env;
const executablePath = findBrowser();
const origin = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A busy machine is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: report === '' ? 'list' : [['list'], ['json', { outputFile: report }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `${origin}/`,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Recording costs every test a third of its time: ask for it where one fails.
    trace: trace === '' ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: browserArguments, ...(executablePath === null ? {} : { executablePath }) },
  },
  projects: [{ name: 'chromium' }],
  webServer: {
    command: built === '' ? 'npm run build && node build/serve.js' : 'node build/serve.js',
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    url: origin,
    reuseExistingServer: false,
    timeout: 120_000,
    env: {
      HOST: '127.0.0.1',
      PORT: port,
      // Nobody listens there: a test that forgets to mock must not reach the real services.
      COMFY_CLOUD_URL: 'http://127.0.0.1:9',
      COMFYUI_URL: 'http://127.0.0.1:9',
      ROUGHY_URL: 'http://127.0.0.1:9',
    },
  },
});
