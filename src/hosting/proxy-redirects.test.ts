// @vitest-environment node
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ask, startProxy, startUpstream } from './test-servers.ts';

const PATH = '/proxy/comfy-cloud/api/assets/1/content';
const KEY = { 'X-API-Key': 'KEY' };

const redirectTo =
  (location: string | undefined, status = 302): RequestListener =>
  (_request, response) => {
    response.writeHead(status, location === undefined ? {} : { location });
    response.end('moved');
  };

const code = (body: string) => (JSON.parse(body) as { code: string }).code;

describe('an upstream redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'with %i is followed without the key to another origin',
    async (status) => {
      const storage = await startUpstream((_request, response) => response.end('bytes'));
      const upstream = await startUpstream(redirectTo(`${storage.url}/signed?sig=1#x`, status));
      const answer = await ask(await startProxy(upstream.url), PATH, {
        headers: { ...KEY, Range: 'bytes=0-4' },
      });
      expect(answer).toMatchObject({ status: 200, body: 'bytes' });
      expect(answer.headers).not.toHaveProperty('location');
      expect(upstream.received).toMatchObject([{ headers: { 'x-api-key': 'KEY' } }]);
      expect(storage.received).toMatchObject([
        { method: 'GET', url: '/signed?sig=1', headers: { range: 'bytes=0-4' } },
      ]);
      expect(storage.received[0]?.headers).not.toHaveProperty('x-api-key');
    },
  );

  it('does not carry a bearer token to another origin', async () => {
    const storage = await startUpstream();
    const upstream = await startUpstream(redirectTo(storage.url));
    await ask(await startProxy(upstream.url), '/proxy/roughy/v1/assets', {
      headers: { Authorization: 'Bearer KEY' },
    });
    expect(upstream.received).toMatchObject([{ headers: { authorization: 'Bearer KEY' } }]);
    expect(storage.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('within the origin keeps the key', async () => {
    const upstream = await startUpstream((request, response) => {
      if (request.url === '/moved') response.end('here');
      else redirectTo('/moved')(request, response);
    });
    const answer = await ask(await startProxy(upstream.url), PATH, { headers: KEY });
    expect(answer.body).toBe('here');
    expect(upstream.received[1]).toMatchObject({ url: '/moved', headers: { 'x-api-key': 'KEY' } });
  });

  it('does not get the key back after another origin had the request', async () => {
    const home = { url: '' };
    const storage = await startUpstream((request, response) =>
      redirectTo(`${home.url}/back`)(request, response),
    );
    const upstream = await startUpstream((request, response) => {
      if (request.url === '/back') response.end('back');
      else redirectTo(storage.url)(request, response);
    });
    home.url = upstream.url;
    await ask(await startProxy(upstream.url), PATH, { headers: KEY });
    expect(upstream.received.map(({ url }) => url)).toEqual(['/api/assets/1/content', '/back']);
    expect(upstream.received[1]?.headers).not.toHaveProperty('x-api-key');
  });

  it('is followed five times at most', async () => {
    const upstream = await startUpstream(redirectTo('/again'));
    const answer = await ask(await startProxy(upstream.url), PATH);
    expect(answer.status).toBe(502);
    expect(code(answer.body)).toBe('UPSTREAM_REDIRECT');
    expect(upstream.received).toHaveLength(6);
  });

  it.each(['DELETE', 'POST'])(
    'of a %s is not followed, so nothing is destroyed elsewhere',
    async (method) => {
      const upstream = await startUpstream(redirectTo('/api/assets/2', 307));
      const answer = await ask(await startProxy(upstream.url), '/proxy/comfyui/api/assets/1/tags', {
        method,
      });
      expect(answer.status).toBe(502);
      expect(answer.headers).not.toHaveProperty('location');
      expect(upstream.received).toHaveLength(1);
    },
  );

  it.each([
    ['to nowhere', 'no target', undefined],
    ['without https', 'plain http on another host', 'http://storage.example/a'],
    ['without https', 'another scheme', 'file:///etc/passwd'],
    ['with credentials', 'a URL with credentials', 'https://user@storage.example/a'],
    ['not public', 'another loopback address', 'https://127.0.0.2/a'],
    ['not public', 'a loopback address in another spelling', 'https://0x7f.2/a'],
    ['not public', 'IPv6 loopback', 'https://[::1]/a'],
    ['not public', 'a mapped loopback address', 'https://[::ffff:127.0.0.1]/a'],
    ['not public', 'a private address', 'https://192.168.0.1/a'],
    ['not public', 'a metadata address', 'https://169.254.169.254/latest'],
    ['not public', 'a name with a private address', 'https://private.example/a'],
    ['not public', 'a name with a public and a private address', 'https://mixed.example/a'],
    ['not public', 'a name without an address', 'https://empty.example/a'],
  ])('"%s" is not followed: %s', async (reason, _what, location) => {
    const upstream = await startUpstream(redirectTo(location));
    const addresses: Record<string, string[]> = {
      'private.example': ['10.0.0.1'],
      'mixed.example': ['93.184.215.14', '127.0.0.1'],
    };
    const port = await startProxy(upstream.url, {
      resolve: (name) => Promise.resolve((addresses[name] ?? []).map((address) => ({ address, family: 4 }))),
    });
    const answer = await ask(port, PATH);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body)).toEqual({
      code: 'UPSTREAM_REDIRECT',
      message: expect.stringContaining(reason) as string,
    });
  });
});
