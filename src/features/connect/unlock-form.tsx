import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react';

import { vault } from '@/connections/vault/vault';
import type { Connection } from '@/domain/connection';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import { FormFrame } from './form-frame';
import { hasActed, mayTakeFocus } from './may-take-focus';
import { PassphraseField } from './passphrase-field';
import { Problem, Working } from './problem';
import { useInspection } from './use-inspection';
import { useVaultTask } from './use-vault-task';

/** Asks for the passphrase in the place of a key that is remembered on this device. */
export default function UnlockForm({
  connection,
  onDone,
  onOtherKey,
}: {
  connection: Connection;
  onDone: () => void;
  onOtherKey: () => void;
}) {
  const problemId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [passphrase, setPassphrase] = useState('');
  const { busy, problem, setProblem, run } = useVaultTask();
  /** Known before any passphrase: then none is asked for. */
  const damage = useInspection();

  useEffect(() => {
    if (hasActed() && mayTakeFocus()) field.current?.focus();
  }, []);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (passphrase === '') return;
    const done = await run(() => vault.unlock(passphrase, connection));
    if (done) {
      announce('The keys on this device are unlocked');
      onDone();
    } else {
      field.current?.select();
    }
  }

  return (
    <FormFrame title={`Unlock ${connection.label}`} onSubmit={(event) => void submit(event)}>
      <Problem id={problemId} text={damage ?? problem} />
      {damage === null ? (
        <>
          <p>
            Its key is remembered on this device, encrypted. The passphrase unlocks all keys that are
            remembered here, for this tab.
          </p>
          <PassphraseField
            ref={field}
            label="Passphrase"
            value={passphrase}
            onChange={(value) => {
              setPassphrase(value);
              setProblem(null);
            }}
            invalid={problem !== null}
            describedBy={problem === null ? undefined : problemId}
          />
          <Button type="submit" look="primary" aria-disabled={busy}>
            Unlock
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
      <Button onClick={onOtherKey}>Use another key</Button>
      <Working busy={busy}>Working the key out of the passphrase. This takes a second or two.</Working>
    </FormFrame>
  );
}
