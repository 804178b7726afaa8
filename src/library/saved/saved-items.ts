import * as v from 'valibot';

import type { ProviderKind } from '@/domain/connection';
import { freeName, type Policy, type SavedView } from '@/domain/saved-view';

import { isReadable, readPolicy, readView } from './saved-schema';

/** Where views and policies are kept in this browser. */
export const SAVED_NAME = 'winnow.views';
export const MOST_SAVED = 500;
const VERSION = 1;

/** All that is kept, of every provider. */
export interface Saved {
  readonly views: readonly SavedView[];
  readonly policies: readonly Policy[];
  /** Entries that this version cannot read: kept as they are for the one that wrote them. */
  readonly unread: { readonly views: readonly unknown[]; readonly policies: readonly unknown[] };
}

export const NOTHING_SAVED: Saved = { views: [], policies: [], unread: { views: [], policies: [] } };

const storedSchema = v.object({
  version: v.literal(VERSION),
  views: v.array(v.unknown()),
  policies: v.array(v.unknown()),
});

/**
 * Reads what this browser kept.
 * @param text as stored; empty when nothing was
 * @returns null when it cannot be read at all, and must not be written over without being asked
 */
export function parseSaved(text: string): Saved | null {
  if (text === '') return NOTHING_SAVED;
  const stored = v.safeParse(storedSchema, parseJson(text));
  if (!stored.success) return null;
  const views = parted(stored.output.views, readView);
  const policies = parted(stored.output.policies, readPolicy);
  return {
    ...{ views: views.read, policies: policies.read },
    unread: { views: views.unread, policies: policies.unread },
  };
}

export const writeSaved = ({ views, policies, unread }: Saved): string =>
  JSON.stringify({
    version: VERSION,
    views: [...views, ...unread.views],
    policies: [...policies, ...unread.policies],
  });

function parted<T extends SavedView | Policy>(
  raws: readonly unknown[],
  read: (raw: unknown) => T | { readonly problem: string },
) {
  const byId = new Map<string, T>();
  const unread: unknown[] = [];
  for (const raw of raws) {
    const entry = read(raw);
    // The second of an id could be neither opened nor changed apart from the first.
    if (isReadable(entry) && !byId.has(entry.id)) byId.set(entry.id, entry);
    else unread.push(raw);
  }
  return { read: [...byId.values()], unread };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // edited by hand
  }
}

/** The lists of what is kept, and what is on them. */
interface Entries {
  readonly views: SavedView;
  readonly policies: Policy;
}
export type ListName = keyof Entries;
type Lists = { readonly [List in ListName]: readonly Entries[List][] };

const listOf = <List extends ListName>(saved: Lists, list: List) => saved[list];

/** Names that an entry of this provider cannot have. @param but the id of the one that may keep its own */
export const takenNames = (
  saved: Saved,
  list: ListName,
  kind: ProviderKind,
  but: string | null,
): readonly string[] =>
  saved[list].filter((entry) => entry.kind === kind && entry.id !== but).map((entry) => entry.name);

/**
 * Puts one in the place of the one with its id, or adds it. A name that is taken gets a number.
 * @param at its place when it is new; the end without one
 */
export function withEntry<List extends ListName>(
  saved: Saved,
  list: List,
  entry: Entries[List],
  at = saved[list].length,
): Saved {
  const name = freeName(entry.name, takenNames(saved, list, entry.kind, entry.id));
  const next = [...listOf(saved, list)];
  const place = next.findIndex(({ id }) => id === entry.id);
  next.splice(place < 0 ? at : place, place < 0 ? 0 : 1, { ...entry, name });
  return { ...saved, [list]: next };
}

export const withoutEntry = (saved: Saved, list: ListName, id: string): Saved => ({
  ...saved,
  [list]: listOf<ListName>(saved, list).filter((entry) => entry.id !== id),
});

/** A copy right after the original, under a name that is free. */
export function duplicated(saved: Saved, list: ListName, id: string, newId: string): Saved {
  const at = saved[list].findIndex((entry) => entry.id === id);
  const original = listOf<ListName>(saved, list)[at];
  return original === undefined
    ? saved
    : withEntry<ListName>(saved, list, { ...original, id: newId }, at + 1);
}

/** Those that act on a view: it cannot go before them. */
export const policiesOf = (saved: Saved, viewId: string): readonly Policy[] =>
  saved.policies.filter((policy) => policy.viewId === viewId);
