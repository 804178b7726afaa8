import { Suspense, type ReactNode } from 'react';

import type { AssetQuery } from '@/domain/asset-query';
import type { TableContext } from '@/features/asset-table/table-context';
import type { IndexView } from '@/search/parsers';
import { usePlace } from '@/search/search-provider';
import { preloadable } from '@/ui/preloadable';

import { Unloadable } from './library-list';
import type { Acts } from './use-acts';
import type { Answers } from './use-answers';
import type { Keeping } from './use-keeping';
import type { useSelection } from './use-selection';

const IndexViews = preloadable(() => import('./index-views'));

/** One of the views that only the library index can show, in the place of the table. */
export function IndexPane({
  view,
  context: { provider, onOpen, hrefFor },
  query: { includePublic, sort, order },
  answers: { list, answerer, indexed, libraryFilters },
  ticks,
  keeping,
  acts,
  toolbar,
}: {
  view: IndexView;
  context: TableContext;
  query: AssetQuery;
  answers: Answers;
  ticks: ReturnType<typeof useSelection>;
  keeping: Keeping;
  acts: Acts;
  /** What can be done with what is ticked; false when nothing is. */
  toolbar: ReactNode;
}) {
  const place = usePlace();
  const { access, view: standing } = indexed;
  return (
    <Suspense>
      {indexed.unloadable && <Unloadable onRetry={indexed.retry} />}
      {access !== null && standing !== null && libraryFilters !== undefined && (
        <IndexViews
          {...{ view, provider, standing, place, onOpen, hrefFor, toolbar }}
          index={access.index}
          total={answerer === 'provider' ? (list.data?.total ?? null) : null}
          // Refused once more, the list asks for another key in its place.
          onNeedKey={() => void list.refetch()}
          selection={ticks.selection}
          marked={keeping.marks}
          pinned={keeping.pins}
          onTick={(assets, selected) =>
            selected ? ticks.add(assets) : ticks.drop(new Set(assets.map(({ id }) => id)))
          }
          query={{ ...libraryFilters, includePublic, sort, order }}
          onDelete={acts.askToDelete}
          onRemoveTags={acts.askToRemoveTags}
        />
      )}
    </Suspense>
  );
}
