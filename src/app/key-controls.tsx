import { Lock, ShieldCheck } from 'lucide-react';
import { Suspense, useState } from 'react';

import { useIsUnlocked } from '@/connections/keyring';
import type { KeysOnDeviceProps } from '@/features/connect/keys-on-device';
import { preloadable } from '@/lib/preloadable';
import { IconButton } from '@/ui/button';

const KeysDialog = preloadable(() => import('@/features/connect/keys-dialog'));
const IdleLock = preloadable(() => import('@/features/connect/idle-lock'));

/** The keys of this device, in reach from every page. */
export function KeyControls({ isBusy, ...about }: KeysOnDeviceProps & { isBusy: () => boolean }) {
  const isUnlocked = useIsUnlocked();
  const [open, setOpen] = useState(false);
  return (
    <>
      {isUnlocked && (
        <IconButton label="Lock now" onClick={about.onLock}>
          <Lock aria-hidden className="size-4" />
        </IconButton>
      )}
      <IconButton label="Keys and this device" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ShieldCheck aria-hidden className="size-4" />
      </IconButton>
      <Suspense>
        {isUnlocked && <IdleLock isBusy={isBusy} onIdle={about.onLock} />}
        {open && <KeysDialog {...about} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
