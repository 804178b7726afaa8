import { useId, useState, type SyntheticEvent } from 'react';

import { passphraseProblem } from '@/connections/vault/passphrase';
import { vault } from '@/connections/vault/vault';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import { NewPassphrase } from './new-passphrase';
import { PassphraseField } from './passphrase-field';
import { Problem, Working } from './problem';
import { useVaultTask } from './use-vault-task';

/** Encrypts all remembered keys anew. */
export function ChangePassphrase({ onClose }: { onClose: () => void }) {
  const problemId = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const { busy, problem, setProblem, run } = useVaultTask();

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    const wrong = passphraseProblem(next, repeated);
    setProblem(wrong);
    if (wrong !== null || !(await run(() => vault.changePassphrase(current, next)))) return;
    announce('The passphrase is changed');
    onClose();
  }

  const about = { invalid: problem !== null, describedBy: problem === null ? undefined : problemId };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex max-w-md flex-col gap-3">
      <Problem id={problemId} text={problem} />
      <PassphraseField label="Current passphrase" value={current} onChange={setCurrent} {...about} />
      <NewPassphrase
        label="New passphrase"
        value={next}
        repeated={repeated}
        onChange={setNext}
        onRepeat={setRepeated}
        {...about}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" aria-disabled={busy}>
          Change passphrase
        </Button>
        <Button onClick={onClose}>Keep the old one</Button>
      </div>
      <Working busy={busy}>Encrypting the keys anew. This takes a few seconds.</Working>
    </form>
  );
}
