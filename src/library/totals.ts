/** How many assets, and the bytes of those whose size is known. */
export interface Totals {
  readonly count: number;
  readonly bytes: number;
  readonly unknownSizes: number;
}

export const NOTHING: Totals = { count: 0, bytes: 0, unknownSizes: 0 };

export const plus = (a: Totals, b: Totals): Totals => ({
  count: a.count + b.count,
  bytes: a.bytes + b.bytes,
  unknownSizes: a.unknownSizes + b.unknownSizes,
});

/** @param b some of those in `a` */
export const minus = (a: Totals, b: Totals): Totals => ({
  count: a.count - b.count,
  bytes: a.bytes - b.bytes,
  unknownSizes: a.unknownSizes - b.unknownSizes,
});

/** Totals by value, in the order in which the values were first met. */
export class Tally<Value> {
  readonly #totals = new Map<Value, Totals>();

  add(value: Value, totals: Totals): void {
    this.#totals.set(value, plus(this.of(value), totals));
  }

  of(value: Value): Totals {
    return this.#totals.get(value) ?? NOTHING;
  }

  entries(): readonly (readonly [Value, Totals])[] {
    return [...this.#totals];
  }

  /** Of everything that was added. */
  all(): Totals {
    return [...this.#totals.values()].reduce(plus, NOTHING);
  }
}
