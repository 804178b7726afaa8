const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'blob:']);

/**
 * The only way a URL that came from a server reaches the page or a request.
 * @param base absolute URL that relative ones are resolved against
 * @returns an absolute http, https or blob URL without credentials; null for anything else
 */
export function safeUrl(raw: string, base?: string): string | null {
  const url = parse(raw, base);
  if (url === null) return null;
  if (!SAFE_PROTOCOLS.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}

function parse(raw: string, base: string | undefined): URL | null {
  try {
    return new URL(raw, base);
  } catch {
    return null; // not a URL at all
  }
}
