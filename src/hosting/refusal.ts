import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** A request the server answers itself, in the error shape the providers use. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, code: string, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Answers with the refusal as JSON. */
export function sendRefusal(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  // Tells the page that this is not the provider's word: a 404 of ours proves nothing about an asset.
  response.setHeader('X-Winnow-Refusal', code);
  const body = JSON.stringify({ code, message });
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
