import { NO_FILTERS, type LibraryFilters } from '@/domain/library-query';
import type { SeenAsset } from '@/domain/plan';
import type { LibraryIndex } from '@/library/library-index';
import { comfyProvider } from '@/testing/pretend-network';

import type { IndexViewProps } from './index-view-props';

/** What a view is given, and what it did with it. */
export function propsForTest(index: LibraryIndex) {
  const done = {
    ticked: new Array<string>(),
    opened: new Array<string>(),
    filtered: new Array<Partial<LibraryFilters>>(),
    deleted: new Array<readonly SeenAsset[]>(),
  };
  const props: IndexViewProps = {
    provider: comfyProvider(),
    index,
    query: { ...NO_FILTERS, sort: 'created_at', order: 'desc' },
    selection: new Map(),
    marked: new Map(),
    pinned: new Map(),
    onTick: (assets) => done.ticked.push(...assets.map(({ id }) => id)),
    onDelete: (assets) => done.deleted.push(assets),
    onRemoveTags: null,
    onOpen: (id) => done.opened.push(id),
    hrefFor: (id) => `?asset=${id}`,
    hrefForFilters: (filters) => `?${encodeURIComponent(JSON.stringify(filters))}`,
    onFilter: (filters) => done.filtered.push(filters),
  };
  return { props, done };
}
