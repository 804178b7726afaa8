const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'blob:']);

/**
 * The only way a URL that came from a server reaches the page or a request.
 * @param base absolute URL that relative ones are resolved against
 * @returns an absolute http, https or blob URL without credentials; null for anything else
 */
export function safeUrl(raw: string, base?: string): string | null {
  if (!URL.canParse(raw, base)) return null;
  const url = new URL(raw, base);
  if (!SAFE_PROTOCOLS.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}
