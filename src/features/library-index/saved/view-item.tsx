import type { SavedView } from '@/domain/saved-view';
import { shownName } from '@/lib/reveal';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';

import { NameForm } from './name-form';
import { filterWords, sortWords } from './query-words';

export interface ViewActions {
  readonly onRename: () => void;
  readonly onRenamed: (name: string) => void;
  readonly onCancel: () => void;
  /** Null when it is what the table shows already. */
  readonly onUpdate: (() => void) | null;
  readonly onDuplicate: () => void;
  readonly onDelete: () => void;
  readonly onMakePolicy: () => void;
}

/** One saved view: what it filters by, and everything that can be done with it. */
export function ViewItem({
  view,
  renaming,
  taken,
  problem,
  table,
  ...actions
}: {
  view: SavedView;
  /** How to get to the table. */
  table: Pick<IndexViewProps, 'hrefForFilters' | 'onFilter'>;
  renaming: boolean;
  /** Names of the others. */
  taken: readonly string[];
  /** Why the last thing that was asked could not be done. */
  problem: string | null;
} & ViewActions) {
  const name = shownName(view.name);
  const filters = filterWords(view.query);

  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
          {renaming ? (
            <NameForm
              label="New name"
              initial={view.name}
              taken={taken}
              saveLabel="Rename"
              onSave={actions.onRenamed}
              onCancel={actions.onCancel}
            />
          ) : (
            <h4 className="min-w-0 font-semibold wrap-anywhere">
              <a
                {...linkTo(table, view.query)}
                data-entry={view.id}
                className="rounded-sm underline-offset-2 hover:underline"
              >
                <bdi>{shownText(view.name)}</bdi>
              </a>
            </h4>
          )}
          <p className="text-muted wrap-anywhere">
            {filters.length === 0 ? 'Everything' : filters.map(shownName).join(' · ')}
            {`, ${sortWords(view.query)}`}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <Button size="small" aria-label={`Make a policy of ${name}`} onClick={actions.onMakePolicy}>
            Make a policy…
          </Button>
          <Button size="small" look="quiet" aria-label={`Rename ${name}`} onClick={actions.onRename}>
            Rename
          </Button>
          {actions.onUpdate !== null && (
            <Button
              size="small"
              look="quiet"
              title="Replace its filters by those that the table has now"
              aria-label={`Update ${name} to what the table shows now`}
              onClick={actions.onUpdate}
            >
              Update
            </Button>
          )}
          <Button size="small" look="quiet" aria-label={`Duplicate ${name}`} onClick={actions.onDuplicate}>
            Duplicate
          </Button>
          <Button size="small" look="quiet-danger" aria-label={`Delete ${name}`} onClick={actions.onDelete}>
            Delete
          </Button>
        </div>
      </div>
      {problem !== null && (
        <p role="alert" className="text-danger wrap-anywhere">
          {problem}
        </p>
      )}
    </li>
  );
}
