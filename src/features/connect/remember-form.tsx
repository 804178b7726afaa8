import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react';

import { useVaultText } from '@/connections/remembered';
import { passphraseProblem } from '@/connections/vault/passphrase';
import { vault } from '@/connections/vault/vault';
import type { Connection } from '@/domain/connection';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import { FormFrame } from './form-frame';
import { NewPassphrase } from './new-passphrase';
import { PassphraseField } from './passphrase-field';
import { Problem, Working } from './problem';
import { useInspection } from './use-inspection';
import { useVaultTask } from './use-vault-task';

/** Asks for the passphrase under which a key is remembered: a new one the first time, then always the same. */
export default function RememberForm({
  connection,
  enteredKey,
  confirmLabel = 'Remember and connect',
  onDone,
  onBack,
}: {
  connection: Connection;
  enteredKey: string;
  confirmLabel?: string;
  onDone: () => void;
  onBack: () => void;
}) {
  const problemId = useId();
  const form = useRef<HTMLDivElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const { busy, problem, setProblem, run } = useVaultTask();
  const damage = useInspection();
  const isFirst = useVaultText() === null;

  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  async function remember(secret: string) {
    const done = await run(() => vault.remember(connection, enteredKey, secret));
    if (!done) return;
    announce(`The key for ${connection.label} is remembered on this device`);
    onDone();
  }

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const wrong = isFirst ? passphraseProblem(passphrase, repeated) : null;
    setProblem(wrong);
    if (wrong === null && passphrase !== '') void remember(passphrase);
    else form.current?.querySelector('input')?.focus();
  }

  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setProblem(null);
  };
  const about = { invalid: problem !== null, describedBy: problem === null ? undefined : problemId };

  return (
    <FormFrame title={isFirst ? 'Choose a passphrase' : 'Remember with your passphrase'} onSubmit={submit}>
      <Problem id={problemId} text={damage ?? problem} />
      {damage === null ? (
        <>
          <p>
            {isFirst
              ? `The key for ${connection.label} is encrypted with it before it is stored. At the next visit Winnow asks for it.`
              : `The key for ${connection.label} is added to those that are remembered on this device.`}
          </p>
          <div ref={form} className="contents">
            {isFirst ? (
              <NewPassphrase
                label="Passphrase"
                value={passphrase}
                repeated={repeated}
                onChange={change(setPassphrase)}
                onRepeat={change(setRepeated)}
                {...about}
              />
            ) : (
              <PassphraseField
                label="Passphrase"
                value={passphrase}
                onChange={change(setPassphrase)}
                {...about}
              />
            )}
          </div>
          <Button type="submit" look="primary" aria-disabled={busy}>
            {confirmLabel}
          </Button>
        </>
      ) : (
        <Button
          onClick={() => {
            void run(() => vault.remove());
          }}
        >
          Remove the remembered keys
        </Button>
      )}
      <Button onClick={onBack}>Back</Button>
      <Working busy={busy}>Encrypting. This takes a second or two.</Working>
    </FormFrame>
  );
}
