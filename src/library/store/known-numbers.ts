import type { Sql } from './sql';

const MOST = 20_000;
const known = new WeakMap<Sql, Map<string, number>>();

/** The number of something that is kept once: looked for, or made, the first time it is met. */
export function numberOnce(sql: Sql, text: string, make: () => number): number {
  let numbers = known.get(sql);
  if (numbers === undefined || numbers.size >= MOST) {
    numbers = new Map();
    known.set(sql, numbers);
  }
  const before = numbers.get(text);
  if (before !== undefined) return before;
  const number = make();
  numbers.set(text, number);
  return number;
}

/** After what was made may be gone again: with a transaction that failed, or because nothing needs it any more. */
export function forgetNumbers(sql: Sql): void {
  known.delete(sql);
}
