import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

import { focusRow, rowIndexOf } from './row-keys';

/**
 * Keeps the focus where it was when what has it goes away, be it a tag's button or a whole row: it moves to the name
 * in the row that stands in that place now. Rows are reused, so an element that is still there may have become part
 * of another asset's row, somewhere else.
 */
export function useKeptFocus(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly string[],
  rowHeight: number,
) {
  const held = useRef<{ readonly index: number; readonly id: string | undefined } | null>(null);

  // After every drawing: React takes elements away without a blur event, so there is nothing else to go by.
  useLayoutEffect(() => {
    if (held.current === null || ids.length === 0 || scroller.current === null) return;
    const index = rowIndexOf(document.activeElement);
    if (index === null ? document.activeElement !== document.body : ids[index] === held.current.id) return;
    focusRow(scroller.current, Math.min(held.current.index, ids.length - 1), rowHeight);
  });

  return {
    onFocus: ({ target }: FocusEvent) => {
      const index = rowIndexOf(target);
      held.current = index === null ? null : { index, id: ids[index] };
    },
    onBlur: () => {
      held.current = null;
    },
  };
}
