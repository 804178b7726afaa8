import type { LibraryIndex } from '@/library/library-index';

/** The indexes that this page has open, by connection. Known apart from what opens them, which is loaded only then. */
export const openIndexes = new Map<string, LibraryIndex>();

/** Ends them without a word: what they were doing can go on at the next visit. */
export function closeIndexes(): void {
  for (const index of openIndexes.values()) index.close();
  openIndexes.clear();
}
