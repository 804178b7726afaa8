import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  PageDown: (index, last) => Math.min(index + 10, last),
  PageUp: (index) => Math.max(index - 10, 0),
  Home: () => 0,
  End: (_index, last) => last,
};

/**
 * Arrow keys, Page Up/Down, Home and End move the focus to the same control of another row.
 * Rows that are not in the document yet are scrolled to first.
 */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>, count: number, rowHeight: number): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.altKey) return;
  const step = STEPS[key];
  const row = target.closest<HTMLElement>('[data-row]');
  const control = target.dataset['rowControl'];
  if (step === undefined || row === null || control === undefined) return;
  event.preventDefault();
  focusRow(currentTarget, step(Number(row.dataset['row']), count - 1), rowHeight, control);
}

/** `m` on any control of a row; never while text is being typed, or a choice from a list. */
export function asksToMark(event: KeyboardEvent<HTMLElement>): boolean {
  const { key, target } = event;
  // In capitals when Caps Lock is on.
  if (key.toLowerCase() !== 'm' || event.repeat || event.nativeEvent.isComposing) return false;
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return false;
  return target instanceof HTMLElement && !target.isContentEditable && !target.matches(TYPED_IN);
}

const TYPED_IN = 'input:not([type=checkbox]), select, textarea';

/** Place on this page of the row that something is in; null outside of rows. */
export function rowIndexOf(element: EventTarget | null): number | null {
  const row = element instanceof Element ? element.closest<HTMLElement>('[data-row]') : null;
  return row ? Number(row.dataset['row']) : null;
}

/** @param scroller the element that scrolls and holds the table */
export function focusRow(scroller: HTMLElement, index: number, rowHeight: number, control = 'name'): void {
  const find = () => {
    const row = scroller.querySelector(`[data-row="${index}"]`);
    const wanted = row?.querySelector<HTMLElement>(`[data-row-control="${control}"]:not(:disabled)`);
    return wanted ?? row?.querySelector<HTMLElement>('[data-row-control]:not(:disabled)');
  };
  const found = find();
  if (found) {
    latest += 1;
    found.focus();
    return;
  }
  scroller.scrollTop = Math.max(0, index * rowHeight - scroller.clientHeight / 2);
  // The rows follow the scroll position some frames later: two on a quick machine, more on a slow one.
  const asked = (latest += 1);
  const look = (frames: number) => {
    requestAnimationFrame(() => {
      if (asked !== latest) return;
      const row = find();
      if (row) row.focus();
      else if (frames > 0) look(frames - 1);
    });
  };
  look(MOST_FRAMES);
}

/** About a second: a row that is not there by then is not coming. */
const MOST_FRAMES = 60;
/** Only the last row that was asked for takes the focus. */
let latest = 0;
