import { Lock } from 'lucide-react';
import { Suspense } from 'react';

import { useIsUnlocked } from '@/connections/keyring';
import { IconButton } from '@/ui/button';
import { preloadable } from '@/ui/preloadable';

const IdleLock = preloadable(() => import('@/features/connect/idle-lock'));

/** The lock for the keys of this device, in reach from every page while they are unlocked. */
export function KeyControls({ isBusy, onLock }: { isBusy: () => boolean; onLock: () => void }) {
  const isUnlocked = useIsUnlocked();
  if (!isUnlocked) return null;
  return (
    <>
      <IconButton label="Lock now" onClick={onLock}>
        <Lock aria-hidden className="size-4" />
      </IconButton>
      <Suspense>
        <IdleLock isBusy={isBusy} onIdle={onLock} />
      </Suspense>
    </>
  );
}
