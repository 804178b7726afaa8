import type { Connection } from '@/domain/connection';
import { readStored, writeStored } from '@/lib/use-stored';

import type { ListedConnection } from './arrange';
import { OWN_CONNECTIONS, parseOwn, toConnection, type OwnConnections } from './own-connections';

/** What a person says about a connection. */
export type ConnectionDraft = Pick<Connection, 'kind' | 'label' | 'baseUrl' | 'colour'>;

/**
 * An id that was never another's: keys, marks, pins and jobs are kept by it. `crypto.randomUUID` is missing without https.
 */
export function newConnectionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `own-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Changes what is kept, as it is now: another tab may have changed it since it was drawn.
 * @returns whether it outlives the page
 */
export function changeOwn(pageUrl: string, change: (kept: OwnConnections) => OwnConnections): boolean {
  const { own, order, hidden } = change(parseOwn(readStored(OWN_CONNECTIONS), pageUrl).kept);
  const entries = own.map(({ id, kind, label, baseUrl, colour }) => ({ id, kind, label, baseUrl, colour }));
  return writeStored(OWN_CONNECTIONS, JSON.stringify({ version: 1, own: entries, order, hidden }));
}

/** @param at its place among the person's own, for one that comes back */
export const added = (
  kept: OwnConnections,
  connection: Connection,
  at = kept.own.length,
): OwnConnections => ({ ...kept, own: kept.own.toSpliced(at, 0, connection) });

/**
 * The same connection with other words about it. Another address or provider is another connection, with an id of its
 * own: what is kept for the old one (its key, marks, pins, jobs) must not follow it there.
 */
export const edited = (before: Connection, draft: ConnectionDraft): Connection =>
  toConnection({ ...draft, id: goesElsewhere(before, draft) ? newConnectionId() : before.id });

export const goesElsewhere = (
  before: Pick<Connection, 'kind' | 'baseUrl'>,
  after: Pick<Connection, 'kind' | 'baseUrl'>,
): boolean => before.kind !== after.kind || before.baseUrl !== after.baseUrl;

/** Puts `after` in the place of the connection `id`. */
export const replaced = (kept: OwnConnections, id: string, after: Connection): OwnConnections => ({
  ...kept,
  own: kept.own.map((connection) => (connection.id === id ? after : connection)),
  order: kept.order.map((each) => (each === id ? after.id : each)),
});

/** Its place in the order stays, so that it can come back there. */
export const removed = (kept: OwnConnections, id: string): OwnConnections => ({
  ...kept,
  own: kept.own.filter((connection) => connection.id !== id),
});

export const withHidden = (kept: OwnConnections, id: string, hidden: boolean): OwnConnections => ({
  ...kept,
  hidden: [...kept.hidden.filter((each) => each !== id), ...(hidden ? [id] : [])],
});

/** Where a connection stands after one step up (-1) or down (1); null where it cannot go there. */
export function stepTarget(all: readonly ListedConnection[], id: string, step: -1 | 1): number | null {
  const from = all.findIndex(({ connection }) => connection.id === id);
  const mover = all[from];
  const other = all[from + step];
  // Made-up ones stay at the end.
  if (mover === undefined || other === undefined) return null;
  return (mover.origin === 'demo') === (other.origin === 'demo') ? from + step : null;
}

/** One step up or down; the same where there is none. */
export function moved(
  kept: OwnConnections,
  all: readonly ListedConnection[],
  id: string,
  step: -1 | 1,
): OwnConnections {
  const target = stepTarget(all, id, step);
  if (target === null) return kept;
  const order = all.map(({ connection }) => connection.id).filter((each) => each !== id);
  order.splice(target, 0, id);
  return { ...kept, order };
}

/** A label that no other connection has: a number is put behind it where one does. */
export function freeLabel(label: string, taken: readonly string[]): string {
  if (!taken.some((other) => sameLabel(other, label))) return label;
  for (let number = 2; ; number += 1) {
    const numbered = `${label} ${number}`;
    if (!taken.some((other) => sameLabel(other, numbered))) return numbered;
  }
}

/** Labels that people could not tell apart. */
export const sameLabel = (a: string, b: string): boolean => plain(a) === plain(b);

const plain = (label: string) => label.normalize('NFKC').trim().toLocaleLowerCase('en');
