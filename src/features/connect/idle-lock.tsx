import { useEffect } from 'react';

import { watchIdleness } from '@/connections/vault/idle-lock';
import { useHandler } from '@/lib/use-handler';

import { useLockAfter } from './lock-after';

/** While keys are unlocked: locks them when nobody is there. Shows nothing. */
export default function IdleLock({ isBusy, onIdle }: { isBusy: () => boolean; onIdle: () => void }) {
  const [minutes] = useLockAfter();
  const lock = useHandler(onIdle);
  useEffect(
    () => (minutes === 0 ? undefined : watchIdleness({ minutes, isBusy, onIdle: lock })),
    [minutes, isBusy, lock],
  );
  return null;
}
