import { useEffect, useState } from 'react';

import { useVaultText } from '@/connections/remembered';
import { vault } from '@/connections/vault/vault';
import { VaultError } from '@/connections/vault/vault-error';

/** Why the record on this device cannot be used, as a sentence; null when it can, or there is none. */
export function useInspection(): string | null {
  const text = useVaultText();
  const [damage, setDamage] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const tell = (found: string | null) => {
      if (current) setDamage(found);
    };
    vault.inspect().then(
      () => tell(null),
      (error: unknown) => tell(error instanceof VaultError ? error.message : null),
    );
    return () => {
      current = false;
    };
  }, [text]);
  return damage;
}
