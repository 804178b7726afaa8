import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createProxy, type ProxyOptions } from './proxy.ts';
import { readUpstreams } from './upstreams.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Listens on a free loopback port until the test is over, and returns the port. */
export async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return (address satisfies AddressInfo).port;
}

/** An upstream that keeps what it was sent; it answers `{}` unless told otherwise. */
export async function startUpstream(
  answer: http.RequestListener = (_request, response) => response.end('{}'),
): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const receive = (body: string): void => {
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body });
      answer(request, response);
    };
    // A request that was broken off has not been received.
    text(request).then(receive, () => undefined);
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, received };
}

/** A server with nothing but the proxy, all three upstreams at one address; returns its port. */
export async function startProxy(upstreamUrl: string, options: Partial<ProxyOptions> = {}): Promise<number> {
  const upstreams = readUpstreams({
    COMFY_CLOUD_URL: upstreamUrl,
    COMFYUI_URL: upstreamUrl,
    ROUGHY_URL: upstreamUrl,
  });
  const proxy = createProxy({ upstreams, ...options });
  return listen(
    http.createServer((request, response) => {
      if (!proxy(request, response)) response.end('not for the proxy');
    }),
  );
}

/** One request with exactly these headers on a connection of its own. */
export function ask(
  port: number,
  path: string,
  options: { method?: string; headers?: http.OutgoingHttpHeaders; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      text(response).then(
        (received) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
        reject,
      );
    });
    request.end(body);
  });
}

/** Sends bytes as they are and returns everything that comes back. */
export async function askRaw(port: number, bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

/** Sends bytes as they are, keeps its own end open, and returns everything that came until the server ended it. */
export function exchangeRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk));
    // A server that ends while bytes are still on their way resets; what it said before counts.
    socket.on('error', () => undefined).on('close', () => resolve(received));
  });
}

/** A promise and the function that fulfils it. */
export function signal<T = void>(): { readonly promise: Promise<T>; readonly fire: (value: T) => void } {
  let fire: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    fire = resolve;
  });
  return { promise, fire };
}
