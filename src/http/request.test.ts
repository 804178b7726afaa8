import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  AssetsDisabledError,
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  NotJsonError,
  NotSentError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  TooLargeError,
  UnauthorizedError,
  UnexpectedStatusError,
  isOutcomeKnown,
} from '@/domain/errors';
import { MAX_JSON_BYTES } from './read-body';
import { request } from './request';
import type { RequestOptions } from './request';
import { requestBlob } from './request-blob';

const KEY = 'sk_secret_0123456789';
const auth = { header: 'X-API-Key', scheme: null, key: KEY } as const;
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const ask = (baseUrl: string, options: Partial<RequestOptions> = {}) =>
  request({ provider: 'Comfy Cloud', baseUrl, path: ['api', 'assets'], ...options });

const failure = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
};

/** Everything an error could tell to a log. */
const everything = (error: unknown): string => {
  if (!(error instanceof Error)) return JSON.stringify(error);
  return [
    error.name,
    error.message,
    error.stack,
    JSON.stringify(error),
    everything(error.cause ?? null),
  ].join('\n');
};

const answerWith = (status: number, body: string, headers: Record<string, string> = {}) =>
  serve((_request, response) => response.writeHead(status, headers).end(body));

describe('what is sent', () => {
  const echo = async (options: Partial<RequestOptions>) => {
    let seen: IncomingMessage | undefined;
    let body = '';
    const base = await serve((incoming, response) => {
      seen = incoming;
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => response.end('{}'));
    });
    await ask(`${base}/some/folder/`, options);
    return { method: seen?.method, url: seen?.url, headers: seen?.headers ?? {}, body };
  };

  it('keeps the folder of the base URL, encodes segments and leaves out what is empty', async () => {
    const { url } = await echo({
      path: ['api', 'assets', 'a/b?c#d é'],
      query: {
        tags: ['a b', 'c&d'],
        none: [],
        empty: '',
        missing: undefined,
        no: null,
        flag: false,
        zero: 0,
      },
    });
    expect(url).toBe('/some/folder/api/assets/a%2Fb%3Fc%23d%20%C3%A9?tags=a%20b,c%26d&flag=false&zero=0');
  });

  it('sends a DELETE without body and without content type', async () => {
    const { method, headers, body } = await echo({ method: 'DELETE' });
    expect(method).toBe('DELETE');
    expect(headers['content-type']).toBeUndefined();
    expect(body).toBe('');
  });

  it('sends JSON with a DELETE when there is some', async () => {
    const { method, headers, body } = await echo({ method: 'DELETE', json: { tags: ['é'] } });
    expect(method).toBe('DELETE');
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({ tags: ['é'] });
  });

  it('puts the key where the provider wants it, and no cookie or referrer', async () => {
    const { headers } = await echo({ auth: { header: 'Authorization', scheme: 'Bearer', key: KEY } });
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBeUndefined();
  });

  it.each(['', '.', '..'])(
    'refuses the path segment "%s", which would address something else',
    async (id) => {
      let calls = 0;
      const base = await serve((_request, response) => (calls++, response.end('{}')));
      const error = await failure(ask(base, { path: ['api', 'assets', id], method: 'DELETE' }));
      expect(error).toBeInstanceOf(NotSentError);
      expect(calls).toBe(0);
    },
  );
});

describe('what comes back', () => {
  it('is parsed JSON with the request id at hand', async () => {
    const base = await answerWith(200, '{"a":1}', { 'X-Request-Id': 'req-1' });
    expect(await ask(base)).toEqual({
      body: { a: 1 },
      context: { provider: 'Comfy Cloud', requestId: 'req-1' },
    });
  });

  it('is null for 204 and for an empty 200', async () => {
    expect((await ask(await answerWith(204, ''))).body).toBeNull();
    expect((await ask(await answerWith(200, ''))).body).toBeNull();
  });

  it('is a NotJsonError when a web page answers in the place of the API', async () => {
    const base = await answerWith(200, '<!doctype html><p>Hello', { 'Content-Type': 'text/html' });
    const error = await failure(ask(base));
    expect(error).toBeInstanceOf(NotJsonError);
    expect(error).toMatchObject({ contentType: 'text/html' });
  });
});

describe('failing statuses', () => {
  it.each([
    [400, InvalidRequestError],
    [401, UnauthorizedError],
    [402, UnexpectedStatusError],
    [403, ForbiddenError],
    [404, NotFoundError],
    [405, UnexpectedStatusError],
    [408, UnexpectedStatusError],
    [409, ConflictError],
    [410, UnexpectedStatusError],
    [422, InvalidRequestError],
    [423, UnexpectedStatusError],
    [429, RateLimitedError],
    [500, ServerError],
    [502, ServerError],
    [503, ServerError],
  ])('%i has a class of its own', async (status, type) => {
    const body = JSON.stringify({ code: 'SOME_CODE', message: ' Some\n message ' });
    const error = await failure(ask(await answerWith(status, body, { 'X-Request-Id': 'req-9' })));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({
      status,
      code: 'SOME_CODE',
      message: 'Some message',
      context: { provider: 'Comfy Cloud', requestId: 'req-9' },
    });
  });

  it.each([409, 429, 503])('%i carries Retry-After', async (status) => {
    const error = await failure(ask(await answerWith(status, '', { 'Retry-After': '7' })));
    expect(error).toMatchObject({ retryAfterMs: 7000 });
  });

  it('reads a Retry-After date against the clock of the server', async () => {
    const base = await answerWith(429, '', {
      Date: 'Thu, 01 Jan 2015 10:00:00 GMT',
      'Retry-After': 'Thu, 01 Jan 2015 10:00:09 GMT',
    });
    expect(await failure(ask(base))).toMatchObject({ retryAfterMs: 9000 });
  });

  it.each([
    ['an empty body', '', {}, true],
    ['JSON', '{"error":{"code":"ASSET_NOT_FOUND","message":"x"}}', {}, true],
    ['plain text', '404: Not Found', { 'Content-Type': 'text/plain' }, false],
    ['a bare detail of a framework', '{"detail":"Not Found"}', { 'Content-Type': 'application/json' }, false],
    ['our own proxy', '{"code":"NOT_PROXIED","message":"m"}', { 'X-Winnow-Refusal': 'NOT_PROXIED' }, false],
    ['a web page', '<html><h1>404', { 'Content-Type': 'text/html' }, false],
    ['a web page without a type', '\n<!DOCTYPE html>', {}, false],
  ])('a 404 with %s tells whether the API itself spoke', async (_what, body, headers, fromApi) => {
    expect(await failure(ask(await answerWith(404, body, headers)))).toMatchObject({ fromApi });
  });

  it('a 503 SERVICE_DISABLED means that assets are switched off', async () => {
    const body = '{"error":{"code":"SERVICE_DISABLED","message":"Assets system is disabled","details":{}}}';
    expect(await failure(ask(await answerWith(503, body)))).toBeInstanceOf(AssetsDisabledError);
  });

  it('never shows markup as a message', async () => {
    const error = await failure(
      ask(await answerWith(502, '<html><b>nginx</b>', { 'Content-Type': 'text/html' })),
    );
    expect(error).toMatchObject({ message: 'Comfy Cloud answered with status 502', code: null });
  });
});

describe('too much of an answer', () => {
  /** Sends a beginning, then spaces: more than any buffer in between can hold, and no end. */
  const serveEndless = async (status: number, beginning: string) => {
    const seen = { sent: 0, closed: false };
    const filler = ' '.repeat(256 * 1024);
    const base = await serve((_request, response) => {
      response.writeHead(status).write(beginning);
      const more = (): void => {
        seen.sent += filler.length;
        if (response.write(filler)) setImmediate(more);
        else response.once('drain', more);
      };
      response.on('close', () => (seen.closed = true));
      more();
    });
    return { base, seen };
  };

  it('is a TooLargeError, and the rest is not read', async () => {
    const { base, seen } = await serveEndless(200, '{');
    const error = await failure(ask(base));
    expect(error).toBeInstanceOf(TooLargeError);
    expect(error).toMatchObject({ maxBytes: MAX_JSON_BYTES, context: { provider: 'Comfy Cloud' } });
    await expect.poll(() => seen.closed).toBe(true);
    expect(seen.sent).toBeLessThan(2 * MAX_JSON_BYTES);
  });

  it('leaves the outcome of a change open, since the server may have made it', async () => {
    const { base } = await serveEndless(200, '{');
    expect(isOutcomeKnown(await failure(ask(base, { method: 'DELETE' })))).toBe(false);
  });

  it('is cut off where the answer is a failure anyway', async () => {
    const { base, seen } = await serveEndless(403, 'Go away');
    const error = await failure(ask(base));
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error).toMatchObject({ message: 'Go away' });
    await expect.poll(() => seen.closed).toBe(true);
  });

  it('is read up to the very bound', async () => {
    const base = await answerWith(200, `{"a":1}${' '.repeat(MAX_JSON_BYTES - 7)}`);
    expect((await ask(base)).body).toEqual({ a: 1 });
    const over = await answerWith(200, `{"a":1}${' '.repeat(MAX_JSON_BYTES - 6)}`);
    expect(await failure(ask(over))).toBeInstanceOf(TooLargeError);
  });

  it('does not tear characters apart where the network does', async () => {
    const bytes = Buffer.from('{"name":"日本 🎨"}');
    const base = await serve((_request, response) => {
      response.writeHead(200);
      const sendByte = (index: number): void => {
        if (index === bytes.length) response.end();
        else response.write(bytes.subarray(index, index + 1), () => setImmediate(sendByte, index + 1));
      };
      sendByte(0);
    });
    expect((await ask(base)).body).toEqual({ name: '日本 🎨' });
  });
});

describe('no answer', () => {
  it('is a NetworkError when nobody listens', async () => {
    const base = await serve(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await failure(ask(base))).toBeInstanceOf(NetworkError);
  });

  it('is a NetworkError when the line breaks in the middle of the body', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{"a":', () => response.destroy());
    });
    expect(await failure(ask(base))).toBeInstanceOf(NetworkError);
  });

  it('is a TimeoutError in time, also when only the body is late', async () => {
    const silent = await serve(() => undefined);
    expect(await failure(ask(silent, { timeoutMs: 30 }))).toBeInstanceOf(TimeoutError);
    const late = await serve((_request, response) => void response.writeHead(200).write('{'));
    const error = await failure(ask(late, { timeoutMs: 60 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ timeoutMs: 60 });
  });

  it('is a TimeoutError in time although the server sends a little now and then, for ever', async () => {
    let closed = false;
    const base = await serve((_request, response) => {
      response.writeHead(200).write('{"assets":[');
      const trickle = setInterval(() => response.write(' '), 5);
      response.on('close', () => {
        clearInterval(trickle);
        closed = true;
      });
    });
    expect(await failure(ask(base, { timeoutMs: 100 }))).toBeInstanceOf(TimeoutError);
    await expect.poll(() => closed).toBe(true);
  });

  it('is the reason of the caller who gave up, before or during the request', async () => {
    const reason = new Error('another page was opened');
    const controller = new AbortController();
    const base = await serve(() => controller.abort(reason));
    expect(await failure(ask(base, { signal: controller.signal }))).toBe(reason);
    expect(await failure(ask(base, { signal: controller.signal }))).toBe(reason);
  });
});

describe('the key', () => {
  it('is not carried along a redirect', async () => {
    const stolen: unknown[] = [];
    const elsewhere = await serve((incoming, response) => {
      stolen.push(incoming.headers);
      response.end('{}');
    });
    const base = await serve((_request, response) => response.writeHead(302, { Location: elsewhere }).end());
    expect(await failure(ask(base, { auth }))).toBeInstanceOf(NetworkError);
    expect(stolen).toEqual([]);
    await ask(base);
    expect(stolen).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 409, 429, 500])(
    'is not in a %i error, even when the server repeats it',
    async (status) => {
      const body = JSON.stringify({
        code: `bad ${KEY}`,
        message: `bad ${KEY}`,
        details: { errors: [{ loc: [KEY], msg: KEY }] },
      });
      const base = await answerWith(status, body, { 'X-Request-Id': KEY });
      const error = await failure(ask(base, { auth }));
      expect(error).toMatchObject({ message: 'bad [key]' });
      expect(everything(error)).not.toContain(KEY);
    },
  );

  it('is not in the error about a key that cannot be sent', async () => {
    const error = await failure(ask('http://127.0.0.1:9', { auth: { ...auth, key: `${KEY}\nX: y` } }));
    expect(error).toBeInstanceOf(NotSentError);
    expect(everything(error)).not.toContain(KEY);
  });

  it('is not in network and timeout errors', async () => {
    const base = await serve((_request, response) => response.destroy());
    expect(everything(await failure(ask(base, { auth })))).not.toContain(KEY);
    const silent = await serve(() => undefined);
    expect(everything(await failure(ask(silent, { auth, timeoutMs: 20 })))).not.toContain(KEY);
  });
});

describe('blobs', () => {
  const ofText = (url: string, maxBytes?: number) => requestBlob({ url, provider: 'ComfyUI', maxBytes });

  it('come whole, with their type', async () => {
    const blob = await ofText(await answerWith(200, 'hello', { 'Content-Type': 'text/plain' }));
    expect(blob.type).toBe('text/plain');
    expect(await blob.text()).toBe('hello');
  });

  it('ask for the beginning only', async () => {
    const base = await serve((incoming, response) => {
      expect(incoming.headers.range).toBe('bytes=0-2');
      response.writeHead(206).end('hel');
    });
    expect(await (await ofText(base, 3)).text()).toBe('hel');
  });

  it('are cut off when the server sends everything, without reading on', async () => {
    let closed = false;
    const base = await serve((_request, response) => {
      // More than any buffer in between can hold, and no end.
      const more = (): void => {
        if (response.write('x'.repeat(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      response.on('close', () => (closed = true));
      more();
    });
    expect((await ofText(base, 10)).size).toBe(10);
    await expect.poll(() => closed).toBe(true);
  });

  it('are empty when an empty file has no such range', async () => {
    expect((await ofText(await answerWith(416, ''), 10)).size).toBe(0);
  });

  it('fail like any other request', async () => {
    const base = await answerWith(404, '{"error":{"code":"FILE_NOT_FOUND","message":"gone"}}');
    expect(await failure(ofText(base))).toMatchObject({
      kind: 'not-found',
      code: 'FILE_NOT_FOUND',
      message: 'gone',
    });
  });
});

describe('a key that the server repeats', () => {
  const answer = (status: number, headers: Record<string, string>, body: string) =>
    serve((_request, response) => response.writeHead(status, headers).end(body));

  it('is nowhere in what was read, in errors and in what they quote', async () => {
    const ok = await answer(200, {}, JSON.stringify({ assets: [{ name: `a ${KEY}.png`, [KEY]: 1 }] }));
    expect((await ask(ok, { auth })).body).toEqual({ assets: [{ name: 'a [key].png', '[key]': 1 }] });
    const escaped = KEY.replaceAll('_', '%5F');
    for (const url of [
      await answer(200, { 'content-type': `text/html; key=${KEY}` }, '<html>'),
      await answer(500, { 'x-request-id': `r-${escaped}` }, `<p>${KEY}</p>`),
      await answer(500, {}, `Bad header X-API-Key: ${KEY}`),
      await answer(422, {}, JSON.stringify({ detail: [{ loc: ['header', KEY], msg: escaped }] })),
      await answer(401, {}, JSON.stringify({ code: KEY, message: KEY.toUpperCase() })),
    ]) {
      const error = await failure(ask(url, { auth }));
      expect(error).toBeInstanceOf(Error);
      for (const form of [KEY, escaped, KEY.toUpperCase()]) expect(everything(error)).not.toContain(form);
    }
  });

  it('is left out of what a picture’s server says', async () => {
    const url = await answer(403, { 'x-request-id': KEY }, `no ${KEY}`);
    const error = await failure(requestBlob({ url, provider: 'Comfy Cloud', auth }));
    expect(everything(error)).not.toContain(KEY);
    expect(error).toMatchObject({ message: 'no [key]', context: { requestId: '[key]' } });
  });
});
