import { useSyncExternalStore } from 'react';

import type { KeptAssets, KeptById } from '@/cleanup/kept-assets';

const NOTHING: KeptById = new Map();
const nothing = () => () => undefined;

/** What is on a list for one connection; the same map until that changes. */
export const useKeptAssets = (list: KeptAssets | null, connectionId: string): KeptById =>
  useSyncExternalStore(list?.subscribe ?? nothing, () => list?.view().all?.get(connectionId) ?? NOTHING);

/** Whether it is known what is on a list, or known that it cannot be. */
export const useIsRead = (list: KeptAssets | null): boolean =>
  useSyncExternalStore(list?.subscribe ?? nothing, () => {
    const view = list?.view();
    return view !== undefined && (view.all !== null || view.problem !== null);
  });
