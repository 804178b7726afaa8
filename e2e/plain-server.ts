import http from 'node:http';
import { text } from 'node:stream/consumers';

/** One request, as its bytes arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  readonly headers: Readonly<http.IncomingHttpHeaders>;
  readonly body: string;
}

export type Answer = (request: Received, response: http.ServerResponse) => void;

export interface PlainServer {
  readonly url: string;
  /** `127.0.0.1:<port>`, as it stands in a Host header. */
  readonly host: string;
  readonly received: readonly Received[];
  readonly close: () => void;
}

/** An HTTP server on a free loopback port that keeps what it was sent. */
export async function startPlainServer(answer: Answer): Promise<PlainServer> {
  const received: Received[] = [];
  const server = http.createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const [path = ''] = url.split('?', 1);
    const receive = (body: string): void => {
      const request = { method, path, query: url.slice(path.length), headers, body };
      received.push(request);
      answer(request, response);
    };
    // A request that was broken off has not been received.
    text(incoming).then(receive, () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  const host = `127.0.0.1:${address.port}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}`, host, received, close };
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture of one pixel. */
export const sendPng = (response: http.ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length }).end(PNG);
};

export const sendNotFound = (response: http.ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found');
};
