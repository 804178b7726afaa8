import type { SavedView } from '@/domain/saved-view';
import { shownName } from '@/lib/reveal';
import { shownText } from '@/ui/shown-text';

import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';

import { NameForm } from './name-form';
import { filterWords, sortWords } from './query-words';
import { ItemAction, SavedItem } from './saved-item';

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
    <SavedItem
      problem={problem}
      actions={
        <>
          <ItemAction verb="Make a policy of" of={name} look="plain" onClick={actions.onMakePolicy}>
            Make a policy…
          </ItemAction>
          <ItemAction verb="Rename" of={name} onClick={actions.onRename} />
          {actions.onUpdate !== null && (
            <ItemAction
              verb="Update"
              of={`${name} to what the table shows now`}
              title="Replace its filters by those that the table has now"
              onClick={actions.onUpdate}
            />
          )}
          <ItemAction verb="Duplicate" of={name} onClick={actions.onDuplicate} />
          <ItemAction verb="Delete" of={name} look="quiet-danger" onClick={actions.onDelete} />
        </>
      }
    >
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
    </SavedItem>
  );
}
