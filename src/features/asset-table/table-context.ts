import { createContext, use } from 'react';

import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

/** What cells need beyond their row; it stays the same object while rows come and go. */
export interface TableContextValue {
  readonly provider: AssetProvider;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (asset: Asset) => void;
  /** Absent where the provider has no tags to remove. */
  readonly onRemoveTag: ((asset: Asset, tag: string) => void) | null;
}

export const TableContext = createContext<TableContextValue | null>(null);

export function useTableContext(): TableContextValue {
  const value = use(TableContext);
  if (value === null) throw new Error('A cell was rendered outside the asset table');
  return value;
}
