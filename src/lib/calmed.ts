export interface Calm {
  /** After a quiet time that is shortest. */
  readonly firstGapMs: number;
  /** While it is asked for without end, a call comes at least so often. */
  readonly longestGapMs: number;
  /** When nobody has asked for so long, nobody will for now. */
  readonly quietMs: number;
}

/**
 * Makes a call at once when it was quiet before, then ever less often the longer it is asked for, and soon after it was
 * asked for last.
 */
export function calmed({ firstGapMs, longestGapMs, quietMs }: Calm, call: () => void): () => void {
  let last = -Infinity;
  let gap = firstGapMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run() {
    last = performance.now();
    call();
  }

  return () => {
    clearTimeout(timer);
    const now = performance.now();
    if (now - last >= longestGapMs) {
      gap = firstGapMs;
      run();
      return;
    }
    timer = setTimeout(
      () => {
        gap = Math.min(2 * gap, longestGapMs);
        run();
      },
      Math.max(0, Math.min(quietMs, last + gap - now)),
    );
  };
}
