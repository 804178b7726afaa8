import { useEffect, useRef, useState, type SyntheticEvent } from 'react';

import { keyProblem } from '@/connections/key-problem';
import { rememberKey } from '@/connections/keyring';
import { PROVIDER_NAMES, type Connection } from '@/domain/connection';
import { explainError } from '@/domain/explain-error';
import { Button } from '@/ui/button';

import { FormFrame } from './form-frame';
import { KeyField } from './key-field';
import { KeyPlaces, type PlaceToKeep } from './key-places';
import { hasActed, mayTakeFocus } from './may-take-focus';

/** Wrapped, so that what is entered is not taken for a function that makes it. */
export interface EnteredKey {
  readonly key: string;
}

/** Asks for a connection's key, and where to keep it. */
export default function KeyEntry({
  connection,
  refused,
  onSaved,
  onRemember,
  onPassphrase,
  onAddConnection,
}: {
  connection: Connection;
  /** Why the last key did not do; null when none was tried. */
  refused: unknown;
  onSaved: () => void;
  /** It is to be remembered on this device. */
  onRemember: (entered: EnteredKey) => void;
  /** Back to the remembered key; null when there is none. */
  onPassphrase: (() => void) | null;
  onAddConnection: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState('');
  /** Why what was entered cannot be a key. */
  const [malformed, setMalformed] = useState<string | null>(null);
  const [place, setPlace] = useState<PlaceToKeep>('memory');
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
    if (place === 'device') {
      onRemember({ key: trimmed });
      return;
    }
    rememberKey(connection.id, trimmed, place === 'tab');
    setKey('');
    onSaved();
  }

  return (
    <FormFrame title={`Connect to ${connection.label}`} onSubmit={submit}>
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
      <KeyPlaces place={place} onChange={setPlace} />
      <Button type="submit" look="primary">
        {place === 'device' ? 'Continue' : 'Connect'}
      </Button>
      {onPassphrase !== null && <Button onClick={onPassphrase}>Use the remembered key</Button>}
      <p className="text-muted">The key goes to {PROVIDER_NAMES[connection.kind]} and nowhere else.</p>
      <Button look="quiet" className="self-center text-accent" onClick={onAddConnection}>
        Use another account or address
      </Button>
    </FormFrame>
  );
}
