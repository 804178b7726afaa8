import type { LibraryFilters } from '@/domain/library-query';

/** The index of `assets` that a search begins with. */
export interface Driver {
  readonly index: string;
  /** Whether it leads to what matches alone; otherwise all of it is read. */
  readonly isSelective: boolean;
}

const from = (index: string, isSelective = true): Driver => ({ index, isSelective });

/**
 * SQLite would have to guess which filter leaves least; here it is known what each is like.
 * @param inCells share of the assets that are in cells that match, 0 to 1
 * @returns null where SQLite sees best by itself
 */
export function driverFor({ index, text, metadata }: LibraryFilters, inCells: number): Driver | null {
  if (index.contentHash !== null) return from('assets_by_hash');
  if (index.jobId !== null) return from('assets_by_job');
  if (index.leftover === 'preview-in-use') return null;
  if (inCells < 0.05) return from('assets_by_cell');
  if (metadata.some(({ value }) => value !== 'null')) return from('assets_by_metadata');
  if (isIn(index.duration)) return from('assets_by_duration');
  if (index.leftover === 'zero-bytes' || index.leftover === 'unknown-size') return from('assets_by_size');
  if (isIn(index.lastUsed)) return from('assets_by_used');
  if (isIn(index.updated)) return from('assets_by_updated');
  if (isIn(index.size)) return from('assets_by_size');
  if (isIn(index.created)) return from('assets_by_created');
  if (index.unusedDays !== null) return from('assets_by_idle');
  return text.trim() === '' ? from('assets_by_cell') : from('assets_by_name', false);
}

const isIn = ({ from: low, to: high }: { readonly from: unknown; readonly to: unknown }): boolean =>
  low !== null || high !== null;
