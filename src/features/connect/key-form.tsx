import { Suspense, useState } from 'react';

import { useIsRemembered } from '@/connections/remembered';
import type { Connection } from '@/domain/connection';
import { preloadable } from '@/ui/preloadable';

import type { EnteredKey } from './key-entry';

const KeyEntry = preloadable(() => import('./key-entry'));
const UnlockForm = preloadable(() => import('./unlock-form'));
const RememberForm = preloadable(() => import('./remember-form'));

/** Asks in place for what a connection needs: its key, or the passphrase of the keys on this device. */
export default function KeyForm({
  connection,
  refused,
  onSaved,
  wantsKey = false,
  onAddConnection,
}: {
  connection: Connection;
  /** Why the last key did not do; null when none was tried. */
  refused: unknown;
  onSaved: () => void;
  /** The remembered key is not wanted: it was refused. */
  wantsKey?: boolean;
  /** Leads to a connection of the person's own instead of this one. */
  onAddConnection: () => void;
}) {
  const remembered = useIsRemembered(connection);
  const [other, setOther] = useState(wantsKey);
  /** Entered, and to be remembered once there is a passphrase. */
  const [entered, setEntered] = useState<EnteredKey | null>(null);

  async function remember(what: EnteredKey) {
    try {
      const { vault } = await import('@/connections/vault/vault');
      if (vault.isUnlocked()) {
        await vault.remember(connection, what.key, null);
        onSaved();
        return;
      }
    } catch {
      // Locked or changed meanwhile, say: the passphrase is asked for, and then it is told what is wrong.
    }
    setEntered(what);
  }

  function form() {
    if (entered !== null) {
      return (
        <RememberForm
          connection={connection}
          enteredKey={entered.key}
          onDone={onSaved}
          onBack={() => setEntered(null)}
        />
      );
    }
    if (remembered !== 'no' && refused === null && !other) {
      return <UnlockForm connection={connection} onDone={onSaved} onOtherKey={() => setOther(true)} />;
    }
    return (
      <KeyEntry
        connection={connection}
        refused={refused}
        onSaved={onSaved}
        onRemember={(what) => void remember(what)}
        onAddConnection={onAddConnection}
        onPassphrase={remembered !== 'no' && refused === null ? () => setOther(false) : null}
      />
    );
  }

  return <Suspense fallback={<Preparing />}>{form()}</Suspense>;
}

const Preparing = () => (
  <p role="status" className="p-4 text-muted">
    Preparing…
  </p>
);
