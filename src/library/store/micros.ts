import type { Instant } from '@/domain/asset';

const FRACTION = /\.(\d+)Z$/;

/** A point in time as the database keeps it: microseconds since 1970. What is finer is cut off. */
export function toMicros(instant: Instant): number {
  const fraction = FRACTION.exec(instant)?.[1] ?? '';
  const seconds = Date.parse(instant.replace(FRACTION, 'Z'));
  return seconds * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Back again, with so many digits of the second. */
export function fromMicros(micros: number, digits = 6): Instant {
  const seconds = Math.floor(micros / 1_000_000);
  const text = new Date(seconds * 1_000).toISOString().slice(0, -5);
  const fraction = String(micros - seconds * 1_000_000).padStart(6, '0');
  return digits === 0 ? `${text}Z` : `${text}.${fraction.slice(0, digits).padEnd(digits, '0')}Z`;
}

export const digitsOf = (instant: Instant): number => FRACTION.exec(instant)?.[1]?.length ?? 0;
