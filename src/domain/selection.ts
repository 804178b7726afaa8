import { isAsset, type Asset, type AssetRow } from './asset';
import type { SeenAsset } from './plan';

/** Ticked assets by id, as they were last seen. Kept when the page or the filter changes. */
export type Selection = ReadonlyMap<string, SeenAsset>;

export const EMPTY_SELECTION: Selection = new Map();

/** Protected assets cannot be ticked: nothing that a selection leads to may be done to them. */
export const isSelectable = (row: AssetRow): row is Asset => isAsset(row) && row.protection === null;

export function select(selection: Selection, rows: readonly AssetRow[], selected: boolean): Selection {
  const next = new Map(selection);
  for (const row of rows) {
    if (!isAsset(row)) continue;
    if (!selected) next.delete(row.id);
    else if (isSelectable(row)) next.set(row.id, row);
  }
  return next;
}

/** Ticks all of these but the protected ones: rows of other pages, which nobody has looked at one by one. */
export function selectAll(selection: Selection, assets: readonly SeenAsset[]): Selection {
  const next = new Map(selection);
  for (const asset of assets) if (asset.protection === null) next.set(asset.id, asset);
  return next;
}

/** Ticks or unticks from one row to another, both included, in whichever order they stand. */
export function selectRange(
  selection: Selection,
  rows: readonly AssetRow[],
  from: number,
  to: number,
  selected: boolean,
): Selection {
  return select(selection, rows.slice(Math.min(from, to), Math.max(from, to) + 1), selected);
}

/** What the header's box shows for the rows of this page. */
export function pageSelection(selection: Selection, rows: readonly AssetRow[]): 'none' | 'some' | 'all' {
  const selectable = rows.filter(isSelectable);
  const ticked = selectable.filter((asset) => selection.has(asset.id)).length;
  if (ticked === 0) return 'none';
  return ticked === selectable.length ? 'all' : 'some';
}

/** How many ticked assets are not among these rows. */
export function countOutside(selection: Selection, rows: readonly AssetRow[]): number {
  const shown = rows.filter((row) => isAsset(row) && selection.has(row.id)).length;
  return selection.size - shown;
}

export function withoutIds(selection: Selection, ids: ReadonlySet<string>): Selection {
  // The same object when nothing leaves: jobs tell of thousands of ids, and most were never ticked.
  if (![...ids].some((id) => selection.has(id))) return selection;
  return new Map([...selection].filter(([id]) => !ids.has(id)));
}

/** The assets of a selection, each as its newest known version. */
export function refreshed(selection: Selection, rows: readonly AssetRow[]): readonly SeenAsset[] {
  const current = new Map(rows.filter(isAsset).map((asset) => [asset.id, asset]));
  return [...selection].map(([id, asset]) => current.get(id) ?? asset);
}
