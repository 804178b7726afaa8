/* What the screen needs once the index answers it, in one file to be loaded on demand. */
export { FilterPanel } from '@/features/library-index/filters/filter-panel';
export { IndexLabel } from '@/features/library-index/filters/index-label';
export { IndexPlace } from '@/features/library-index/filters/index-place';
export { IndexNews } from '@/features/library-index/parts/index-news';
export { readableWhere, whereFilters } from '@/features/library-index/filters/where-filters';
export { collectIndexed } from '@/features/select-all/collect-indexed';
export { libraryQueries, questionTime, watchLibrary } from '@/queries/library-queries';
export { toLibraryFilters } from '@/search/where';
