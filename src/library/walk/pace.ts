/** Rows that came in the last seconds, and what that makes of the rest. */
export interface Pace {
  readonly count: (rows: number) => void;
  /** Null at the beginning. */
  readonly perSecond: () => number | null;
}

const WINDOW_MS = 15_000;
const LEAST_MS = 1_000;

export function createPace(now: () => number = Date.now): Pace {
  const began = now();
  let counted: readonly { readonly at: number; readonly rows: number }[] = [];
  return {
    count(rows) {
      const at = now();
      counted = [...counted.filter((each) => at - each.at < WINDOW_MS), { at, rows }];
    },
    perSecond() {
      const at = now();
      const recent = counted.filter((each) => at - each.at < WINDOW_MS);
      const milliseconds = Math.min(WINDOW_MS, at - began);
      if (milliseconds < LEAST_MS) return null;
      const rows = recent.reduce((sum, each) => sum + each.rows, 0);
      return rows === 0 ? null : (rows * 1_000) / milliseconds;
    },
  };
}
