import { useSyncExternalStore } from 'react';

/**
 * Where API keys are: in this module's memory and, only when the person asks for it, in sessionStorage,
 * which ends with the tab. Nothing else in Winnow holds one; readers ask at the moment of the request.
 */
const keys = new Map<string, string>();
const listeners = new Set<() => void>();
const forgetters = new Set<(connectionId: string) => void>();

const storageName = (connectionId: string) => `winnow.key.${connectionId}`;

function session<T>(action: (storage: Storage) => T): T | null {
  try {
    return action(sessionStorage);
  } catch {
    return null; // storage is switched off: keys stay in memory only
  }
}

export const readKey = (connectionId: string): string | null =>
  keys.get(connectionId) ?? session((storage) => storage.getItem(storageName(connectionId)));

export const hasKey = (connectionId: string): boolean => readKey(connectionId) !== null;

/** @param keepForTab also survive a reload of this tab */
export function rememberKey(connectionId: string, key: string, keepForTab: boolean): void {
  keys.set(connectionId, key);
  session((storage) => {
    if (keepForTab) storage.setItem(storageName(connectionId), key);
    else storage.removeItem(storageName(connectionId));
  });
  tell();
}

export function forgetKey(connectionId: string): void {
  keys.delete(connectionId);
  session((storage) => storage.removeItem(storageName(connectionId)));
  for (const forgetter of forgetters) forgetter(connectionId);
  tell();
}

/** For whatever remembers what it read with a key: it is to be forgotten with it. */
export const onKeyForgotten = (forgetter: (connectionId: string) => void): void =>
  void forgetters.add(forgetter);

function tell() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the key of a connection is right now. */
export type KeyPlace = 'nowhere' | 'memory' | 'tab';

function keyPlace(connectionId: string): KeyPlace {
  if (session((storage) => storage.getItem(storageName(connectionId))) !== null) return 'tab';
  return keys.has(connectionId) ? 'memory' : 'nowhere';
}

export const useKeyPlace = (connectionId: string): KeyPlace =>
  useSyncExternalStore(subscribe, () => keyPlace(connectionId));

/** Whether there is a key; the key itself never enters React. */
export const useHasKey = (connectionId: string): boolean =>
  useSyncExternalStore(subscribe, () => hasKey(connectionId));
