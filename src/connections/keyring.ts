import { useSyncExternalStore } from 'react';

/**
 * Where API keys are: in this module's memory and, only when the person asks for it, in sessionStorage,
 * which ends with the tab. Nothing else in Winnow holds one that can be read; readers ask at the moment of the
 * request. What is remembered on the device is encrypted (`vault/`), and here only while it is unlocked.
 */
const keys = new Map<string, string>();
/** Whose key came out of the vault, and goes when that is locked. */
const unlocked = new Set<string>();
const listeners = new Set<() => void>();
const forgetters = new Set<(connectionId: string) => void>();
const lockers = new Set<() => void>();

const PREFIX = 'winnow.key.';
const storageName = (connectionId: string) => `${PREFIX}${connectionId}`;

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
  unlocked.delete(connectionId);
  session((storage) => {
    if (keepForTab) storage.setItem(storageName(connectionId), key);
    else storage.removeItem(storageName(connectionId));
  });
  tell();
}

/** Holds a key of the vault, until that is locked. */
export function holdUnlockedKey(connectionId: string, key: string): void {
  rememberKey(connectionId, key, false);
  unlocked.add(connectionId);
  tell();
}

export function forgetKey(connectionId: string): void {
  keys.delete(connectionId);
  unlocked.delete(connectionId);
  session((storage) => storage.removeItem(storageName(connectionId)));
  for (const forgetter of forgetters) forgetter(connectionId);
  tell();
}

/** Forgets the keys that came out of the vault, and what was read with them. */
export function lockKeys(): void {
  // First: whoever is in the middle of unlocking must not put them back.
  for (const locker of lockers) locker();
  for (const connectionId of unlockedIds()) forgetKey(connectionId);
  tell();
}

/** Forgets every key of this tab, and what was read with it. @returns how many there were */
export function forgetAllKeys(): number {
  const kept = session((storage) => Object.keys(storage).filter((name) => name.startsWith(PREFIX))) ?? [];
  const ids = new Set([...keys.keys(), ...kept.map((name) => name.slice(PREFIX.length))]);
  lockKeys();
  for (const id of ids) forgetKey(id);
  return ids.size;
}

/** For whatever remembers what it read with a key: it is to be forgotten with it. */
export function onKeyForgotten(forgetter: (connectionId: string) => void): () => void {
  forgetters.add(forgetter);
  return () => void forgetters.delete(forgetter);
}

/** For the vault, whose own key goes as well. */
export const onLock = (locker: () => void): void => void lockers.add(locker);

function tell() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the key of a connection is right now. */
export type KeyPlace = 'nowhere' | 'memory' | 'tab' | 'vault';

function keyPlace(connectionId: string): KeyPlace {
  if (session((storage) => storage.getItem(storageName(connectionId))) !== null) return 'tab';
  if (unlocked.has(connectionId)) return 'vault';
  return keys.has(connectionId) ? 'memory' : 'nowhere';
}

export const useKeyPlace = (connectionId: string): KeyPlace =>
  useSyncExternalStore(subscribe, () => keyPlace(connectionId));

/** Whether there is a key; the key itself never enters React. */
export const useHasKey = (connectionId: string): boolean =>
  useSyncExternalStore(subscribe, () => hasKey(connectionId));

/** Connections whose key is here because the vault is unlocked. */
export const unlockedIds = (): readonly string[] => [...unlocked];

/** Whether there is anything that could be locked. */
export const useIsUnlocked = (): boolean => useSyncExternalStore(subscribe, () => unlocked.size > 0);
