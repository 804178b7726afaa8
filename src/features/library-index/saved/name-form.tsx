import { useId, useState, type SyntheticEvent } from 'react';

import { isSameName, LONGEST_NAME } from '@/domain/saved-view';
import { Button } from '@/ui/button';
import { Labelled, TextField } from '@/ui/field';

/** What is wrong with a name, as a sentence; null when nothing is. */
export function nameProblem(name: string, taken: readonly string[], what: string): string | null {
  if (name.trim() === '') return 'Give it a name.';
  if (name.trim().length > LONGEST_NAME) return `Use at most ${LONGEST_NAME} characters.`;
  return taken.some((other) => isSameName(other, name))
    ? `Another ${what} has this name. Choose one that tells them apart.`
    : null;
}

/** Asks for a name. What is wrong with it is said once somebody tried to use it. */
export function NameForm({
  label,
  initial,
  taken,
  saveLabel,
  onSave,
  onCancel,
}: {
  label: string;
  initial: string;
  /** Names of the other views. */
  taken: readonly string[];
  saveLabel: string;
  onSave: (name: string) => void;
  onCancel?: () => void;
}) {
  const problemId = useId();
  const [name, setName] = useState(initial);
  const [checked, setChecked] = useState(false);
  const problem = checked ? nameProblem(name, taken, 'view') : null;

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    setChecked(true);
    if (nameProblem(name, taken, 'view') === null) onSave(name.trim());
    else event.currentTarget.querySelector('input')?.focus();
  }

  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onCancel === undefined) return;
        event.stopPropagation();
        onCancel();
      }}
      className="flex flex-col gap-1"
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-64 max-w-full">
          <Labelled label={label}>
            <TextField
              autoFocus
              autoComplete="off"
              value={name}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : problemId}
              onChange={(event) => setName(event.target.value)}
            />
          </Labelled>
        </div>
        <Button type="submit" look="primary">
          {saveLabel}
        </Button>
        {onCancel !== undefined && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      {problem !== null && (
        <p id={problemId} role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </form>
  );
}
