const BYTES: ReadonlyMap<string, number> = new Map(
  ['', 'k', 'm', 'g', 't'].flatMap((prefix, power) => [
    [`${prefix}b`, 1000 ** power],
    [prefix, 1000 ** power],
    ...(prefix === '' ? [] : ([[`${prefix}ib`, 1024 ** power]] as const)),
  ]),
);

/**
 * A size as people write it: `1.5 GB`, `800kb`, `2 GiB`, `1200`; decimal units as they are shown, comma or dot.
 * @returns whole bytes; null when it is none
 */
export function parseBytes(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = BYTES.get(unit?.toLowerCase() ?? '');
  if (amount === undefined || factor === undefined) return null;
  const bytes = Math.round(Number(amount.replace(',', '.')) * factor);
  return Number.isSafeInteger(bytes) && bytes < 1e15 ? bytes : null;
}

/** `90` seconds, `1:30`, `1:02:09`. @returns seconds; null when it is none */
export function parseDuration(text: string): number | null {
  const [, hours, minutes, seconds] =
    /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,8}(?:\.\d{1,3})?)$/.exec(text.trim()) ?? [];
  if (seconds === undefined) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
}
