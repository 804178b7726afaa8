/** Months count from January of the year 0, in UTC. */
export const monthIndex = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

/** `2026-03` */
export const monthAt = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;

/** @returns ms since 1970 */
export const monthStart = (index: number): number =>
  // Date.UTC takes years below 100 for those of the 20th century.
  new Date(0).setUTCFullYear(Math.floor(index / 12), index % 12, 1);

/** @param at ms since 1970 */
export function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
