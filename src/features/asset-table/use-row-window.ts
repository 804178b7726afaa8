import { useEffect, useState, type FocusEvent, type UIEvent } from 'react';

import { rowIndexOf } from './row-keys';

/** Up to here all rows stand in the document; beyond it only those in view. */
const MAX_WHOLE = 100;
/** Rows drawn before and after those in view, so that scrolling finds them there. */
const OVERSCAN = 8;
/** The window moves in steps: not every pixel is news. */
const STEP_PX = 160;

/**
 * Which rows stand in the document, as runs of places `[from, end)`: all of a short page, of a long one those in view
 * and the one that has the focus. All rows are equally high, so that nothing has to be measured.
 */
export function useRowWindow(count: number, rowHeight: number) {
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState<number | null>(null);
  const [height, setHeight] = useState(() => window.innerHeight);
  useEffect(() => {
    const resize = () => setHeight(window.innerHeight);
    window.addEventListener('resize', resize);
    return () => window.removeEventListener('resize', resize);
  }, []);

  return {
    runs: count <= MAX_WHOLE ? [[0, count] as const] : runsOf({ count, rowHeight, top, height, focused }),
    handlers: {
      onScroll: ({ currentTarget }: UIEvent) =>
        setTop(Math.floor(currentTarget.scrollTop / STEP_PX) * STEP_PX),
      onFocus: ({ target }: FocusEvent) => {
        if (count > MAX_WHOLE) setFocused(rowIndexOf(target));
      },
      onBlur: () => setFocused(null),
    },
  };
}

interface View {
  readonly count: number;
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
  readonly focused: number | null;
}

type Run = readonly [from: number, end: number];

export function runsOf({ count, rowHeight, top, height, focused }: View): readonly Run[] {
  const last = Math.max(0, count - 1);
  const first = Math.min(last, Math.max(0, Math.floor(top / rowHeight) - OVERSCAN));
  const end = Math.min(count, Math.ceil((top + STEP_PX + height) / rowHeight) + OVERSCAN);
  if (focused === null || focused >= count || (focused >= first && focused < end)) return [[first, end]];
  const alone: Run = [focused, focused + 1];
  return focused < first ? [alone, [first, end]] : [[first, end], alone];
}
