import { shownName } from './reveal';

const BIDIRECTIONAL = /[\u0590-\u08FF\u200E\u200F\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A name inside a sentence of plain text: one that runs from right to left must not reorder the words around it. */
export function isolate(name: string): string {
  const shown = shownName(name);
  return BIDIRECTIONAL.test(shown) ? `\u2068${shown}\u2069` : shown;
}
