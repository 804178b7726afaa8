/** Nobody waits longer for an answer; a provider that asks for more is asked again after this. */
const LONGEST_MS = 3_600_000;

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads `Retry-After`, given in seconds or as an HTTP date, as milliseconds to wait.
 * @param serverNow the answer's own `Date`, since this computer's clock may be wrong; null when unknown
 * @returns null for anything unreadable and for dates that have passed
 */
export function parseRetryAfter(
  header: string | null,
  serverNow: string | null,
  now = Date.now(),
): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), LONGEST_MS);
  const until = parseHttpDate(value);
  if (until === null) return null;
  const waitMs = until - (parseHttpDate(serverNow?.trim() ?? '') ?? now);
  return waitMs > 0 ? Math.min(waitMs, LONGEST_MS) : null;
}

function parseHttpDate(value: string): number | null {
  // `Date.parse` alone would read "try 2099" as a year.
  if (!HTTP_DATE.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
