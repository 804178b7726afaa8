import type { Connection } from '@/domain/connection';
import type { RequestScope } from '../provider';
import type { BetterAddress } from './diagnosis';
import { answersAtAll, isApiAt } from './probe';
import { isLoopback, isPrivate, isSameOrigin } from './where';

/** Looks where the API probably is instead: on the same host, or behind this site's own proxy; nowhere else. */
export async function findBetterAddress(
  connection: Connection,
  pageUrl: string,
  scope: RequestScope,
): Promise<BetterAddress | null> {
  const candidates = likelyAddresses(connection, pageUrl);
  for (const baseUrl of candidates) {
    if (await isApiAt(connection.kind, baseUrl, scope)) return { baseUrl, seen: true };
  }
  const trimmed = withoutApiPath(connection.baseUrl);
  return trimmed === connection.baseUrl ? null : { baseUrl: trimmed, seen: false };
}

/** The same host with http for https, or with ComfyUI's own port, if something answers there. */
export async function findListener(
  { kind, baseUrl }: Connection,
  pageUrl: string,
  scope: RequestScope,
): Promise<BetterAddress | null> {
  if (kind !== 'comfyui' || !(isLoopback(baseUrl) || isPrivate(baseUrl))) return null;
  for (const candidate of nearbyAddresses(baseUrl)) {
    if (pageUrl.startsWith('https:') && candidate.startsWith('http:') && !isLoopback(candidate)) continue;
    if (await answersAtAll(kind, candidate, scope)) return { baseUrl: candidate, seen: false };
  }
  return null;
}

/** @returns candidates, the likeliest first, without the address itself */
function likelyAddresses(connection: Connection, pageUrl: string): readonly string[] {
  const { baseUrl, kind } = connection;
  const candidates = [withoutApiPath(baseUrl), new URL(baseUrl).origin];
  if (isSameOrigin(connection, pageUrl)) candidates.unshift(new URL(`proxy/${kind}`, pageUrl).href);
  return [...new Set(candidates)].filter((candidate) => candidate !== baseUrl);
}

/** People copy the address of a call, or of the documentation: the client appends `/api` or `/v1` itself. */
const withoutApiPath = (baseUrl: string): string =>
  baseUrl.replace(/(?:\/index\.html|\/(?:api|v1)(?:\/.*)?)$/, '');

function nearbyAddresses(baseUrl: string): string[] {
  const plain = new URL(baseUrl);
  plain.protocol = 'http:';
  const usual = new URL(plain);
  usual.port = '8188';
  return [plain, usual].map(({ href }) => href.replace(/\/+$/, '')).filter((href) => href !== baseUrl);
}
