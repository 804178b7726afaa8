import type { Connection } from '@/domain/connection';

import { forgetKey } from './keyring';

let known: readonly Connection[] = [];

/**
 * The connections there are now. Tell whenever that changes: a key is for one address, and is forgotten when its
 * connection leads elsewhere or is gone.
 */
export function setKnownConnections(connections: readonly Connection[]): void {
  const before = known;
  known = connections;
  for (const { id, baseUrl } of before) if (!isKnown(id, baseUrl)) forgetKey(id);
}

/** Whether there is this connection, at this very address. */
export const isKnown = (id: string, baseUrl: string): boolean =>
  known.some((connection) => connection.id === id && connection.baseUrl === baseUrl);
