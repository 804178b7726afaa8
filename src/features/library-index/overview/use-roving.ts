import { useState, type KeyboardEvent } from 'react';

type Step = (now: number, last: number) => number;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['ArrowRight', (now) => now + 1],
  ['ArrowDown', (now) => now + 1],
  ['ArrowLeft', (now) => now - 1],
  ['ArrowUp', (now) => now - 1],
  ['Home', () => 0],
  ['End', (_now, last) => last],
]);

/** Many links in a row that take one stop of the Tab key: arrows go from one to the next. */
export function useRoving(count: number) {
  const [chosen, setChosen] = useState(0);
  const last = Math.max(0, count - 1);
  const current = Math.min(chosen, last);
  return {
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEPS.get(event.key);
      if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      const next = Math.min(last, Math.max(0, step(current, last)));
      setChosen(next);
      event.currentTarget.querySelectorAll<SVGElement>('a')[next]?.focus();
    },
    itemProps: (index: number) => ({
      tabIndex: index === current ? 0 : -1,
      onFocus: () => setChosen(index),
    }),
  };
}
