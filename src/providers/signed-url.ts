import type { Instant } from '@/domain/asset';

/** When a signed storage URL (Amazon or Google style) stops working; null when it does not say. */
export function signedUrlExpiry(href: string): Instant | null {
  const query = new Map(
    Array.from(new URL(href).searchParams, ([name, value]) => [name.toLowerCase(), value]),
  );
  for (const vendor of ['x-amz', 'x-goog']) {
    const start = compactTime(query.get(`${vendor}-date`));
    const seconds = wholeNumber(query.get(`${vendor}-expires`));
    if (start !== null && seconds !== null) return toInstant(start + seconds * 1000);
  }
  const expires = wholeNumber(query.get('expires'));
  return expires === null ? null : toInstant(expires * 1000);
}

/** `20260312T101500Z`, the time format of signatures. */
function compactTime(text: string | undefined): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? '');
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
}

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null;

function toInstant(time: number): Instant | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
