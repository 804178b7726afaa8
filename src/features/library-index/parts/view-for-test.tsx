import { screen } from '@testing-library/react';
import { useEffect, useState, type ComponentType } from 'react';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS, type LibraryFilters } from '@/domain/library-query';
import type { ViewQuery } from '@/domain/saved-view';
import { EMPTY_SELECTION, selectAll, withoutIds, type Selection } from '@/domain/selection';
import type { IndexView } from '@/library/library-index';
import type { AssetProvider } from '@/providers/provider';
import { watchLibrary } from '@/queries/library-queries';
import { pretendIndex } from '@/testing/pretend-index';
import { comfyProvider } from '@/testing/pretend-network';
import { renderWithClient, testQueryClient } from '@/testing/render';
import { Toaster } from '@/ui/toaster';

import type { IndexViewProps } from './index-view-props';

type RemoveTags = NonNullable<IndexViewProps['onRemoveTags']>;

interface Options {
  readonly provider?: AssetProvider;
  readonly view?: Partial<IndexView>;
  readonly pinned?: readonly Asset[];
  readonly canRemoveTags?: boolean;
  /** What the table is asked. */
  readonly query?: ViewQuery;
  /** For the views that hand over a list. */
  readonly onDelete?: IndexViewProps['onDelete'];
}

const { sort, order } = DEFAULT_QUERY;
const EVERYTHING: ViewQuery = { ...NO_FILTERS, includePublic: false, sort, order };

const neverDelete = () => {
  throw new Error('A view ticks, and deletes nothing.');
};

/** For tests: a view over a real database with these assets, in the place where the library screen would show it. */
export async function openView(
  View: ComponentType<IndexViewProps>,
  assets: readonly Asset[],
  {
    provider = comfyProvider(),
    view = {},
    pinned = [],
    canRemoveTags = true,
    query = EVERYTHING,
    onDelete = neverDelete,
  }: Options = {},
) {
  const { index, become, asked } = await pretendIndex(provider.connection.id, assets, view);
  const filtered: Partial<LibraryFilters>[] = [];
  const opened: string[] = [];
  const removals: Parameters<RemoveTags>[] = [];
  let selected: Selection = EMPTY_SELECTION;

  function Host() {
    const [selection, setSelection] = useState(EMPTY_SELECTION);
    useEffect(() => {
      selected = selection;
    });
    return (
      <>
        <View
          provider={provider}
          index={index}
          query={query}
          selection={selection}
          marked={new Map()}
          pinned={new Map(pinned.map((asset) => [asset.id, { asset, keptAt: 0 }]))}
          onTick={(ticked, on) =>
            setSelection((now) =>
              on ? selectAll(now, ticked) : withoutIds(now, new Set(ticked.map(({ id }) => id))),
            )
          }
          onDelete={onDelete}
          onRemoveTags={canRemoveTags ? (...asked) => removals.push(asked) : null}
          onOpen={(id) => opened.push(id)}
          hrefFor={(id) => `?asset=${id}`}
          hrefForFilters={(filters) => `?${JSON.stringify(filters)}`}
          onFilter={(filters) => filtered.push(filters)}
        />
        <Toaster />
      </>
    );
  }

  const client = testQueryClient();
  watchLibrary(client, index);
  const { user } = renderWithClient(<Host />, client);
  return {
    ...{ user, index, become, asked, filtered, opened, removals },
    /** Ids of what is ticked. */
    selected: () => [...selected.keys()].sort(),
    button: (name: string | RegExp) => screen.getByRole('button', { name }),
  };
}
