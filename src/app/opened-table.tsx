import { useDeferredValue } from 'react';

import { AssetTable, type AssetTableProps } from '@/features/asset-table/asset-table';
import { useOpenAssetId } from '@/search/search-provider';

/** The table, with the row of the open asset marked: a moment after the drawer, which is what a person waits for. */
export function OpenedTable(props: Omit<AssetTableProps, 'openAssetId'>) {
  const openAssetId = useDeferredValue(useOpenAssetId());
  return <AssetTable {...props} openAssetId={openAssetId} />;
}
