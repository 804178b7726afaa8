import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off: preferences last as long as the page
  }
}

/** What could not be stored: newer than what storage still holds. */
const unstored = new Map<string, string>();

/** A preference, remembered on this device and shared by all tabs. Never for keys. */
export function useStored(name: string, initial: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => readStored(name) ?? initial);
  return [value, (next) => writeStored(name, next)];
}

export const readStored = (name: string): string | null => unstored.get(name) ?? read(name);

/** @returns whether it outlives the page */
export function writeStored(name: string, value: string): boolean {
  let kept = true;
  try {
    localStorage.setItem(name, value);
    unstored.delete(name);
  } catch {
    // Private windows and full disks: the choice lasts as long as the page.
    unstored.set(name, value);
    kept = false;
  }
  for (const listener of listeners) listener();
  return kept;
}
