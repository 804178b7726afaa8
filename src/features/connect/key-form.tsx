import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';

import { keyProblem } from '@/connections/key-problem';
import { rememberKey } from '@/connections/keyring';
import { PROVIDER_NAMES, type Connection } from '@/domain/connection';
import { explainError } from '@/domain/explain-error';
import { Button } from '@/ui/button';
import { Checkbox } from '@/ui/field';

import { KeyField } from './key-field';

/** Whether the person did something since the page was opened: then the form is here because of that. */
const hasActed = () => !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;

/** Not out of an open dialog, and not from a list box that is being stepped through with the arrow keys. */
const mayTakeFocus = () =>
  document.activeElement?.closest('[role=dialog], [role=alertdialog], select:focus-visible') == null;

/** Asks for a connection's key in place. */
export function KeyForm({
  connection,
  refused,
  onSaved,
  onAddConnection,
}: {
  connection: Connection;
  /** Why the last key did not do; null when none was tried. */
  refused: unknown;
  onSaved: () => void;
  /** Leads to a connection of the person's own instead of this one. */
  onAddConnection?: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState('');
  /** Why what was entered cannot be a key. */
  const [malformed, setMalformed] = useState<string | null>(null);
  const [keep, setKeep] = useState(false);
  const problem = refused === null ? null : explainError(refused);

  const wasRefused = refused !== null;
  useEffect(() => {
    if (field.current !== null && (wasRefused || hasActed()) && mayTakeFocus()) field.current.focus();
  }, [wasRefused]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const trimmed = key.trim();
    if (trimmed === '') return;
    const wrong = keyProblem(trimmed);
    setMalformed(wrong);
    if (wrong !== null) {
      field.current?.focus();
      return;
    }
    rememberKey(connection.id, trimmed, keep);
    setKey('');
    onSaved();
  }

  return (
    <form onSubmit={submit} className="mx-auto flex w-full max-w-md flex-col gap-4 px-4 py-16">
      <div className="flex items-center gap-3">
        <KeyRound aria-hidden className="size-6 text-muted" />
        <h2 className="text-base font-semibold wrap-anywhere">Connect to {connection.label}</h2>
      </div>
      {problem !== null && (
        <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
          <p className="font-medium">{problem.title}</p>
          <p>{problem.hint}</p>
          {problem.details !== null && <p className="text-xs">{problem.details}</p>}
        </div>
      )}
      <KeyField
        ref={field}
        kind={connection.kind}
        required
        value={key}
        malformed={malformed}
        onChange={setKey}
        onMalformed={setMalformed}
      />
      <label className="flex items-center gap-2">
        <Checkbox checked={keep} onChange={(event) => setKeep(event.target.checked)} />
        Keep for this tab, also after a reload
      </label>
      <Button type="submit" look="primary">
        Connect
      </Button>
      <p className="text-muted">
        The key goes to {PROVIDER_NAMES[connection.kind]} and nowhere else. It is kept in this page’s memory
        and forgotten when the page closes{keep && ', or, as you chose, when this tab closes'}.
      </p>
      {onAddConnection !== undefined && (
        <Button look="quiet" className="self-center text-accent" onClick={onAddConnection}>
          Add a connection
        </Button>
      )}
    </form>
  );
}
