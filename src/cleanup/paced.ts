export interface Paced {
  /** At once when it was quiet for long enough, else when it was. */
  soon(): void;
  now(): void;
}

/** A call that is made at most once in so many milliseconds, however often it is asked for; the last one always comes. */
export function paced(milliseconds: number, call: () => void): Paced {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function now() {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    call();
  }

  return {
    now,
    soon() {
      const rest = last + milliseconds - performance.now();
      // Timers of tabs in the background come late, up to a minute.
      if (rest <= 0) now();
      else timer ??= setTimeout(now, rest);
    },
  };
}
