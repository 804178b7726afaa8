import { safeUrl } from '@/lib/safe-url';

/** What an id may look like: it stands in URLs and in names of storage. */
export const CONNECTION_ID = /^[\w.-]{1,64}$/;

export const BASE_URL_RULE = 'an http or https address without a password';

/**
 * The address that a provider's own paths are appended to: whatever stands behind the path is dropped, so that no
 * query can smuggle a key into every request.
 * @param pageUrl absolute; a relative address is resolved against it
 * @returns absolute and without a trailing slash; null when it is not `BASE_URL_RULE`
 */
export function readBaseUrl(raw: string, pageUrl: string): string | null {
  const url = safeUrl(raw, pageUrl);
  if (url === null || url.startsWith('blob:')) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
