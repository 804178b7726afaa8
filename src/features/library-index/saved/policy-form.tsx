import { useId, useRef, useState, type SyntheticEvent } from 'react';

import type { ProviderKind } from '@/domain/connection';
import type { Policy, SavedView } from '@/domain/saved-view';
import { shownName } from '@/lib/reveal';
import { Button } from '@/ui/button';
import { Labelled, Select, TextField } from '@/ui/field';

import { KeepChoice } from './keep-choice';
import { draftOf, problemsOf, toPolicy, type PolicyDraft } from './policy-draft';

/** Makes or changes a policy. What is wrong with a field is said once somebody tried to save. */
export function PolicyForm({
  kind,
  before,
  id,
  view,
  views,
  taken,
  removesTags,
  onSave,
  onCancel,
}: {
  kind: ProviderKind;
  /** As it is now; null for a new one. */
  before: Policy | null;
  /** Of the policy, also of a new one. */
  id: string;
  /** Chosen first. */
  view: SavedView;
  views: readonly SavedView[];
  /** Names of the others. */
  taken: readonly string[];
  /** Whether the provider can take tags off. */
  removesTags: boolean;
  onSave: (policy: Policy) => void;
  onCancel: () => void;
}) {
  const titleId = useId();
  const fieldId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(before, view, taken));
  const [checked, setChecked] = useState(false);
  const problems = problemsOf(draft, taken);
  const shown = checked ? problems : { name: null, count: null, tags: null };
  const set = (change: Partial<PolicyDraft>) => setDraft({ ...draft, ...change });

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setChecked(true);
    const wrong = (['name', 'count', 'tags'] as const).find((field) => problems[field] !== null);
    if (wrong === undefined) onSave(toPolicy(draft, { id, kind }));
    else form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
  }

  const field = (name: 'name' | 'tags') => ({
    name,
    value: draft[name],
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': shown[name] !== null,
    'aria-describedby': shown[name] === null ? undefined : `${fieldId}-${name}`,
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  });
  const problem = (name: 'name' | 'tags') =>
    shown[name] !== null && (
      <p id={`${fieldId}-${name}`} role="alert" className="text-danger">
        {shown[name]}
      </p>
    );

  return (
    <form
      ref={form}
      aria-labelledby={titleId}
      noValidate
      onSubmit={submit}
      className="flex max-w-2xl flex-col gap-5 p-4 max-md:p-2"
    >
      <h2 id={titleId} className="text-base font-semibold wrap-anywhere">
        {before === null ? 'New policy' : `Edit ${shownName(before.name)}`}
      </h2>
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-1">
          <Labelled label="Name">
            <TextField autoFocus {...field('name')} />
          </Labelled>
          {problem('name')}
        </div>
        <Labelled label="Saved view">
          <Select value={draft.viewId} onChange={({ target }) => set({ viewId: target.value })}>
            {views.map((each) => (
              <option key={each.id} value={each.id}>
                {shownName(each.name)}
              </option>
            ))}
          </Select>
        </Labelled>
      </div>
      <KeepChoice
        kind={kind}
        keep={draft.keep}
        problem={shown.count}
        problemId={`${fieldId}-count`}
        onChange={(keep) => set({ keep })}
      />
      {removesTags && (
        <Labelled label="Always keep what is tagged, with commas between tags">
          <TextField
            autoComplete="off"
            spellCheck={false}
            value={draft.keepTags}
            onChange={(event) => set({ keepTags: event.target.value })}
          />
        </Labelled>
      )}
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-2 font-semibold">Do</legend>
        <div className="flex flex-wrap gap-3">
          <div className="w-64 max-w-full">
            <Labelled label="What is done to the rest">
              <Select
                value={draft.action}
                onChange={({ target }) =>
                  set({ action: target.value === 'remove-tags' ? 'remove-tags' : 'delete' })
                }
              >
                <option value="delete">Delete it</option>
                {removesTags && <option value="remove-tags">Remove tags</option>}
              </Select>
            </Labelled>
          </div>
          {draft.action === 'remove-tags' && (
            <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
              <Labelled label="Tags to remove, with commas between them">
                <TextField {...field('tags')} />
              </Labelled>
              {problem('tags')}
            </div>
          )}
        </div>
      </fieldset>
      <p className="text-muted">
        Pinned and protected assets always stay. Saving runs nothing. A dry run shows what the policy would
        do; the list is carried out only when you confirm its plan.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          Save policy
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
