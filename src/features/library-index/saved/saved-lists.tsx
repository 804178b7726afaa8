import { Bookmark } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';

import { newId } from '@/cleanup/new-id';
import { PROVIDER_NAMES, type ProviderKind } from '@/domain/connection';
import type { Policy, SavedView, ViewQuery } from '@/domain/saved-view';
import { formatCount } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import { isSame } from '@/library/saved/same';
import {
  duplicated,
  policiesOf,
  takenNames,
  withEntry,
  withoutEntry,
  type ListName,
} from '@/library/saved/saved-items';
import type { PastRuns } from '@/library/store/policy-notes';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import { NameForm } from './name-form';
import { PolicyItem } from './policy-item';
import { SavedTransfer } from './transfer';
import type { SavedState } from './use-saved';
import { ViewItem } from './view-item';

export interface SavedListsProps extends SavedState {
  readonly kind: ProviderKind;
  /** What the table is asked now. */
  readonly query: ViewQuery;
  /** By policy. */
  readonly past: Readonly<Record<string, PastRuns>>;
  readonly hrefForFilters: (filters: Partial<ViewQuery>) => string;
  readonly onFilter: (filters: Partial<ViewQuery>) => void;
  /** The entry that has the focus first. */
  readonly focusFirst: string | null;
  readonly onMakePolicy: (view: SavedView) => void;
  readonly onEdit: (policy: Policy) => void;
  readonly onRun: (policyId: string) => void;
}

/** The views and the policies of one provider. */
export function SavedLists({ saved, unreadable, change, startAnew, kind, query, ...props }: SavedListsProps) {
  const section = useRef<HTMLElement>(null);
  /** The entry that gets the focus once it is there; the heading does, when it is not. */
  const focusNext = useRef(props.focusFirst);
  const [naming, setNaming] = useState(false);
  const [renaming, setRenaming] = useState<string | null>(null);
  /** Why a view could not be deleted. */
  const [refusal, setRefusal] = useState<{ readonly id: string; readonly text: string } | null>(null);
  const views = saved.views.filter((view) => view.kind === kind);
  const policies = saved.policies.filter((policy) => policy.kind === kind);
  const unread = saved.unread.views.length + saved.unread.policies.length;
  const provider = PROVIDER_NAMES[kind];

  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    const entries = section.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [];
    const wanted = [...entries].find(({ dataset }) => dataset['entry'] === focusNext.current);
    (wanted ?? section.current?.querySelector<HTMLElement>('h2'))?.focus();
    focusNext.current = null;
  });

  function remove(list: ListName, entry: SavedView | Policy) {
    const at = saved[list].findIndex(({ id }) => id === entry.id);
    focusNext.current = '';
    change((now) => withoutEntry(now, list, entry.id));
    announce(`${isolate(entry.name)} was deleted`, {
      label: 'Undo',
      run: () => change((now) => withEntry(now, list, entry, at)),
    });
  }

  function removeView(view: SavedView) {
    const [first, ...others] = policiesOf(saved, view.id);
    if (first === undefined) remove('views', view);
    else {
      const more =
        others.length === 0 ? '' : ` and ${formatCount(others.length, 'other policy', 'other policies')}`;
      setRefusal({
        id: view.id,
        text: `It is used by the policy “${isolate(first.name)}”${more}: delete that first, or let it use another view.`,
      });
    }
  }

  function duplicate(list: ListName, id: string) {
    const copy = newId();
    focusNext.current = copy;
    change((now) => duplicated(now, list, id, copy));
  }

  return (
    <section
      ref={section}
      aria-labelledby="saved-heading"
      className="flex min-w-0 flex-col gap-6 p-4 max-md:p-2"
    >
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
          <h2 id="saved-heading" tabIndex={-1} className="text-base font-semibold outline-none">
            Saved views
          </h2>
          <p className="text-muted">
            Kept in this browser, for every connection to {provider}. They hold filters, never keys.
          </p>
        </div>
        {!unreadable && (
          <div className="flex flex-wrap gap-2">
            <SavedTransfer saved={saved} onChange={change} />
          </div>
        )}
      </header>
      {unreadable && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-3 rounded-md bg-caution-soft px-3 py-2 text-caution"
        >
          <p className="min-w-0 flex-1 basis-64">
            The views kept in this browser cannot be read: a newer Winnow may have written them. Nothing is
            changed until you start anew, which throws them away.
          </p>
          <Button onClick={startAnew}>Start anew</Button>
        </div>
      )}
      {unread > 0 && (
        <p role="status" className="rounded-md bg-caution-soft px-3 py-2 text-caution">
          {formatCount(unread, 'entry', 'entries')} cannot be read by this version of Winnow. They are kept as
          they are, and exported.
        </p>
      )}
      {!unreadable && (
        <>
          <section aria-labelledby="views-heading" className="flex flex-col gap-2">
            <h3 id="views-heading" className="font-semibold">
              Views
            </h3>
            {naming ? (
              <NameForm
                label="Name of the view"
                initial=""
                taken={takenNames(saved, 'views', kind, null)}
                saveLabel="Save"
                onSave={(name) => {
                  const id = newId();
                  setNaming(false);
                  focusNext.current = id;
                  change((now) => withEntry(now, 'views', { id, name, kind, query }));
                }}
                onCancel={() => {
                  setNaming(false);
                  focusNext.current = 'save-view';
                }}
              />
            ) : (
              <div>
                <Button data-entry="save-view" onClick={() => setNaming(true)}>
                  <Bookmark aria-hidden className="size-4" /> Save what the table shows now…
                </Button>
              </div>
            )}
            {views.length === 0 ? (
              <p className="text-muted">
                There is none yet. Set filters in “All assets”, and save them here under a name.
              </p>
            ) : (
              <ul aria-label="Saved views" className="flex flex-col divide-y divide-line">
                {views.map((view) => (
                  <ViewItem
                    key={view.id}
                    view={view}
                    renaming={renaming === view.id}
                    taken={takenNames(saved, 'views', kind, view.id)}
                    problem={refusal?.id === view.id ? refusal.text : null}
                    table={props}
                    onRename={() => setRenaming(view.id)}
                    onRenamed={(name) => {
                      setRenaming(null);
                      focusNext.current = view.id;
                      change((now) => withEntry(now, 'views', { ...view, name }));
                    }}
                    onCancel={() => {
                      setRenaming(null);
                      focusNext.current = view.id;
                    }}
                    onUpdate={
                      isSame(view.query, query)
                        ? null
                        : () => {
                            focusNext.current = view.id;
                            change((now) => withEntry(now, 'views', { ...view, query }));
                            announce(`${isolate(view.name)} has the filters of the table now`, {
                              label: 'Undo',
                              run: () => change((now) => withEntry(now, 'views', view)),
                            });
                          }
                    }
                    onDuplicate={() => duplicate('views', view.id)}
                    onDelete={() => removeView(view)}
                    onMakePolicy={() => props.onMakePolicy(view)}
                  />
                ))}
              </ul>
            )}
          </section>
          <section aria-labelledby="policies-heading" className="flex flex-col gap-2">
            <h3 id="policies-heading" className="font-semibold">
              Policies
            </h3>
            <p className="max-w-3xl text-muted">
              A policy is a saved view, a rule for what stays, and what is done to the rest. A dry run shows
              the list and how it differs from the last one; only you carry it out. Winnow is a page and
              nothing else: it cannot run a policy on a schedule, or while it is closed.
            </p>
            {policies.length === 0 ? (
              <p className="text-muted">There is none yet. “Make a policy…” beside a view begins one.</p>
            ) : (
              <ul aria-label="Policies" className="flex flex-col divide-y divide-line">
                {policies.map((policy) => (
                  <PolicyItem
                    key={policy.id}
                    policy={policy}
                    view={views.find(({ id }) => id === policy.viewId) ?? null}
                    past={props.past[policy.id] ?? null}
                    onRun={() => props.onRun(policy.id)}
                    onEdit={() => props.onEdit(policy)}
                    onDuplicate={() => duplicate('policies', policy.id)}
                    onDelete={() => remove('policies', policy)}
                  />
                ))}
              </ul>
            )}
          </section>
        </>
      )}
    </section>
  );
}
