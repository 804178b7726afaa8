import type { Connection } from '@/domain/connection';

/** How a connection's address lies towards the page that asks. */
export const isSameOrigin = (connection: Connection, pageUrl: string): boolean =>
  new URL(connection.baseUrl).origin === new URL(pageUrl).origin;

/** This very computer: browsers trust it like https. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

/** An address of the local network, as it can be told from the address alone. */
export function isPrivate(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2,3}$/.test(hostname) ||
    /^\[f[cde]/.test(hostname) ||
    hostname.endsWith('.local')
  );
}

/** An https page that asks an http address. */
export const isMixedContent = (connection: Connection, pageUrl: string): boolean =>
  pageUrl.startsWith('https:') && connection.baseUrl.startsWith('http:') && !isLoopback(connection.baseUrl);

/** A page from the internet that asks this computer or its network: Chrome asks the person first. */
export const needsLocalNetworkAccess = (connection: Connection, pageUrl: string): boolean =>
  (isLoopback(connection.baseUrl) || isPrivate(connection.baseUrl)) &&
  !isLoopback(pageUrl) &&
  !isPrivate(pageUrl);
