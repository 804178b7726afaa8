import { LOOPBACK_SOURCES } from '../lib/connect-sources.ts';

/*
 * What the page may load: its own scripts and styles, nothing inline, and no text as code. Pictures may come from any
 * host: previews are signed addresses at storage hosts that only the provider knows. They carry no key and no script.
 */
const policy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    // The database of the library index is WebAssembly; text is still no code.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: https: http:",
    "media-src 'self' blob: https: http:",
    `connect-src 'self' ${connect.join(' ')}`,
    "worker-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    // Each vouches for the address of one worker: src/demo/demo-worker.ts and src/library/open-worker.ts.
    'trusted-types winnow-demo winnow-library',
  ].join('; ');

/**
 * What the page itself carries, so that it holds on any host. config.json may name other servers without a rebuild:
 * the page narrows `connect-src` to those before it does anything else (src/app/limit-requests.ts).
 */
export const PAGE_POLICY = policy(['https:', 'http:']);

/**
 * Headers of every file of the site.
 * @param connect where else, besides its own origin and this machine, the page may send requests to
 */
export const securityHeaders = (connect: readonly string[] = []): Readonly<Record<string, string>> => ({
  // A meta element cannot forbid framing.
  'content-security-policy': `${policy([...LOOPBACK_SOURCES, ...connect])}; frame-ancestors 'none'`,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
});
