import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  // Four looks a second: a whole second is never shown late by more than a quarter.
  const timer = setInterval(listener, 250);
  return () => clearInterval(timer);
}

/** Whole seconds until an instant (ms since 1970), counting down by itself; 0 once it is over. */
export const useSecondsUntil = (instant: number): number =>
  useSyncExternalStore(subscribe, () => Math.max(0, Math.ceil((instant - Date.now()) / 1000)));
