import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';

import { newId } from '@/cleanup/new-id';
import type { AssetQuery } from '@/domain/asset-query';
import type { ProviderKind } from '@/domain/connection';
import type { ViewQuery } from '@/domain/saved-view';
import { shownName } from '@/lib/reveal';
import { takenNames, withEntry } from '@/library/saved/saved-items';
import { parseWhere } from '@/search/where';
import { Button } from '@/ui/button';
import { Popover } from '@/ui/popover';
import { announce } from '@/ui/toaster';

import { NameForm } from './name-form';
import { filterWords } from './query-words';
import { useSaved } from './use-saved';

interface SaveViewButtonProps {
  readonly kind: ProviderKind;
  /** What the table is asked now. */
  readonly query: AssetQuery;
  /** What only the index can be asked of it, as it stands in the URL. */
  readonly where: string;
}

/** Keeps what the table shows now under a name, or as another version of a view that has one. */
export default function SaveViewButton({ kind, query, where }: SaveViewButtonProps) {
  return (
    <Popover
      label="Save this view"
      className="w-88"
      buttonProps={{ size: 'small', look: 'quiet' }}
      trigger={
        <>
          <BookmarkPlus aria-hidden className="size-4" />
          {/* A phone has no room beside the filters. */}
          <span className="max-sm:sr-only">Save this view…</span>
        </>
      }
    >
      <SaveView kind={kind} query={toViewQuery(query, where)} />
    </Popover>
  );
}

/** Without the page. */
const toViewQuery = (query: AssetQuery, where: string): ViewQuery => ({
  text: query.text,
  includeTags: query.includeTags,
  excludeTags: query.excludeTags,
  metadata: query.metadata,
  includePublic: query.includePublic,
  state: query.state,
  project: query.project,
  sort: query.sort,
  order: query.order,
  index: parseWhere(where),
});

function SaveView({ kind, query }: { kind: ProviderKind; query: ViewQuery }) {
  const { saved, unreadable, change } = useSaved();
  const [doneAs, setDoneAs] = useState<string | null>(null);
  const views = saved.views.filter((view) => view.kind === kind);
  const filters = filterWords(query);
  const suggested = filters.length === 0 ? '' : filters.slice(0, 2).map(shownName).join(', ').slice(0, 60);

  if (unreadable)
    return <p role="alert">The views kept in this browser cannot be read: “Saved views” says more.</p>;
  if (doneAs !== null) return <p>Saved as “{shownName(doneAs)}”.</p>;

  return (
    <div className="flex flex-col gap-3">
      <NameForm
        label="Name of the view"
        initial={suggested}
        taken={takenNames(saved, 'views', kind, null)}
        saveLabel="Save"
        onSave={(name) => {
          change((now) => withEntry(now, 'views', { id: newId(), name, kind, query }));
          setDoneAs(name);
          announce(`View “${shownName(name)}” saved`);
        }}
      />
      {views.length > 0 && (
        <div role="group" aria-label="Or replace the filters of" className="flex flex-col gap-1">
          <p className="text-xs text-muted">Or replace the filters of</p>
          {views.map((view) => (
            <Button
              key={view.id}
              size="small"
              look="quiet"
              className="justify-start"
              onClick={() => {
                change((now) => withEntry(now, 'views', { ...view, query }));
                setDoneAs(view.name);
                announce(`View “${shownName(view.name)}” updated`, {
                  label: 'Undo',
                  run: () => change((now) => withEntry(now, 'views', view)),
                });
              }}
            >
              <span className="truncate">{shownName(view.name)}</span>
            </Button>
          ))}
        </div>
      )}
      <p className="text-xs text-muted">Views stay in this browser. They hold filters, never keys.</p>
    </div>
  );
}
