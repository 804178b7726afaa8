import { NO_INDEX_FILTERS } from '@/domain/library-query';
import { shownName } from '@/lib/reveal';
import type { Filters } from '@/search/use-asset-search';
import { parseWhere, writeWhere } from '@/search/where';

import { filterTexts } from './words';

/** The filters of the index that are in force, each in words and with what is left when it goes. */
export function whereFilters(
  where: string,
  projectNames: ReadonlyMap<string, string>,
): readonly { readonly id: string; readonly text: string; readonly without: Partial<Filters> }[] {
  const filters = parseWhere(where);
  return Array.from(filterTexts(filters, projectNames), ([name, text]) => ({
    id: `where:${name}`,
    text: shownName(text),
    without: { where: writeWhere({ ...filters, [name]: NO_INDEX_FILTERS[name] }) },
  }));
}

/** Without what cannot be read: empty when nothing is left that is in force. */
export const readableWhere = (where: string): string => writeWhere(parseWhere(where));
