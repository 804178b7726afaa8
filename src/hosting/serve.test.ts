import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, listen } from './test-servers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let home = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'winnow-serve-'));
  await writeFile(join(home, 'package.json'), '{ "type": "module" }');
  const configFile = join(root, 'src/hosting/vite.config.ts');
  await build({ root, configFile, build: { outDir: join(home, 'build') }, logLevel: 'silent' });
  await mkdir(join(home, 'dist'));
  await writeFile(join(home, 'dist/index.html'), '<title>Winnow</title>');
}, 60_000);

afterAll(() => rm(home, { recursive: true }));

/** The built server in a process of its own, far from any node_modules. */
function serve(env: Record<string, string>, folder = home) {
  const child = spawn(process.execPath, [join(folder, 'build/serve.js')], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function firstAddress(child: ReturnType<typeof serve>): Promise<URL> {
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const [address] = /http:\/\/\S+/.exec(printed) ?? [];
    if (address !== undefined) return new URL(address);
  }
  throw new Error(`no address in: ${printed}`);
}

describe('npm start', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address, serves the site and stops cleanly at %s',
    async (signal) => {
      const child = serve({ PORT: '0' });
      const address = await firstAddress(child);
      expect(address.hostname).toBe('127.0.0.1');
      expect((await ask(Number(address.port), '/')).body).toContain('Winnow');
      // An open connection does not keep it from stopping.
      const idle = net.connect(Number(address.port), '127.0.0.1').on('error', () => undefined);
      await once(idle, 'connect');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('says so when the port is in use', async () => {
    const port = await listen(net.createServer());
    const child = serve({ PORT: String(port) });
    expect(await text(child.stderr)).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1);
  });

  it.each([
    ['a port that is none', { PORT: 'http' }, 'PORT must be a number'],
    ['an upstream that is no URL', { COMFYUI_URL: 'gpu.lan' }, 'COMFYUI_URL must be an http or https URL'],
  ])('says so for %s', async (_what, env, message) => {
    const child = serve(env);
    expect(await text(child.stderr)).toContain(message);
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1);
  });
});
