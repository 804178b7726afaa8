import { NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';

/** Providers split lists of tags at commas and cut blanks off: such a tag only the index can look for. */
const INDEX_ONLY = /,|^\s|\s$/;

/** The table's filters for everything that has a tag. */
export const filtersForTag = (tag: string): Partial<LibraryFilters> => ({
  includeTags: [tag],
  ...(INDEX_ONLY.test(tag) && { index: { ...NO_INDEX_FILTERS, hasTags: true } }),
});
