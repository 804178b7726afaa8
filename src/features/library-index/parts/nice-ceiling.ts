/** The next 1, 2 or 5 with zeros that a value does not exceed: the end of an axis. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 0;
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * decade).find((step) => step >= value) ?? 10 * decade;
}
