import type { Connection } from '@/domain/connection';
import { createComfyProvider } from './comfy/client';
import { COMFY_FLAVOURS } from './comfy/flavour';
import type { AssetProvider, ReadKey } from './provider';
import { createRoughyProvider } from './roughy/client';

/** The client of a connection's provider. */
export function createProvider(connection: Connection, readKey: ReadKey): AssetProvider {
  switch (connection.kind) {
    case 'comfy-cloud':
    case 'comfyui':
      return createComfyProvider(connection, COMFY_FLAVOURS[connection.kind], readKey);
    case 'roughy':
      return createRoughyProvider(connection, readKey);
  }
}
