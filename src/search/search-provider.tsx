import { useQueryStates } from 'nuqs';
import { createContext, use, type ReactNode } from 'react';

import { searchParsers } from './parsers';
import { useAssetSearch, type AssetSearch, type Place } from './use-asset-search';

const PlaceContext = createContext<Place | null>(null);
const SearchContext = createContext<AssetSearch | null>(null);
const OPEN_ASSET = { asset: searchParsers.asset };

/**
 * Reads the URL once for the whole page, and hands it on in parts: opening an asset draws nothing again but what shows
 * the asset, and another filter nothing of what stands around the library.
 */
export function SearchProvider({ children }: { children: ReactNode }) {
  const { place, search } = useAssetSearch();
  return (
    <PlaceContext value={place}>
      <SearchContext value={search}>{children}</SearchContext>
    </PlaceContext>
  );
}

/** Which connection, view and job are looked at. */
export const usePlace = (): Place => provided(use(PlaceContext));

/** What the library is asked. */
export const useSearch = (): AssetSearch => provided(use(SearchContext));

/**
 * The asset in the drawer; null while that is closed. Not from a context: to find who uses that, React walks through all
 * of the table, which a person who opens an asset would wait for.
 */
export const useOpenAssetId = (): string | null => useQueryStates(OPEN_ASSET)[0].asset;

function provided<T>(value: T | null): T {
  if (value === null) throw new Error('There is no SearchProvider around this.');
  return value;
}
