import { readFileSync } from 'node:fs';
import { HttpResponse, http } from 'msw';
import type { RequestHandler } from 'msw';

/** One exchange as it was seen on the wire of a real server. */
interface Exchange {
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const FOLDER = new URL('comfyui-0.33/', import.meta.url);

/** Reads a recorded exchange by its file name without `.json`. */
export const recorded = (name: string): Exchange =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Exchange;

/** Answers method and path as a recorded exchange did, whatever the query. */
export function replay(baseUrl: string, { request, response }: Exchange): RequestHandler {
  const path = `${baseUrl}${request.path.split('?')[0] ?? ''}`;
  return http.all(path, ({ request: { method } }) => {
    if (method !== request.method) return undefined;
    const body = response.body === null ? null : JSON.stringify(response.body);
    return new HttpResponse(body, { status: response.status, headers: response.headers });
  });
}
