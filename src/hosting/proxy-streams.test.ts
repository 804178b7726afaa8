import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ask, listen, signal, startProxy, startUpstream } from './test-servers.ts';

const CONTENT = '/proxy/comfyui/api/assets/1/content';
const TAGS = '/proxy/comfyui/api/assets/1/tags';
const KEYS = { 'X-API-Key': 'KEY', Authorization: 'Bearer KEY', Cookie: 'session=KEY' };

const upstreamOf = async (listener: http.RequestListener) =>
  `http://127.0.0.1:${await listen(http.createServer(listener))}`;

const open = (port: number, path: string, options: http.RequestOptions = {}) =>
  http.request({ host: '127.0.0.1', port, path, agent: false, ...options });

const answerTo = (request: http.ClientRequest) =>
  new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('error', reject).once('response', resolve);
  });

const code = (body: string) => (JSON.parse(body) as { code: string }).code;

describe('streaming', () => {
  it('passes on the start of an answer before its end exists', async () => {
    const started = signal<http.ServerResponse>();
    const port = await startProxy(
      await upstreamOf((_request, response) => {
        response.write('first');
        started.fire(response);
      }),
    );
    const request = open(port, CONTENT).end();
    const answer = await answerTo(request);
    const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve));
    expect(first.toString()).toBe('first');
    (await started.promise).end('second');
    expect(await text(answer)).toBe('second');
  });

  it('passes on the status before the first byte of the body exists', async () => {
    const url = await upstreamOf((_request, response) => {
      response.writeHead(206).flushHeaders();
    });
    const request = open(await startProxy(url), CONTENT).end();
    expect((await answerTo(request)).statusCode).toBe(206);
    request.on('error', () => undefined).destroy();
  });

  it('passes on the start of a DELETE body before its end exists', async () => {
    const started = signal<string>();
    const url = await upstreamOf((request, response) => {
      request.once('data', (chunk: Buffer) => started.fire(chunk.toString()));
      request.once('end', () => response.end('done'));
    });
    const request = open(await startProxy(url), TAGS, {
      method: 'DELETE',
      headers: { 'Transfer-Encoding': 'chunked' },
    });
    const answer = answerTo(request);
    request.write('{"tags":');
    expect(await started.promise).toBe('{"tags":');
    request.end('["a"]}');
    expect(await text(await answer)).toBe('done');
  });

  it('waits for a browser that does not read', async () => {
    const size = 64;
    const chunk = Buffer.alloc(1024 * 1024);
    const outcome = signal<'waited' | 'swallowed'>();
    const url = await upstreamOf((_request, response) => {
      let left = size;
      const fill = (): void => {
        while (left > 0) {
          left -= 1;
          if (response.write(chunk)) continue;
          const stalled = setTimeout(() => outcome.fire('waited'), 300);
          response.once('drain', () => {
            clearTimeout(stalled);
            fill();
          });
          return;
        }
        outcome.fire('swallowed');
        response.end();
      };
      fill();
    });
    // The wait is longer than an upstream may be silent: it is not the upstream that is silent.
    const port = await startProxy(url, { timeouts: { headersMs: 5000, idleMs: 100 } });
    const answer = await answerTo(open(port, CONTENT).end());
    expect(await outcome.promise).toBe('waited');
    let received = 0;
    for await (const part of answer) received += (part as Buffer).length;
    expect(received).toBe(size * chunk.length);
  });

  it('drops the request upstream when the browser goes away', async () => {
    const [arrived, dropped] = [signal(), signal()];
    const url = await upstreamOf((_request, response) => {
      response.once('close', () => dropped.fire());
      arrived.fire();
    });
    const request = open(await startProxy(url), CONTENT).on('error', () => undefined);
    request.end();
    await arrived.promise;
    request.destroy();
    await dropped.promise;
  });

  it('drops a half-read answer upstream when the browser goes away', async () => {
    const dropped = signal();
    const url = await upstreamOf((_request, response) => {
      response.write('first');
      response.once('close', () => dropped.fire());
    });
    const request = open(await startProxy(url), CONTENT).on('error', () => undefined);
    request.end();
    const answer = await answerTo(request);
    answer.on('error', () => undefined);
    request.destroy();
    await dropped.promise;
  });

  it('breaks off when the upstream does, so half an answer is not taken for a whole one', async () => {
    const url = await upstreamOf((_request, response) => {
      response.write('half', () => response.destroy());
    });
    await expect(ask(await startProxy(url), CONTENT)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('keeps a connection usable after an answer that came before the end of the body', async () => {
    const port = await startProxy('http://127.0.0.1:1');
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const body = Buffer.alloc(512 * 1024);
    const askOnce = async () => {
      const request = open(port, TAGS, { method: 'POST', agent, headers: { 'Content-Length': body.length } });
      const answer = answerTo(request);
      request.end(body);
      return code(await text(await answer));
    };
    expect(await askOnce()).toBe('UPSTREAM_UNREACHABLE');
    expect(await askOnce()).toBe('UPSTREAM_UNREACHABLE');
    agent.destroy();
  });
});

describe('an upstream that does not answer', () => {
  it('is reported as unreachable when nobody listens', async () => {
    const answer = await ask(await startProxy('http://127.0.0.1:1'), CONTENT);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body)).toEqual({
      code: 'UPSTREAM_UNREACHABLE',
      message: 'The upstream could not be reached (ECONNREFUSED).',
    });
  });

  it('is reported as timed out when it says nothing', async () => {
    const port = await startProxy(await upstreamOf(() => undefined), {
      timeouts: { headersMs: 50, idleMs: 10 },
    });
    const answer = await ask(port, CONTENT);
    expect(answer.status).toBe(504);
    expect(code(answer.body)).toBe('UPSTREAM_TIMEOUT');
  });

  it('may take longer to begin an answer than to continue it', async () => {
    const url = await upstreamOf((_request, response) => {
      setTimeout(() => response.end('slow'), 150);
    });
    const port = await startProxy(url, { timeouts: { headersMs: 5000, idleMs: 50 } });
    expect((await ask(port, CONTENT)).body).toBe('slow');
  });

  it('breaks the answer off when it falls silent in the middle', async () => {
    const url = await upstreamOf((_request, response) => {
      response.write('half');
    });
    const port = await startProxy(url, { timeouts: { headersMs: 5000, idleMs: 50 } });
    await expect(ask(port, CONTENT)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is asked again when it closed a kept connection just before it was used', async () => {
    let connections = 0;
    const upstreamPort = await listen(
      net.createServer((socket) => {
        connections += 1;
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
          socket.once('data', () => socket.resetAndDestroy());
        });
      }),
    );
    const port = await startProxy(`http://127.0.0.1:${upstreamPort}`);
    expect((await ask(port, '/proxy/comfyui/api/assets')).status).toBe(200);
    expect((await ask(port, '/proxy/comfyui/api/assets')).status).toBe(200);
    expect(connections).toBe(2);
  });
});

describe('the log', () => {
  it('names what failed, without headers or queries', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const down = await startProxy('http://127.0.0.1:1', { log });
    await ask(down, '/proxy/comfy-cloud/api/assets?name_contains=secret', { headers: KEYS });
    await ask(down, '/proxy/comfy-cloud/api/history?token=secret', { headers: KEYS });
    await ask(down, '/proxy/comfy-cloud/api/assets?a=1', {
      headers: { ...KEYS, Origin: 'https://evil.example' },
    });
    expect(lines).toEqual([
      'GET /proxy/comfy-cloud/api/assets UPSTREAM_UNREACHABLE (ECONNREFUSED)',
      'GET /proxy/comfy-cloud/api/history NOT_PROXIED',
      'GET /proxy/comfy-cloud/api/assets CROSS_SITE',
    ]);
  });

  it('stays empty while all goes well', async () => {
    const lines: string[] = [];
    const upstream = await startUpstream();
    const port = await startProxy(upstream.url, { log: (line) => lines.push(line) });
    await ask(port, '/proxy/comfy-cloud/api/assets', { headers: KEYS });
    expect(lines).toEqual([]);
  });
});
