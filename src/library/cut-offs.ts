const DECADES = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11];
const IN_DECADE = [1, 1.5, 2, 3, 5, 7];

/** Bytes at which the plot of sizes is divided, and a cut-off can be set: round numbers in near equal steps of magnitude. */
export const SIZE_STOPS: readonly number[] = [
  0,
  ...DECADES.flatMap((decade) => IN_DECADE.map((step) => step * decade)),
  1e12,
];

/** Days without use at which the plot is divided, and a cut-off can be set. */
export const DAY_STOPS: readonly number[] = [
  ...[0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 150, 180, 240, 300, 365],
  ...[548, 730, 1_095, 1_460, 1_825, 2_555, 3_650],
];

/** Where a value falls: the last stop that it reaches. What is below the first counts with it. */
export function stopOf(stops: readonly number[], value: number): number {
  const above = stops.findIndex((stop) => stop > value);
  return Math.max(0, (above < 0 ? stops.length : above) - 1);
}
