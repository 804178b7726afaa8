import { useMemo, useRef, useState } from 'react';

import { isAsset, type AssetRow } from '@/domain/asset';
import type { SeenAsset } from '@/domain/plan';
import {
  EMPTY_SELECTION,
  isSelectable,
  select,
  selectAll,
  selectRange,
  withoutIds,
} from '@/domain/selection';
import { useHandler } from '@/lib/use-handler';

/** The ticked assets of one connection, and the ways to tick: these stay the same functions. */
export function useSelection(rows: readonly AssetRow[]) {
  const [selection, setSelection] = useState(EMPTY_SELECTION);
  /** Where a shift-click starts: the row ticked last, by id, since pages and filters move rows. */
  const anchor = useRef<string | null>(null);

  const tick = useHandler((index: number, selected: boolean, range: boolean) => {
    const from = range ? rows.findIndex((row) => isAsset(row) && row.id === anchor.current) : -1;
    const row = rows[index];
    setSelection((now) => selectRange(now, rows, from < 0 ? index : from, index, selected));
    anchor.current = row !== undefined && isSelectable(row) ? row.id : null;
  });

  const tickPage = useHandler((selected: boolean) => setSelection((now) => select(now, rows, selected)));

  const ways = useMemo(
    () => ({
      tick,
      tickPage,
      add: (assets: readonly SeenAsset[]) => setSelection((now) => selectAll(now, assets)),
      drop: (ids: ReadonlySet<string>) => setSelection((now) => withoutIds(now, ids)),
      clear: () => setSelection(EMPTY_SELECTION),
    }),
    [tick, tickPage],
  );

  return { selection, ...ways };
}
