import type { Preview } from '@/domain/asset';
import { safeUrl } from '@/lib/safe-url';
import { extensionOf } from '../media-kind';
import { signedUrlExpiry } from '../signed-url';
import type { ComfyFlavour } from './flavour';

/** Stands for "the server itself" while a path is made sense of; no such host can exist. */
const SERVER_ITSELF = 'http://server.invalid';

/** Reads `preview_url` in any of its forms; null when there is none or it must not be followed. */
export function comfyPreview(
  raw: string | null,
  isImage: boolean,
  baseUrl: string,
  flavour: ComfyFlavour,
): Preview | null {
  if (raw === null || raw.trim() === '') return null;
  // What nearly every row has needs no taking apart.
  if (raw.startsWith('/api/view?')) return ownPreview(`${baseUrl}${raw}`, isImage);
  const safe = safeUrl(raw.trim(), SERVER_ITSELF);
  if (safe === null) return null;
  const url = new URL(safe);
  const path = pathAtServer(url, new URL(baseUrl), flavour.homeHost);
  if (path !== null) {
    return ownPreview(`${baseUrl}${path}${url.search}`, isImage);
  }
  if (url.protocol === 'blob:') return null;
  return { url: safe, access: 'open', isImage, expiresAt: signedUrlExpiry(safe) };
}

function ownPreview(raw: string, isImage: boolean): Preview | null {
  const url = safeUrl(raw);
  return url === null ? null : { url, access: 'connection', isImage, expiresAt: null };
}

/** The provider's own path when the connection serves it, to be appended to the base URL; null when it is elsewhere. */
function pathAtServer(url: URL, base: URL, homeHost: string | null): string | null {
  if (url.origin === SERVER_ITSELF) return withApi(url.pathname);
  if (url.host === base.host) {
    const folder = base.pathname.replace(/\/$/, '');
    const path = url.pathname.startsWith(`${folder}/`) ? url.pathname.slice(folder.length) : url.pathname;
    // Anything else on that host is not this provider's.
    return isApiPath(withApi(path)) ? withApi(path) : null;
  }
  return url.host === homeHost && isApiPath(withApi(url.pathname)) ? withApi(url.pathname) : null;
}

/** `preview_url` names its routes with or without the `/api` that they are served under. */
const withApi = (path: string): string => (/^\/(assets|view|s)(\/|$)/.test(path) ? `/api${path}` : path);
const isApiPath = (path: string): boolean => path.startsWith('/api/');

/** The same picture, made small by the server where it can. */
export function thumbnailUrl(href: string, mimeType: string | null, flavour: ComfyFlavour): string {
  const url = new URL(href);
  if (!url.pathname.endsWith('/api/view')) return href;
  const extension =
    extensionOf(url.searchParams.get('filename') ?? '') || (mimeType?.match(/^image\/(\w+)$/)?.[1] ?? '');
  if (!flavour.thumbnailExtensions.has(extension)) return href;
  url.search += `&${flavour.thumbnailQuery}`;
  return url.href;
}
