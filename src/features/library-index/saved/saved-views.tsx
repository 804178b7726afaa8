import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';

import { newId } from '@/cleanup/new-id';
import type { Policy, SavedView } from '@/domain/saved-view';
import type { LibraryIndex } from '@/library/library-index';
import { confirmedNote } from '@/library/store/policy-notes';
import { takenNames, withEntry, type Saved } from '@/library/saved/saved-items';
import { canRemoveTags } from '@/providers/provider';
import { libraryQueries } from '@/queries/library-queries';

import type { IndexViewProps, PlanOptions } from '../parts/index-view-props';
import { DryRun } from './dry-run';
import { PolicyForm } from './policy-form';
import { SavedLists } from './saved-lists';
import { useSaved } from './use-saved';

type Screen =
  /** `focusFirst`: the entry that gets the focus when the lists are back. */
  | { readonly at: 'lists'; readonly focusFirst: string | null }
  | { readonly at: 'policy'; readonly id: string; readonly view: SavedView }
  | { readonly at: 'dry-run'; readonly id: string };

/** Filters that were given a name, and policies: what is done, time and again, to what they show. */
export default function SavedViews(props: IndexViewProps) {
  const { provider, index, pinned } = props;
  const { kind } = provider.connection;
  const state = useSaved();
  const { saved, change } = state;
  const [screen, setScreen] = useState<Screen>({ at: 'lists', focusFirst: null });
  const exists = useSyncExternalStore(index.subscribe, () => hasRows(index));
  const { data: past } = useQuery({
    ...libraryQueries.call(index, 'policyRuns', { policyIds: saved.policies.map(({ id }) => id) }),
    enabled: exists && saved.policies.length > 0,
  });

  function backTo(id: string) {
    setScreen({ at: 'lists', focusFirst: id });
  }

  function edit(policy: Policy) {
    const view = viewOf(saved, policy) ?? saved.views.find((each) => each.kind === kind);
    if (view !== undefined) setScreen({ at: 'policy', id: policy.id, view });
  }

  const views = saved.views.filter((view) => view.kind === kind);
  const policy = screen.at === 'lists' ? undefined : saved.policies.find(({ id }) => id === screen.id);

  if (screen.at === 'policy') {
    return (
      <PolicyForm
        kind={kind}
        before={policy ?? null}
        id={screen.id}
        view={screen.view}
        views={views}
        taken={takenNames(saved, 'policies', kind, screen.id)}
        removesTags={canRemoveTags(provider)}
        onSave={(entered) => {
          change((now) => withEntry(now, 'policies', entered));
          backTo(entered.id);
        }}
        onCancel={() => backTo(policy?.id ?? screen.view.id)}
      />
    );
  }

  const view = policy === undefined ? null : viewOf(saved, policy);
  if (screen.at === 'dry-run' && policy !== undefined && view !== null) {
    const options: PlanOptions = {
      unseen: true,
      onConfirmed: (count) => {
        const notes = confirmedNote(policy.id, Date.now(), count);
        // It is a memory aid: the job, and what came of it, are in the ledger.
        index.store.call('note', { notes }).catch(() => undefined);
      },
    };
    const { action } = policy;
    const { onRemoveTags, onDelete } = props;
    return (
      <DryRun
        key={policy.id}
        index={index}
        policy={policy}
        view={view}
        pinned={[...pinned.keys()]}
        policyIds={saved.policies.map(({ id }) => id)}
        hrefFor={props.hrefFor}
        onOpen={props.onOpen}
        onHandOver={
          action.type === 'delete'
            ? (assets) => onDelete(assets, options)
            : onRemoveTags && ((assets) => onRemoveTags(assets, { ...options, picked: action.tags }))
        }
        onEdit={() => edit(policy)}
        onBack={() => backTo(policy.id)}
      />
    );
  }

  return (
    <SavedLists
      {...state}
      kind={kind}
      query={props.query}
      past={past ?? {}}
      hrefForFilters={props.hrefForFilters}
      onFilter={props.onFilter}
      focusFirst={screen.at === 'lists' ? screen.focusFirst : null}
      onMakePolicy={(of) => setScreen({ at: 'policy', id: newId(), view: of })}
      onEdit={edit}
      onRun={(id) => setScreen({ at: 'dry-run', id })}
    />
  );
}

/** An index is not made only by looking for what it knows of policies. */
function hasRows(index: LibraryIndex): boolean {
  const { state } = index.view();
  return state === 'ready' || state === 'building';
}

const viewOf = (saved: Saved, { viewId, kind }: Policy): SavedView | null =>
  saved.views.find((view) => view.id === viewId && view.kind === kind) ?? null;
