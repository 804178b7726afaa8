import { describe, expect, it } from 'vitest';
import { ask, startProxy, startUpstream } from './test-servers.ts';

const ID = 'fa4256b3-ded6-4221-9334-97f2bca9c672';

const json = (body: string): unknown => JSON.parse(body);

describe('what reaches the upstream', () => {
  it('is the method, path and query as they came', async () => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const query = '?name_contains=caf%C3%A9%20%2F..%5C&include_tags=a,b&metadata_filter=%7B%22a%22%3A1%7D';
    const answer = await ask(port, `/proxy/comfyui/api/assets${query}`);
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(upstream.received).toMatchObject([{ method: 'GET', url: `/api/assets${query}`, body: '' }]);
  });

  it('is below the base path of the upstream', async () => {
    const upstream = await startUpstream();
    const port = await startProxy(`${upstream.url}/behind/nginx/`);
    await ask(port, `/proxy/roughy/v1/assets/${ID}?x=1`);
    expect(upstream.received.map(({ url }) => url)).toEqual([`/behind/nginx/v1/assets/${ID}?x=1`]);
  });

  it('says nothing about the page, the browser or the way', async () => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const own = `http://127.0.0.1:${port}`;
    await ask(port, `/proxy/comfy-cloud/api/assets/${ID}`, {
      method: 'DELETE',
      headers: {
        Accept: 'application/json',
        Origin: own,
        Referer: `${own}/?q=secret`,
        Cookie: 'session=secret',
        'Sec-Fetch-Site': 'same-origin',
        'Sec-Fetch-Mode': 'cors',
        'Sec-Fetch-Dest': 'empty',
        'Sec-CH-UA': 'x',
        'User-Agent': 'Browser/1',
        Connection: 'keep-alive, X-Hop',
        'X-Hop': '1',
        'Keep-Alive': 'timeout=5',
        'Proxy-Authorization': 'secret',
        'X-Forwarded-For': '10.0.0.1',
        'X-Forwarded-Host': 'evil.example',
        Forwarded: 'for=10.0.0.1',
        'X-Other': '1',
      },
    });
    const headers = upstream.received[0]?.headers ?? {};
    expect({ ...headers, connection: undefined }).toEqual({
      accept: 'application/json',
      host: new URL(upstream.url).host,
      'user-agent': 'winnow',
      connection: undefined,
    });
    expect(headers.connection).not.toContain('X-Hop');
  });

  it.each([
    ['comfy-cloud/api/assets', { 'x-api-key': 'KEY' }],
    ['comfyui/api/assets', {}],
    ['roughy/v1/assets', { authorization: 'Bearer KEY' }],
  ])('carries only the kind of key that %s takes', async (path, expected) => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    await ask(port, `/proxy/${path}`, { headers: { 'X-API-Key': 'KEY', Authorization: 'Bearer KEY' } });
    const { 'x-api-key': apiKey, authorization } = upstream.received[0]?.headers ?? {};
    expect(JSON.parse(JSON.stringify({ 'x-api-key': apiKey, authorization }))).toEqual(expected);
  });

  it('keeps conditions and ranges', async () => {
    const upstream = await startUpstream((request, response) => {
      response.writeHead(request.headers.range === undefined ? 304 : 206, {
        etag: '"1"',
        'content-range': 'bytes 1-2/4',
      });
      response.end();
    });
    const port = await startProxy(upstream.url);
    const path = `/proxy/comfyui/api/assets/${ID}/content`;
    const conditional = await ask(port, path, { headers: { 'If-None-Match': '"1"' } });
    const partial = await ask(port, path, { headers: { Range: 'bytes=1-2', 'If-Range': '"1"' } });
    expect(conditional.status).toBe(304);
    expect(partial).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 1-2/4', etag: '"1"' } });
    expect(upstream.received).toMatchObject([
      { headers: { 'if-none-match': '"1"' } },
      { headers: { range: 'bytes=1-2', 'if-range': '"1"' } },
    ]);
  });

  it.each([
    ['announced by its length', { 'Content-Length': 18 }],
    ['sent in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('includes the body of a DELETE %s', async (_how, framing) => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const path = `/api/assets/${ID}/tags`;
    const headers = { 'Content-Type': 'application/json', ...framing };
    await ask(port, `/proxy/comfyui${path}`, { method: 'DELETE', headers, body: '{"tags":["a","b"]}' });
    expect(upstream.received).toMatchObject([
      {
        method: 'DELETE',
        url: path,
        headers: { 'content-type': 'application/json' },
        body: '{"tags":["a","b"]}',
      },
    ]);
  });
});

describe('what does not pass', () => {
  it.each([
    ['GET', '/proxy/comfyui/'],
    ['GET', '/proxy/comfyui/api'],
    ['GET', '/proxy/comfyui/api/assets/'],
    ['GET', '/proxy/comfyui//api/assets'],
    ['GET', '/proxy/comfyui/api/history'],
    ['GET', '/proxy/comfyui/api/assets/a/b/c'],
    ['POST', '/proxy/comfyui/api/prompt'],
    ['GET', '/proxy/comfy-cloud/v1/assets'],
    ['GET', '/proxy/roughy/api/assets'],
    ['GET', '/proxy/roughy/v1/users'],
    ['GET', '/proxy/roughy/v1/users/1'],
    ['GET', '/proxy/comfyui/system_stats'],
    ['GET', '/proxy/elsewhere/api/assets'],
    ['GET', '/proxy/constructor/api/assets'],
    ['GET', '/proxy/'],
  ])('%s %s, which is no path of the asset APIs', async (method, path) => {
    const upstream = await startUpstream();
    const answer = await ask(await startProxy(upstream.url), path, { method });
    expect(answer.status).toBe(404);
    expect(json(answer.body)).toEqual({ code: 'NOT_PROXIED', message: expect.any(String) as string });
    expect(upstream.received).toEqual([]);
  });

  it.each([
    ['POST', '/proxy/comfyui/api/assets', 'GET, HEAD'],
    ['PUT', `/proxy/comfyui/api/assets/${ID}`, 'GET, HEAD, DELETE'],
    ['GET', `/proxy/comfyui/api/assets/${ID}/tags`, 'POST, DELETE'],
    ['DELETE', '/proxy/roughy/v1/projects/1', 'GET, HEAD'],
    ['DELETE', '/proxy/roughy/v1/assets', 'GET, HEAD'],
    ['OPTIONS', '/proxy/roughy/v1/assets', 'GET, HEAD'],
    ['DELETE', '/proxy/roughy/v1/users/me', 'GET, HEAD'],
    ['POST', '/proxy/comfyui/api/system_stats', 'GET, HEAD'],
  ])('%s %s, a method the dashboard has no use for', async (method, path, allow) => {
    const upstream = await startUpstream();
    const answer = await ask(await startProxy(upstream.url), path, { method });
    expect(answer).toMatchObject({ status: 405, headers: { allow } });
    expect(json(answer.body)).toMatchObject({ code: 'METHOD_NOT_PROXIED' });
    expect(upstream.received).toEqual([]);
  });

  it.each([
    '/proxy/comfyui/api/assets/../history',
    '/proxy/comfyui/api/assets/%2e%2E/history',
    '/proxy/comfyui/api/assets/..%2fhistory',
    '/proxy/comfyui/api/assets/a%5c..',
    '/proxy/comfyui/api/assets/a\\b',
    '/proxy/comfyui/api/assets/%00',
    '/proxy/comfyui/api/assets/%252e%252e',
    '/proxy/comfyui/api/assets/%zz',
    '/proxy/comfyui/api/assets/%ff',
    '/proxy/comfyui/api/assets#x',
  ])('%s, which another server may read as another path', async (path) => {
    const upstream = await startUpstream();
    const answer = await ask(await startProxy(upstream.url), path);
    expect(answer.status).toBe(400);
    expect(json(answer.body)).toMatchObject({ code: 'BAD_TARGET' });
    expect(upstream.received).toEqual([]);
  });

  it('a body with a reading request', async () => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const answer = await ask(port, '/proxy/comfyui/api/assets', {
      headers: { 'Content-Length': 2 },
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(upstream.received).toEqual([]);
  });

  it.each([['Content-Length'], ['Transfer-Encoding']])('a body over 1 MiB framed by %s', async (framing) => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const body = Buffer.alloc(1024 * 1024 + 1, 'x');
    const answer = await ask(port, `/proxy/comfyui/api/assets/${ID}/tags`, {
      method: 'POST',
      headers: { [framing]: framing === 'Content-Length' ? body.length : 'chunked' },
      body,
    });
    expect(answer.status).toBe(413);
    expect(json(answer.body)).toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect(upstream.received).toEqual([]);
  });

  it('a body announced over 1 MiB, without troubling the upstream', async () => {
    const port = await startProxy('http://127.0.0.1:1');
    const headers = { 'Content-Length': 1024 * 1024 + 1 };
    const path = `/proxy/comfyui/api/assets/${ID}/tags`;
    const answer = await ask(port, path, {
      method: 'POST',
      headers,
      body: Buffer.alloc(headers['Content-Length']),
    });
    expect(answer.status).toBe(413);
  });

  it('keeps a body of exactly 1 MiB', async () => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url);
    const body = Buffer.alloc(1024 * 1024, 'x');
    const path = `/proxy/comfyui/api/assets/${ID}/tags`;
    const answer = await ask(port, path, {
      method: 'POST',
      headers: { 'Transfer-Encoding': 'chunked' },
      body,
    });
    expect(answer.status).toBe(200);
    expect(upstream.received[0]?.body).toHaveLength(body.length);
  });

  it('leaves every other path to the site', async () => {
    const port = await startProxy('http://127.0.0.1:9');
    expect((await ask(port, '/proxyfoo')).body).toBe('not for the proxy');
  });
});

describe('callers', () => {
  const path = '/proxy/comfyui/api/assets';

  it.each([
    ['CROSS_SITE', 'a cross-site request', { 'Sec-Fetch-Site': 'cross-site' }],
    ['CROSS_SITE', 'a request of another port on the same machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['CROSS_SITE', 'a foreign Origin', { Origin: 'https://evil.example' }],
    ['CROSS_SITE', 'an Origin on another port', { Origin: 'http://127.0.0.1:5173' }],
    ['CROSS_SITE', 'an opaque Origin', { Origin: 'null' }],
    ['FOREIGN_HOST', 'a foreign host name (DNS rebinding)', { Host: 'evil.example' }],
    ['FOREIGN_HOST', 'a name that starts like a loopback name', { Host: 'localhost.evil.example' }],
    ['FOREIGN_HOST', 'a name that starts like a loopback address', { Host: '127.0.0.1.evil.example' }],
    ['FOREIGN_HOST', 'an address that is not this one', { Host: '10.0.0.7' }],
    ['FOREIGN_HOST', 'user information in Host', { Host: 'localhost@evil.example' }],
  ])('are refused with %s for %s', async (code, _what, headers) => {
    const upstream = await startUpstream();
    const answer = await ask(await startProxy(upstream.url), path, { headers });
    expect(answer.status).toBe(403);
    expect(json(answer.body)).toMatchObject({ code });
    expect(upstream.received).toEqual([]);
  });

  it.each([
    ['its own page', { 'Sec-Fetch-Site': 'same-origin' }],
    ['the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['localhost', { Host: 'localhost:4173', Origin: 'http://localhost:4173' }],
    ['a name below localhost', { Host: 'winnow.localhost' }],
    ['IPv6 loopback', { Host: '[::1]:4173', Origin: 'http://[::1]:4173' }],
    ['an allowed name', { Host: 'Winnow.Example', Origin: 'https://winnow.example' }],
  ])('are served at %s', async (_what, headers) => {
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url, { hosts: ['', ' winnow.example '] });
    expect((await ask(port, path, { headers })).status).toBe(200);
  });
});

describe('what comes back', () => {
  it('has only headers that the dashboard can use', async () => {
    const upstream = await startUpstream((_request, response) => {
      response.writeHead(429, {
        'content-type': 'application/json',
        'retry-after': '7',
        'x-request-id': 'req-1',
        'set-cookie': 'session=secret',
        'www-authenticate': 'Basic',
        'access-control-allow-origin': '*',
        'clear-site-data': '"*"',
        'cache-control': 'public, max-age=999',
        location: 'https://elsewhere.example',
        link: '</x>; rel=preload',
      });
      response.end('{"code":"slow"}');
    });
    const answer = await ask(await startProxy(upstream.url), '/proxy/comfy-cloud/api/assets');
    expect(answer).toMatchObject({ status: 429, body: '{"code":"slow"}' });
    const framing = ['date', 'connection', 'transfer-encoding'];
    const headers = Object.fromEntries(
      Object.entries(answer.headers).filter(([name]) => !framing.includes(name)),
    );
    expect(headers).toEqual({
      'content-type': 'application/json',
      'retry-after': '7',
      'x-request-id': 'req-1',
      'cache-control': 'no-store',
      'content-security-policy': 'sandbox',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('cannot run scripts in the origin of the dashboard when a file is opened by itself', async () => {
    const upstream = await startUpstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/svg+xml', 'content-security-policy': 'script-src *' });
      response.end('<svg/>');
    });
    const answer = await ask(await startProxy(upstream.url), '/proxy/comfyui/api/view?filename=a.svg');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it('keeps 204 and HEAD without a body', async () => {
    const upstream = await startUpstream((request, response) => {
      response.writeHead(
        request.method === 'HEAD' ? 200 : 204,
        request.method === 'HEAD' ? { 'content-length': 5 } : {},
      );
      response.end();
    });
    const port = await startProxy(upstream.url);
    expect(await ask(port, `/proxy/comfyui/api/assets/${ID}`, { method: 'DELETE' })).toMatchObject({
      status: 204,
      body: '',
    });
    expect(await ask(port, `/proxy/comfyui/api/assets/${ID}`, { method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '5' },
    });
  });
});
