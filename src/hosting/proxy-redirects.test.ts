import type { RequestListener } from 'node:http';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { ask, listen, startProxy, startUpstream } from './test-servers.ts';

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
    'with %i is followed within the origin, with the key',
    async (status) => {
      const upstream = await startUpstream((request, response) => {
        if (request.url === '/moved?sig=1') response.end('bytes');
        else redirectTo('/moved?sig=1#x', status)(request, response);
      });
      const answer = await ask(await startProxy(upstream.url), PATH, {
        headers: { ...KEY, Range: 'bytes=0-4' },
      });
      expect(answer).toMatchObject({ status: 200, body: 'bytes' });
      expect(answer.headers).not.toHaveProperty('location');
      expect(upstream.received[1]).toMatchObject({
        method: 'GET',
        url: '/moved?sig=1',
        headers: { 'x-api-key': 'KEY', range: 'bytes=0-4' },
      });
    },
  );

  it.each(['http', 'https'])(
    'to another port of its host is not followed over %s: that is another program',
    async (scheme) => {
      const other = await startUpstream();
      const target = other.url.replace('http:', `${scheme}:`);
      const upstream = await startUpstream(redirectTo(`${target}/containers/json`));
      const answer = await ask(await startProxy(upstream.url), PATH, { headers: KEY });
      expect(answer.status).toBe(502);
      expect(code(answer.body)).toBe('UPSTREAM_REDIRECT');
      expect(other.received).toEqual([]);
    },
  );

  it('to a public name is looked up once, and only a checked address is connected to', async () => {
    const connections: string[] = [];
    const trap = net.createServer((socket) => {
      connections.push('trapped');
      socket.destroy();
    });
    const port = await listen(trap);
    const upstream = await startUpstream(redirectTo(`https://rebind.example:${port}/a`));
    const asked: string[] = [];
    const answer = await ask(
      await startProxy(upstream.url, {
        timeouts: { headersMs: 300, idleMs: 300 },
        resolve: (name) => {
          asked.push(name);
          // Global unicast, but nobody’s: the first answer passes the check, every later one is the attack.
          const address = asked.length === 1 ? '2000::1' : '127.0.0.1';
          return Promise.resolve([{ address, family: asked.length === 1 ? 6 : 4 }]);
        },
      }),
      PATH,
    );
    expect(answer.status).toBeGreaterThanOrEqual(502);
    expect(asked).toEqual(['rebind.example']);
    expect(connections).toEqual([]);
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
    ['without https', 'a script', 'javascript:alert(1)'],
    ['without https', 'data', 'data:text/html,x'],
    ['without https', 'another protocol', 'ftp://storage.example/a'],
    ['without https', 'a network path on plain http', '//storage.example/a'],
    ['to nowhere', 'a host that is none', 'https://[::1/a'],
    ['with credentials', 'a URL with credentials', 'https://user@storage.example/a'],
    ['not public', 'another loopback address', 'https://127.0.0.2/a'],
    ['not public', 'a loopback address in another spelling', 'https://0x7f.2/a'],
    ['not public', 'IPv6 loopback', 'https://[::1]/a'],
    ['not public', 'a mapped loopback address', 'https://[::ffff:127.0.0.1]/a'],
    ['not public', 'a private address', 'https://192.168.0.1/a'],
    ['not public', 'a metadata address', 'https://169.254.169.254/latest'],
    ['not public', 'a loopback address as one number', 'https://2130706433/a'],
    ['not public', 'a loopback address in octal', 'https://0177.0.0.1/a'],
    ['not public', 'a loopback address with a dot at its end', 'https://127.0.0.1./a'],
    ['not public', 'a loopback address in full-width digits', 'https://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1/a'],
    ['not public', 'no address in particular', 'https://0.0.0.0/a'],
    ['not public', 'no IPv6 address in particular', 'https://[::]/a'],
    ['not public', 'a mapped address in hexadecimal', 'https://[::ffff:7f00:1]/a'],
    ['not public', 'a translated address (NAT64)', 'https://[64:ff9b::7f00:1]/a'],
    ['not public', 'a 6to4 address', 'https://[2002:7f00:1::]/a'],
    ['not public', 'a unique local address', 'https://[fd00:ec2::254]/a'],
    ['not public', 'a link-local address', 'https://[fe80::1]/a'],
    ['not public', 'a carrier address', 'https://100.64.0.1/a'],
    ['not public', 'a metadata address in hexadecimal', 'https://0xa9fea9fe/latest'],
    ['not public', 'localhost', 'https://localhost/a'],
    ['not public', 'localhost with a dot at its end', 'https://localhost./a'],
    ['not public', 'a name with a private address', 'https://private.example/a'],
    ['not public', 'a name with a public and a private address', 'https://mixed.example/a'],
    ['not public', 'a name without an address', 'https://empty.example/a'],
  ])('"%s" is not followed: %s', async (reason, _what, location) => {
    const upstream = await startUpstream(redirectTo(location));
    const addresses: Record<string, string[]> = {
      'private.example': ['10.0.0.1'],
      localhost: ['127.0.0.1'],
      'localhost.': ['127.0.0.1'],
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
