import { chooseConnection } from '@/connections/choose-connection';
import { hasKey } from '@/connections/keyring';
import type { Connection } from '@/domain/connection';
import { readStored, writeStored } from '@/lib/use-stored';

const LAST_USED = 'winnow.connection';

export const rememberConnection = (id: string): void => void writeStored(LAST_USED, id);

export const currentConnection = (
  connections: readonly Connection[],
  asked: string | null,
): Connection | null => chooseConnection(connections, asked, readStored(LAST_USED), hasKey);
