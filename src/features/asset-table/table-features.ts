import { columnVisibilityFeature, tableFeatures } from '@tanstack/react-table';

/** Sorting and paging happen at the provider: no row models are shipped. */
export const assetTableFeatures = tableFeatures({ columnVisibilityFeature });
