import type { SetupServer } from 'msw/node';

/** A request as the server got it. */
interface SentRequest {
  readonly method: string;
  /** Path and query, character by character. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Fills a list with every request from now on; empty it between tests. */
export function sentRequests(server: SetupServer): SentRequest[] {
  const sent: SentRequest[] = [];
  server.events.on('request:start', async ({ request }) => {
    const { origin } = new URL(request.url);
    const body = await request.clone().text();
    sent.push({
      method: request.method,
      target: request.url.slice(origin.length),
      headers: Object.fromEntries(request.headers),
      body,
    });
  });
  return sent;
}
