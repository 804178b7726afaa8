import { CircleAlert, Database } from 'lucide-react';
import { Suspense, type ComponentType, type ReactNode } from 'react';

import { IndexBar } from '@/features/library-index/parts/index-bar';
import type { IndexViewProps } from '@/features/library-index/parts/index-view-props';
import { explainLibraryError } from '@/library/explain-library-error';
import type { IndexView as Standing } from '@/library/library-index';
import type { IndexView } from '@/search/parsers';
import type { Place } from '@/search/use-asset-search';
import { toFilters } from '@/search/where';
import { Notice } from '@/ui/notice';
import { preloadable } from '@/ui/preloadable';

const VIEWS: Readonly<Record<IndexView, ComponentType<IndexViewProps>>> = {
  overview: preloadable(() => import('@/features/library-index/overview/overview-view')),
  duplicates: preloadable(() => import('@/features/library-index/duplicates/duplicates-view')),
  cold: preloadable(() => import('@/features/library-index/large-cold/large-cold-view')),
  'by-job': preloadable(() => import('@/features/library-index/by-job/by-job-view')),
  leftovers: preloadable(() => import('@/features/library-index/leftovers/leftovers-view')),
  tags: preloadable(() => import('@/features/library-index/tags/tags-view')),
  saved: preloadable(() => import('@/features/library-index/saved/saved-views')),
};

export interface IndexViewsProps extends Omit<IndexViewProps, 'hrefForFilters' | 'onFilter'> {
  readonly view: IndexView;
  readonly standing: Standing;
  readonly place: Place;
  /** How many assets the provider counts; null when it was not asked yet. */
  readonly total: number | null;
  readonly onNeedKey: () => void;
  /** What can be done with what is ticked; false when nothing is. */
  readonly toolbar: ReactNode;
}

/** What only the library index can show: how it stands, one of its views, and below it what is ticked. */
export default function IndexViews({
  view,
  standing,
  place,
  total,
  onNeedKey,
  toolbar,
  ...props
}: IndexViewsProps) {
  const View = VIEWS[view];
  // What is saved is in no index.
  const needsIndex = view !== 'saved';
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <IndexBar
        index={props.index}
        view={standing}
        maxPageSize={props.provider.maxPageSize}
        total={total}
        onNeedKey={onNeedKey}
      />
      {/* Positioned: words that only ears get would else reach below the page, and the page would scroll as well. */}
      <div className="relative min-h-0 flex-1 overflow-auto bg-surface">
        {needsIndex && standing.state === 'none' ? (
          <Notice icon={<Database />} title="This needs the library index">
            The provider itself cannot answer what this view shows. Once the index is built, Winnow can.
          </Notice>
        ) : needsIndex && standing.state === 'failed' ? (
          <Failed error={standing.error} />
        ) : (
          (standing.state !== 'opening' || !needsIndex) && (
            <Suspense>
              <View
                key={view}
                {...props}
                hrefForFilters={(filters) => place.hrefFor(toFilters(filters))}
                onFilter={(filters) => place.showFiltered(toFilters(filters))}
              />
            </Suspense>
          )
        )}
      </div>
      {toolbar !== false && (
        <footer className="group/foot @container flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-canvas px-4 py-1.5 max-md:px-2">
          {toolbar}
        </footer>
      )}
    </div>
  );
}

function Failed({ error }: { error: Standing['error'] }) {
  const { title, hint } = explainLibraryError(error);
  return (
    <Notice role="alert" icon={<CircleAlert />} title={title}>
      {hint}
    </Notice>
  );
}
