import type { Instant } from '@/domain/asset';

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** What nearly every row has: complete, and in UTC or without a zone. */
const PLAIN = /^\d{4}-\d{2}-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z?)$/;

/** Reads an ISO 8601 time; one without a zone is UTC. The fraction keeps every digit; null when unreadable. */
export function parseInstant(text: string): Instant | null {
  const [plain, day, zulu] = PLAIN.exec(text) ?? [];
  if (plain !== undefined) {
    const utc = zulu === 'Z' ? plain : `${plain}Z`;
    // A 31st of February would quietly become a day in March; an hour that does not exist has no date at all.
    return new Date(utc).getUTCDate() === Number(day) && plain.slice(11, 13) < '24' ? utc : null;
  }
  const [, date, minutes, seconds = ':00', fraction = '', zone = 'Z'] = ISO.exec(text.trim()) ?? [];
  if (date === undefined || minutes === undefined) return null;
  const local = `${date}T${minutes}${seconds}`;
  const asUtc = Date.parse(`${local}Z`);
  // A 31st of February would quietly become a day in March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(local)) return null;
  const utc = new Date(asUtc - offsetMs(zone)).toISOString();
  // An offset at the very end of the calendar leaves the four-digit years.
  return /^\d{4}-/.test(utc) ? `${utc.slice(0, 19)}${fraction}Z` : null;
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
