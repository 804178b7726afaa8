import { useRef, useState } from 'react';

import type { AssetQuery } from '@/domain/asset-query';
import type { SeenAsset } from '@/domain/plan';
import { useCollect, type Collect } from '@/features/select-all/use-collect';

import type { useSelection } from './use-selection';

/** What decides which assets match, in whatever order and on whichever page. */
const filtersOf = (query: AssetQuery, where: string): string =>
  JSON.stringify({ ...query, where, page: null, pageSize: null, sort: null, order: null });

/**
 * "Select all 12,431 matching": reads everything that the filters let through, and ticks it.
 * @param collected reads it, of whoever answers the table
 */
export function useAllMatching(
  query: AssetQuery,
  where: string,
  collected: Collect,
  ticks: ReturnType<typeof useSelection>,
) {
  const [taken, setTaken] = useState<{
    readonly filters: string;
    readonly count: number;
    readonly untickable: readonly SeenAsset[];
  } | null>(null);
  /** The filters that the reading under way was started with. */
  const asked = useRef('');
  const collect = useCollect((assets: readonly SeenAsset[]) => {
    ticks.add(assets);
    const untickable = assets.filter((asset) => asset.protection !== null);
    setTaken({ filters: asked.current, count: assets.length - untickable.length, untickable });
  });
  const { size } = ticks.selection;
  // Once everything is unticked, whatever is ticked next was ticked by hand.
  if (taken !== null && size === 0) setTaken(null);
  return {
    collect,
    /** Some of what is ticked was never on screen. */
    unseen: taken !== null,
    /** Protected ones among what was asked for: a plan says that they are left out, and why. */
    untickable: taken?.untickable ?? [],
    /** Exactly what matches the filters in force is ticked. */
    complete: taken !== null && taken.filters === filtersOf(query, where) && taken.count === size,
    start: () => {
      asked.current = filtersOf(query, where);
      void collect.start(collected);
    },
  };
}

export type AllMatching = ReturnType<typeof useAllMatching>;
