import { ASSET_KINDS, type AssetKind } from '@/domain/asset';
import type { Measure, TreemapCell } from '@/library/treemap-cells';

import { squarify, type Rect } from './squarify';

export interface PlacedCell {
  readonly cell: TreemapCell;
  readonly rect: Rect;
  /** The largest of its kind: the place where the kind is named. */
  readonly first: boolean;
}

/** Kinds side by side, and the cells of each inside it. What weighs nothing has no place. */
export function layOut(
  cells: readonly TreemapCell[],
  measure: Measure,
  width: number,
  height: number,
): readonly PlacedCell[] {
  const kinds = ASSET_KINDS.map((kind) => ofKind(cells, kind, measure))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const bounds = squarify(
    kinds.map(({ weight }) => weight),
    { x: 0, y: 0, width, height },
  );
  return kinds.flatMap(({ members }, at) => {
    const inside = bounds[at];
    if (inside === undefined) return [];
    const rects = squarify(
      members.map((cell) => cell[measure]),
      inside,
    );
    return members.flatMap((cell, index) => {
      const rect = rects[index];
      return rect === undefined ? [] : [{ cell, rect, first: index === 0 }];
    });
  });
}

function ofKind(cells: readonly TreemapCell[], kind: AssetKind, measure: Measure) {
  const members = cells
    .filter((cell) => cell.kind === kind && cell[measure] > 0)
    .sort((a, b) => b[measure] - a[measure]);
  return { members, weight: members.reduce((sum, cell) => sum + cell[measure], 0) };
}
