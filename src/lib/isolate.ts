const BIDIRECTIONAL = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A name inside a sentence of plain text: one that runs from right to left must not reorder the words around it. */
export const isolate = (name: string): string => (BIDIRECTIONAL.test(name) ? `\u2068${name}\u2069` : name);
