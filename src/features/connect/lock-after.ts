import { useStored } from '@/lib/use-stored';

/** Minutes without anybody there, after which the keys of this device are locked; 0 is never. */
export const LOCK_AFTER = [5, 15, 60, 0] as const;
export type LockAfter = (typeof LOCK_AFTER)[number];

const DEFAULT: LockAfter = 15;

export function useLockAfter(): [LockAfter, (minutes: LockAfter) => void] {
  const [stored, store] = useStored('winnow.lock-after', String(DEFAULT));
  // Whatever else is stored there: better locked than open.
  const minutes = LOCK_AFTER.find((each) => String(each) === stored) ?? DEFAULT;
  return [minutes, (next) => store(String(next))];
}
