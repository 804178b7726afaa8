import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createLogger, createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sizeBudget } from './size-budget.ts';
import { ask, startUpstream } from './test-servers.ts';
import { contentSecurityPolicy, devProxy, preloadEntry } from './vite-plugins.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'winnow-build-'));
  await mkdir(join(root, 'demo'));
  const files = {
    'index.html':
      '<!doctype html><html><head></head><body><script type="module" src="/main.js"></script></body></html>',
    'main.js':
      "import './main.css'; import { share } from './shared.js'; share(); globalThis.more = () => import('./demo/start.js');",
    'main.css': 'p { color: red }',
    'shared.js': `export const share = () => globalThis.print(${JSON.stringify(noise(4000))});`,
    'demo/start.js': `import './demo.css'; import { share } from '../shared.js'; share(); globalThis.print(${JSON.stringify(noise(9000))});`,
    'demo/demo.css': 'b { color: blue }',
    'eager.html':
      '<!doctype html><html><head></head><body><script type="module" src="/demo/start.js"></script></body></html>',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
});

afterAll(() => rm(root, { recursive: true }));

/** Text that gzip cannot make much smaller than three quarters. */
function noise(length: number): string {
  let state = 1;
  const characters = Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(48 + (state % 64));
  });
  return characters.join('');
}

async function buildSite(budget: Parameters<typeof sizeBudget>[0], page = 'index.html'): Promise<string> {
  const printed: string[] = [];
  const customLogger = { ...createLogger('silent'), info: (text: string) => void printed.push(text) };
  await build({
    root,
    configFile: false,
    base: './',
    logLevel: 'silent',
    customLogger,
    plugins: [contentSecurityPolicy(), sizeBudget(budget)],
    build: { modulePreload: { polyfill: false }, rolldownOptions: { input: join(root, page) } },
  });
  return printed.join('\n');
}

const never = /\/demo\//;

describe('sizeBudget', () => {
  it('weighs the entry, what it imports and its styles, but nothing that loads later', async () => {
    const printed = await buildSite({ script: 10, style: 1, never });
    const script = Number(/([\d.]+) kB {2}script in all/.exec(printed)?.[1]);
    expect(script).toBeGreaterThan(3);
    expect(script).toBeLessThan(5);
    expect(printed).toMatch(/0\.0 kB {2}assets\/index-[\w-]+\.css/);
    expect(printed).not.toContain('start-');
  });

  it('fails the build for too much script', async () => {
    await expect(buildSite({ script: 1, style: 1, never })).rejects.toThrow('scripts are over 1 kB');
  });

  it('fails the build for too much style', async () => {
    await expect(buildSite({ script: 10, style: 0.001, never })).rejects.toThrow('styles are over 0.001 kB');
  });

  it('fails the build when a module that must come later comes first', async () => {
    const built = buildSite({ script: 100, style: 1, never }, 'eager.html');
    await expect(built).rejects.toThrow(/must not load:\n[^]*demo\/start\.js\n/);
  });
});

describe('contentSecurityPolicy', () => {
  it('comes first in the head of the built page, which holds nothing inline', async () => {
    await buildSite({ script: 10, style: 1, never });
    const page = await readFile(join(root, 'dist/index.html'), 'utf8');
    expect(page).toMatch(
      /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;/,
    );
    expect(page).not.toMatch(/<style|<script(?![^>]* src=)/);
  });
});

describe('preloadEntry', () => {
  const buildWith = (name: string) =>
    build({
      root,
      configFile: false,
      base: './',
      logLevel: 'silent',
      plugins: [preloadEntry(name)],
      build: {
        modulePreload: { polyfill: false },
        rolldownOptions: { input: { index: join(root, 'index.html'), more: join(root, 'demo/start.js') } },
      },
    });

  it('has an entry that comes on demand fetched with the page, with what it imports, each file once', async () => {
    await buildWith('more');
    const page = await readFile(join(root, 'dist/index.html'), 'utf8');
    expect(page).toMatch(/<link rel="modulepreload" crossorigin href="\.\/assets\/more-[\w-]+\.js">/);
    const files = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file]) => file);
    expect(files).toHaveLength(3);
    expect(new Set(files).size).toBe(3);
  });

  it('fails the build when there is no such entry', async () => {
    await expect(buildWith('page')).rejects.toThrow('No entry is called page');
  });
});

describe('devProxy', () => {
  it('gives the development server the same proxy', async () => {
    const upstream = await startUpstream();
    vi.stubEnv('COMFYUI_URL', upstream.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [devProxy()],
      server: { host: '127.0.0.1', port: 0, ws: false },
    });
    onTestFinished(() => server.close());
    await server.listen();
    const address = server.httpServer?.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect((await ask(port, '/proxy/comfyui/api/tags')).body).toBe('{}');
    expect((await ask(port, '/proxy/comfyui/api/history')).status).toBe(404);
    expect((await ask(port, '/')).body).toContain('/main.js');
    expect(upstream.received).toHaveLength(1);
  });
});
