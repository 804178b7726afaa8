import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createServer, type ServerOptions } from './server.ts';
import { ask, askRaw, listen, startUpstream } from './test-servers.ts';
import { readUpstreams } from './upstreams.ts';

let siteDir = '';

beforeAll(async () => {
  siteDir = await mkdtemp(join(tmpdir(), 'winnow-site-'));
  await mkdir(join(siteDir, 'assets'));
  await writeFile(join(siteDir, 'index.html'), '<!doctype html><title>Winnow</title>');
  await writeFile(join(siteDir, 'config.json'), '{}');
  await writeFile(join(siteDir, 'assets/index-abc.js'), 'start()');
  await writeFile(join(siteDir, '.secret'), 'secret');
});

afterAll(() => rm(siteDir, { recursive: true }));

const start = (options: Partial<ServerOptions> = {}) =>
  listen(createServer({ siteDir, upstreams: readUpstreams({}), ...options }));

describe('the site', () => {
  it('is served with the page always fresh and hashed files kept', async () => {
    const port = await start();
    const [page, config, script] = await Promise.all(
      ['/?view=jobs', '/config.json', '/assets/index-abc.js'].map((path) => ask(port, path)),
    );
    expect(page).toMatchObject({
      status: 200,
      body: '<!doctype html><title>Winnow</title>',
      headers: { 'cache-control': 'no-cache', 'content-type': 'text/html;charset=utf-8' },
    });
    expect(config?.headers['cache-control']).toBe('no-cache');
    expect(script).toMatchObject({
      body: 'start()',
      headers: { 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/javascript' },
    });
  });

  it('is revalidated instead of sent again', async () => {
    const port = await start();
    const { headers } = await ask(port, '/');
    expect((await ask(port, '/', { headers: { 'If-None-Match': headers.etag } })).status).toBe(304);
  });

  it('may load only its own code, and nobody may frame it', async () => {
    const port = await start();
    for (const path of ['/', '/assets/index-abc.js', '/missing']) {
      const { headers } = await ask(port, path);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*frame-ancestors 'none'$/,
        ) as string,
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()') as string,
      });
    }
  });

  it('gives config.json as it is now, and lets the page ask what it names', async () => {
    const port = await start();
    const policy = async () => (await ask(port, '/')).headers['content-security-policy'];
    expect(await policy()).toContain("connect-src 'self' http://127.0.0.1:* http://localhost:*;");
    const config = { connections: [{ baseUrl: 'https://comfy.example.org/x' }] };
    await writeFile(join(siteDir, 'config.json'), JSON.stringify(config));
    onTestFinished(() => writeFile(join(siteDir, 'config.json'), '{}'));
    expect(JSON.parse((await ask(port, '/config.json')).body)).toEqual(config);
    expect(await policy()).toContain('http://localhost:* https://comfy.example.org;');
    await writeFile(join(siteDir, 'config.json'), '{ not JSON');
    expect(await policy()).toContain('http://localhost:*;');
  });

  it('has nothing but its own files, and they can only be read', async () => {
    const port = await start();
    expect((await ask(port, '/missing')).status).toBe(404);
    expect((await ask(port, '/.secret')).status).toBe(404);
    expect((await ask(port, '/../package.json')).status).toBe(400);
    expect(await ask(port, '/', { method: 'POST' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
    expect(await ask(port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});

describe('a site in a folder', () => {
  it('serves page and proxy below it, and nothing beside it', async () => {
    const upstream = await startUpstream();
    const upstreams = readUpstreams({ COMFYUI_URL: upstream.url });
    const port = await start({ upstreams, basePath: '/some/folder' });
    expect((await ask(port, '/some/folder/')).body).toContain('Winnow');
    expect((await ask(port, '/some/folder/assets/index-abc.js')).body).toBe('start()');
    expect((await ask(port, '/some/folder/proxy/comfyui/api/tags')).body).toBe('{}');
    expect((await ask(port, '/')).status).toBe(404);
    expect((await ask(port, '/proxy/comfyui/api/tags')).status).toBe(404);
    expect(upstream.received).toHaveLength(1);
  });

  it('adds the slash that the relative addresses of the page need', async () => {
    const port = await start({ basePath: '/some/folder/' });
    expect(await ask(port, '/some/folder?q=fox')).toMatchObject({
      status: 308,
      headers: { location: '/some/folder/?q=fox' },
    });
  });
});

describe('a request target that is not a plain path', () => {
  it.each([
    'http://cloud.comfy.org/api/assets',
    'http://127.0.0.1/proxy/comfyui/api/assets',
    '//evil.example/proxy/comfyui/api/assets',
    '/proxy/comfyui/api/assets/../../history',
    '/proxy/comfyui/api/assets\\..\\history',
    '/assets/%2e%2e/config.json',
    '*',
  ])('is refused: %s', async (target) => {
    const upstream = await startUpstream();
    const port = await start({ upstreams: readUpstreams({ COMFYUI_URL: upstream.url }) });
    const reply = await askRaw(
      port,
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
    );
    expect(reply).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.received).toEqual([]);
  });

  it('is refused when it asks for a tunnel', async () => {
    const port = await start();
    const reply = await askRaw(
      port,
      'CONNECT cloud.comfy.org:443 HTTP/1.1\r\nHost: cloud.comfy.org:443\r\n\r\n',
    );
    expect(reply).not.toMatch(/ 200 /);
  });

  it('is refused when its headers are larger than 16 KiB', async () => {
    const port = await start();
    const reply = await askRaw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is refused when two framings of the body disagree', async () => {
    const upstream = await startUpstream();
    const port = await start({ upstreams: readUpstreams({ COMFYUI_URL: upstream.url }) });
    const reply = await askRaw(
      port,
      'DELETE /proxy/comfyui/api/assets/1/tags HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n' +
        'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(reply).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.received).toEqual([]);
  });
});
