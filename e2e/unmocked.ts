import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';

import { watchViolations } from './violations';

export { expect };

interface Closable {
  readonly close: () => void | Promise<void>;
}

export const test = base.extend<{
  /** Waits for something that runs, and stops it when the test is over. */
  running: <T extends Closable>(starting: Promise<T>) => Promise<T>;
  /** What the browser complained about, and dialogs that markup in a name would open. */
  problems: string[];
}>({
  running: async ({ page }, run) => {
    const all: Closable[] = [];
    await run(async (starting) => {
      const started = await starting;
      all.unshift(started);
      return started;
    });
    await page.close();
    for (const each of all) await each.close();
  },
  problems: async ({ context }, run) => {
    const problems: string[] = [];
    context.on('weberror', (error) => problems.push(`uncaught: ${String(error.error())}`));
    context.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
    });
    await watchViolations(context, (problem) => problems.push(problem));
    context.on('dialog', (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await run(problems);
  },
});

const NOBODY = 'http://127.0.0.1:9';

/** The built server as `npm start` runs it, on a free port; upstreams that are not named do not exist. */
export async function startWinnow(upstreams: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../build/serve.js', import.meta.url))], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOST: '127.0.0.1',
      PORT: '0',
      COMFY_CLOUD_URL: NOBODY,
      COMFYUI_URL: NOBODY,
      ROUGHY_URL: NOBODY,
      ...upstreams,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const address = /http:\/\/\S+/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`build/serve.js did not start: ${printed}`)));
  });
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { url, printed: () => printed, close };
}
