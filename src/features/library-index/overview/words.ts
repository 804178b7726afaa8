import { KIND_LABELS } from '@/previews/kind-icon';
import { formatCount, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { SyncSummary } from '@/library/library-index';
import type { TreemapBy, TreemapCell } from '@/library/treemap-cells';

import { sizeWords } from '../parts/size-words';

const NONE: Readonly<Record<TreemapBy, string>> = {
  tag: 'without tags',
  extension: 'without extension',
  project: 'without project',
};
const OTHERS: Readonly<Record<TreemapBy, readonly [string, string]>> = {
  tag: ['other tag', 'other tags'],
  extension: ['other extension', 'other extensions'],
  project: ['other project', 'other projects'],
};

/** What a cell of the treemap holds, within its kind: safe to show. */
export function cellText(
  cell: TreemapCell,
  by: TreemapBy,
  projectNames: ReadonlyMap<string, string>,
): string {
  if (cell.others > 0) return formatCount(cell.others, ...OTHERS[by]);
  if (cell.value === null) return NONE[by];
  if (by === 'extension') return `.${shownName(cell.value)}`;
  return shownName(by === 'project' ? (projectNames.get(cell.value) ?? cell.value) : cell.value);
}

/** The same with its kind and its totals. */
export const cellTitle = (
  cell: TreemapCell,
  by: TreemapBy,
  projectNames: ReadonlyMap<string, string>,
): string => `${KIND_LABELS[cell.kind]}, ${cellText(cell, by, projectNames)}: ${sizeWords(cell)}`;

/** What a sync found, as the end of a sentence. */
export function changesText({ added, changed, gone }: SyncSummary): string {
  if (added + changed + gone === 0) return 'nothing changed';
  return `${formatNumber(added)} new, ${formatNumber(changed)} changed, ${formatNumber(gone)} gone`;
}

const month = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `Mar 2026` of `2026-03`; a year stays one. */
export const periodText = (key: string): string =>
  /^\d{4}-\d{2}$/.test(key) ? month.format(new Date(`${key}-01T00:00:00Z`)) : key;
