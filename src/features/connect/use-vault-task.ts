import { useState } from 'react';

import { VaultError } from '@/connections/vault/vault-error';

/** Something that the vault is asked to do: it takes a moment, and may fail with a sentence for the person. */
export function useVaultTask() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** @returns whether it was done */
  async function run(task: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await task();
      return true;
    } catch (error) {
      setProblem(
        error instanceof VaultError ? error.message : 'This did not work. Reload the page and try again.',
      );
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, setProblem, run };
}
