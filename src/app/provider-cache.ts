import { readKey } from '@/connections/keyring';
import type { Connection } from '@/domain/connection';
import type { AssetProvider } from '@/providers/provider';
import { createProvider } from '@/providers/registry';

const providers = new WeakMap<Connection, AssetProvider>();

/** One client for each connection, so that what it remembers (project names) lasts. */
export function providerFor(connection: Connection): AssetProvider {
  const known = providers.get(connection);
  if (known !== undefined) return known;
  const made = createProvider(connection, () => (connection.demo ? null : readKey(connection.id)));
  providers.set(connection, made);
  return made;
}
