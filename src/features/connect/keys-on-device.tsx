import { useId, useState } from 'react';

import { useIsUnlocked } from '@/connections/keyring';
import { rememberedEntries, useVaultText } from '@/connections/remembered';
import { vault } from '@/connections/vault/vault';
import type { Connection } from '@/domain/connection';
import { Button } from '@/ui/button';
import { Select } from '@/ui/field';
import { announce } from '@/ui/toaster';

import { ChangePassphrase } from './change-passphrase';
import { ForgetEverything } from './forget-everything';
import { LOCK_AFTER, useLockAfter, type LockAfter } from './lock-after';
import { Problem } from './problem';
import { useInspection } from './use-inspection';
import { useVaultTask } from './use-vault-task';

export interface KeysOnDeviceProps {
  readonly connections: readonly Connection[];
  /** In every tab. */
  readonly onLock: () => void;
  /** In every tab. @throws Error whose message says why nothing was forgotten */
  readonly onForgetEverything: () => Promise<void>;
}

const inWords = (minutes: LockAfter) => (minutes === 0 ? 'Never' : `After ${minutes} minutes`);

/** What Winnow keeps on this device, and the ways to be rid of it. */
export function KeysOnDevice({ connections, onLock, onForgetEverything }: KeysOnDeviceProps) {
  const headingId = useId();
  const hintId = useId();
  const [minutes, setMinutes] = useLockAfter();
  const isUnlocked = useIsUnlocked();
  const text = useVaultText();
  const damage = useInspection();
  const { problem, run } = useVaultTask();
  const [changes, setChanges] = useState(false);
  const entries = rememberedEntries(text) ?? [];

  async function forget(id: string, label: string) {
    if (await run(() => vault.forget(id))) announce(`The key for ${label} is forgotten`);
  }

  async function remove() {
    if (await run(() => vault.remove())) announce('No key is remembered on this device any more');
  }

  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-4">
      <h2 id={headingId} className="text-base font-semibold">
        Keys and this device
      </h2>
      <Problem id={`${headingId}-problem`} text={damage ?? problem} />
      {text === null ? (
        <p>
          No key is remembered on this device. To have one remembered, choose “Remember on this device” where
          the key is asked for.
        </p>
      ) : (
        <>
          <p>
            Remembered keys are stored encrypted, and{' '}
            {isUnlocked ? 'unlocked in this tab' : 'locked in this tab'}. Each tab is unlocked for itself;
            locking locks all of them.
          </p>
          <ul className="divide-y divide-line rounded-md border border-line">
            {entries.map(({ connectionId, baseUrl }) => {
              const connection = connections.find(({ id }) => id === connectionId);
              const label = connection?.label ?? connectionId;
              return (
                <li key={connectionId} className="flex items-center gap-3 px-3 py-1.5">
                  <div className="min-w-0 flex-1">
                    <p className="font-medium wrap-anywhere">{label}</p>
                    <p className="text-xs wrap-anywhere text-muted">
                      {baseUrl}
                      {connection === undefined && ': this site has no such connection now'}
                      {connection !== undefined &&
                        connection.baseUrl !== baseUrl &&
                        ': not used, since the connection has another address now'}
                    </p>
                  </div>
                  <Button
                    size="small"
                    aria-label={`Forget the key for ${label}`}
                    onClick={() => void forget(connectionId, label)}
                  >
                    Forget
                  </Button>
                </li>
              );
            })}
          </ul>
          <div className="flex flex-wrap gap-2">
            {isUnlocked && <Button onClick={onLock}>Lock now</Button>}
            {damage === null && !changes && (
              <Button onClick={() => setChanges(true)}>Change passphrase…</Button>
            )}
            <Button onClick={() => void remove()}>Forget all remembered keys</Button>
          </div>
          {changes && damage === null && <ChangePassphrase onClose={() => setChanges(false)} />}
        </>
      )}
      <div className="flex flex-col gap-1">
        <label className="flex flex-wrap items-center gap-x-3 gap-y-1">
          Lock when nobody is here
          <Select
            className="w-auto"
            aria-describedby={hintId}
            value={minutes}
            onChange={(event) => {
              const chosen = LOCK_AFTER.find((each) => String(each) === event.target.value);
              if (chosen !== undefined) setMinutes(chosen);
            }}
          >
            {LOCK_AFTER.map((each) => (
              <option key={each} value={each}>
                {inWords(each)}
              </option>
            ))}
          </Select>
        </label>
        <p id={hintId} className="text-xs text-muted">
          Without pointer, key or a look at any tab. A job that runs puts it off until it ends. “Lock now”
          pauses jobs that use a remembered key; resuming them asks for the passphrase.
        </p>
      </div>
      <p className="text-xs text-muted">
        The passphrase protects keys in a copied or stolen browser profile. It does not protect them, while
        they are unlocked, from browser extensions, from malware on this device, or from whoever can change
        this site.
      </p>
      <ForgetEverything onForget={onForgetEverything} />
    </section>
  );
}
