import { onKeyForgotten, readKey } from '@/connections/keyring';
import type { Connection } from '@/domain/connection';
import type { AssetProvider } from '@/providers/provider';
import { createProvider } from '@/providers/registry';

const providers = new Map<string, AssetProvider>();

// What a client remembers was read with the key, and goes with it.
onKeyForgotten((connectionId) => providers.delete(connectionId));

/** One client for each connection, so that what it remembers (project names) lasts. */
export function providerFor(connection: Connection): AssetProvider {
  const known = providers.get(connection.id);
  if (known?.connection === connection) return known;
  const made = createProvider(connection, () => (connection.demo ? null : readKey(connection.id)));
  providers.set(connection.id, made);
  return made;
}
