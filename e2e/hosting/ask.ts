import http from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** One request with exactly these headers: `fetch` adds some of its own. */
export function ask(url: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode = 0, headers: received } = response;
      text(response).then((body) => resolve({ status: statusCode, headers: received, body }), reject);
    });
    request.end();
  });
}
