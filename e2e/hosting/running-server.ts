import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { findBrotliModule, findMimeTypes } from './servers.mjs';

export const SITE = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface Upstreams {
  readonly cloud: string;
  readonly comfyui: string;
  readonly roughy: string;
}

export interface RunningServer {
  readonly url: string;
  /** All that it wrote down, its access log included. */
  readonly logs: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** nginx with e2e/hosting/nginx.conf, where only addresses and the folder of the site are others. */
export async function startNginx(
  nginx: string,
  { cloud, comfyui, roughy }: Upstreams,
): Promise<RunningServer> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-nginx-'));
  const port = await freePort();
  const recipe = await readFile(new URL('nginx.conf', import.meta.url), 'utf8');
  const brotli = findBrotliModule(nginx);
  const site = [
    ['listen 8080;', `listen 127.0.0.1:${port};`],
    ['root /srv/winnow;', `root ${SITE};`],
    ['proxy_pass https://cloud.comfy.org;', `proxy_pass ${cloud};`],
    ['proxy_pass http://127.0.0.1:8188;', `proxy_pass ${comfyui};`],
    ['proxy_pass https://roughy-api-staging.fly.dev;', `proxy_pass ${roughy};`],
    ...(brotli === null ? [] : [['#brotli_static on;', 'brotli_static on;']]),
  ].reduce((text, [from = '', to = '']) => replaceOnce(text, from, to), recipe);
  await writeFile(join(home, 'winnow.conf'), site);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const main = `
    daemon off; pid ${home}/pid; error_log ${home}/error.log;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    ${brotli === null ? '' : `load_module ${brotli};`}
    events {}
    http {
      include ${findMimeTypes() ?? 'mime.types'};
      access_log ${home}/access.log;
      ${folders.map((name) => `${name}_temp_path ${home}/${name};`).join(' ')}
      include ${home}/winnow.conf;
    }`;
  await writeFile(join(home, 'nginx.conf'), main);
  const logs = async () =>
    (await Promise.all(['access.log', 'error.log'].map((name) => readFile(join(home, name), 'utf8')))).join(
      '',
    );
  return run(nginx, ['-e', `${home}/error.log`, '-c', `${home}/nginx.conf`], {}, { home, port, logs });
}

/** Caddy with e2e/hosting/Caddyfile as it is: its addresses come from the environment. */
export async function startCaddy(
  caddy: string,
  { cloud, comfyui, roughy }: Upstreams,
): Promise<RunningServer> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-caddy-'));
  const port = await freePort();
  const env = {
    ...{ HOME: home, PORT: String(port), WINNOW_SITE: SITE },
    ...{ COMFY_CLOUD_URL: cloud, COMFYUI_URL: comfyui, ROUGHY_URL: roughy },
  };
  const recipe = fileURLToPath(new URL('Caddyfile', import.meta.url));
  return run(caddy, ['run', '--adapter', 'caddyfile', '--config', recipe], env, { home, port, logs: null });
}

async function run(
  command: string,
  args: string[],
  env: Record<string, string>,
  { home, port, logs }: { home: string; port: number; logs: (() => Promise<string>) | null },
): Promise<RunningServer> {
  const path = process.env['PATH'] ?? '';
  const child = spawn(command, args, { env: { PATH: path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  }
  const exited = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${command} did not start: ${printed}`);
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    logs: async () => printed + ((await logs?.()) ?? ''),
    close: async () => {
      child.kill();
      await exited;
      await rm(home, { recursive: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => setTimeout(resolve, 50, false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not exactly once in nginx.conf: ${from}`);
  return text.replace(from, to);
}
