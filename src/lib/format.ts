const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

// Formatters are made once, since making one costs more than a hundred uses, and at the first use: the very first one
// loads the browser's language data, which the page's first request need not wait for.
const integer = once(() => new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 }));
const oneDigit = once(() => new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }));
const day = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }));
const exact = once(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'long' }));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** @param bytes whole bytes, decimal units as providers bill them: 1 kB = 1000 B */
export function formatBytes(bytes: number): string {
  let exponent = 0;
  let value = bytes;
  // 999.5 would be rounded to 1,000, which is one of the next unit.
  while (value >= 999.5 && exponent < UNITS.length - 1) {
    value /= 1000;
    exponent += 1;
  }
  const whole = exponent === 0 || value >= 100;
  return `${(whole ? integer() : oneDigit()).format(value)} ${UNITS[exponent] ?? 'B'}`;
}

/** A size that nobody can promise: `up to 4.2 GB`; nothing is nothing, `0 bytes`. */
export const formatUpTo = (bytes: number): string =>
  bytes === 0 ? formatCount(0, 'byte') : `up to ${formatBytes(bytes)}`;

export const formatNumber = (value: number): string => integer().format(value);

/** `1 asset`, `1,204 assets`. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(count)} ${count === 1 ? singular : plural}`;

/** @param instant ISO 8601 with zone @returns the local day, e.g. `12 Mar 2026` */
export const formatDay = (instant: string): string => day().format(new Date(instant));

/** @param instant ISO 8601 with zone @returns local date, time and zone */
export const formatExact = (instant: string): string => exact().format(new Date(instant));

// English in every locale: these words stand amid English ones, as in "Updated 5 seconds ago".
const relative = once(() => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }));
const STEPS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `3 months ago`, `in 2 minutes`, `now`. */
export function formatRelative(instant: string, now: number): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), unit);
  }
  return relative().format(0, 'second');
}

/** `1:02:09`, `4:07`. */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.round(totalSeconds);
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
