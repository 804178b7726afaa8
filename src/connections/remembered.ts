import { useSyncExternalStore } from 'react';
import * as v from 'valibot';

import type { Connection } from '@/domain/connection';

/** The encrypted keys of this device, as one record. What is in it, is the vault's business (`vault/`). */
const NAME = 'winnow.vault';

const listeners = new Set<() => void>();

export function readVaultText(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}

/** @param text null removes it @throws DOMException when this browser keeps nothing, or no more */
export function writeVaultText(text: string | null): void {
  if (text === null) localStorage.removeItem(NAME);
  else localStorage.setItem(NAME, text);
  for (const listener of listeners) listener();
}

/** Also of changes that other tabs make. */
export function onVaultChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** As much of the record as tells which connections are in it. It proves nothing: only unlocking does. */
const outlineSchema = v.object({
  entries: v.array(v.object({ connectionId: v.string(), baseUrl: v.string() })),
});

type Outline = v.InferOutput<typeof outlineSchema>['entries'];

/** Null when there is a record that cannot be read. */
export function rememberedEntries(text = readVaultText()): Outline | null {
  if (text === null) return [];
  try {
    const { success, output } = v.safeParse(outlineSchema, JSON.parse(text));
    return success ? output.entries : null;
  } catch {
    return null;
  }
}

export type Remembered = 'yes' | 'no' | 'unreadable';

/** Whether the vault has a key for this connection at this very address. */
export function isRemembered({ id, baseUrl }: Pick<Connection, 'id' | 'baseUrl'>): Remembered {
  const entries = rememberedEntries();
  if (entries === null) return 'unreadable';
  return entries.some((entry) => entry.connectionId === id && entry.baseUrl === baseUrl) ? 'yes' : 'no';
}

export const useIsRemembered = (connection: Pick<Connection, 'id' | 'baseUrl'>): Remembered =>
  useSyncExternalStore(onVaultChange, () => isRemembered(connection));

/** The record as it stands, for whoever shows what is in it. */
export const useVaultText = (): string | null => useSyncExternalStore(onVaultChange, readVaultText);
