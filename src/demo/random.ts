/** Repeatable chance: the same seed gives the same sequence in every browser and on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  unit(): number;
  /** Both ends included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick from */
  pick<T>(items: readonly T[]): T;
  hex(digits: number): string;
}

/** mulberry32: integer arithmetic only, since `Math.sin` and friends may differ between engines. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (min: number, max: number) => min + Math.floor(unit() * (max - min + 1));
  return {
    unit,
    integer,
    chance: (probability) => unit() < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += integer(0, 0xffff_ffff).toString(16).padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}

/** FNV-1a: turns an id into a seed. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

export function uuidV4(random: Random): string {
  const variant = random.integer(8, 11).toString(16);
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
}

/** Sorts by time, as Roughy's ids do. */
export function uuidV7(random: Random, epochMs: number): string {
  const time = epochMs.toString(16).padStart(12, '0');
  const variant = random.integer(8, 11).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
}
