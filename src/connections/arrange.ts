import type { Connection } from '@/domain/connection';
import { readStored, useStored } from '@/lib/use-stored';

import type { SiteConfig } from './config';
import { OWN_CONNECTIONS, parseOwn, type OwnConnections } from './own-connections';

/** A connection in its place among all of them. */
export interface ListedConnection {
  readonly connection: Connection;
  /** Those of the site can be hidden, not edited. */
  readonly origin: 'site' | 'own' | 'demo';
  readonly hidden: boolean;
}

export interface Connections {
  /** First to last, made-up ones at the end, hidden ones among them. */
  readonly all: readonly ListedConnection[];
  /** Those that are offered. */
  readonly shown: readonly Connection[];
  /** What was wrong with config.json or with what this browser kept, in words. */
  readonly problems: readonly string[];
}

/** The site's connections and a person's own in one list. An id of the site is never another's as well. */
export function arrange(
  site: Pick<SiteConfig, 'connections'>,
  kept: OwnConnections,
): readonly ListedConnection[] {
  const taken = new Set(site.connections.map(({ id }) => id));
  const given = site.connections.map((connection): ListedConnection => ({
    connection,
    origin: connection.demo ? 'demo' : 'site',
    hidden: kept.hidden.includes(connection.id),
  }));
  const own = kept.own
    .filter(({ id }) => !taken.has(id))
    .map((connection): ListedConnection => ({ connection, origin: 'own', hidden: false }));
  const place = ({ connection: { id } }: ListedConnection) =>
    kept.order.includes(id) ? kept.order.indexOf(id) : kept.order.length;
  return [...given, ...own].sort(
    (a, b) =>
      Number(a.origin === 'demo') - Number(b.origin === 'demo') ||
      place(a) - place(b) ||
      origin(a) - origin(b),
  );
}

const origin = (listed: ListedConnection) => (listed.origin === 'site' ? 0 : 1);

let last: { site: SiteConfig; text: string; pageUrl: string; connections: Connections } | null = null;

/** All connections there are right now. The same object until something changes, and each connection in it. */
export function connectionsOf(
  site: SiteConfig,
  text = readStored(OWN_CONNECTIONS) ?? '',
  pageUrl = document.baseURI,
): Connections {
  if (last?.site === site && last.text === text && last.pageUrl === pageUrl) return last.connections;
  const { kept, problems } = parseOwn(text, pageUrl);
  const before = last?.connections.all ?? [];
  // One that did not change stays the same object: its client, and what that remembers, hang on it.
  const all = arrange(site, { ...kept, own: kept.own.map((connection) => unchanged(before, connection)) });
  const clashes = kept.own.filter((own) => site.connections.some(({ id }) => id === own.id));
  const connections: Connections = {
    all,
    shown: all.filter(({ hidden }) => !hidden).map(({ connection }) => connection),
    problems: [
      ...site.problems,
      ...problems,
      ...clashes.map(
        ({ label }) => `Your connection “${label}” was left out: this site uses its id for another.`,
      ),
    ],
  };
  last = { site, text, pageUrl, connections };
  return connections;
}

function unchanged(before: readonly ListedConnection[], now: Connection): Connection {
  const same = before.find(({ connection }) => JSON.stringify(connection) === JSON.stringify(now));
  return same?.connection ?? now;
}

/** All connections, and each change to them, in whichever tab it was made. */
export function useConnections(site: SiteConfig): Connections {
  const [text] = useStored(OWN_CONNECTIONS, '');
  return connectionsOf(site, text);
}
