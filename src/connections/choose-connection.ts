import type { Connection } from '@/domain/connection';

/**
 * Which connection opens: the one in the URL, else the one used last, else one whose key is at hand,
 * else the demo, else the first.
 * @returns null only when there is none
 */
export function chooseConnection(
  connections: readonly Connection[],
  asked: string | null,
  lastUsed: string | null,
  hasKey: (connectionId: string) => boolean,
): Connection | null {
  const byId = (id: string | null) => connections.find((connection) => connection.id === id);
  return (
    byId(asked) ??
    byId(lastUsed) ??
    connections.find((connection) => hasKey(connection.id)) ??
    connections.find((connection) => connection.demo) ??
    connections[0] ??
    null
  );
}
