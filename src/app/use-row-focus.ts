import { useRef } from 'react';

import type { AssetRow } from '@/domain/asset';
import { focusRow } from '@/features/asset-table/row-keys';
import { ROW_HEIGHTS, type Density } from '@/features/asset-table/use-table-view';
import { useHandler } from '@/lib/use-handler';
import { useMediaQuery } from '@/lib/use-media-query';

import { focusStart } from './use-upkeep';

/** How high a row is, and the way to put the focus on the row at some place, or near it when there is none. */
export function useRowFocus(rows: readonly AssetRow[], density: Density) {
  const phone = useMediaQuery('(max-width: 767px)');
  const rowHeight = phone ? ROW_HEIGHTS.phone : ROW_HEIGHTS[density];
  const scroller = useRef<HTMLDivElement>(null);
  const focusAround = useHandler((index: number) => {
    if (scroller.current !== null && rows.length > 0) {
      focusRow(scroller.current, Math.min(index, rows.length - 1), rowHeight);
    } else {
      focusStart();
    }
  });
  return { rowHeight, scroller, focusAround };
}
