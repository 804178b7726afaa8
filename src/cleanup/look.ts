import type { Asset } from '@/domain/asset';
import { NotFoundError, WrongShapeError } from '@/domain/errors';
import type { AssetProvider } from '@/providers/provider';

import { Halted, type ConnectionGate } from './connection-gate';
import { pause } from './pause';
import { delayBeforeNextTry } from './tries';

/** What a look at one asset showed. */
export type Look =
  | { readonly found: 'asset'; readonly asset: Asset }
  | { readonly found: 'gone' }
  /** It is there, and what it is like cannot be read. */
  | { readonly found: 'unreadable'; readonly error: unknown }
  | { readonly found: 'unclear'; readonly error: unknown }
  /** The run was stopped before anybody could look. */
  | { readonly found: 'halted' };

export interface Looking {
  readonly provider: Pick<AssetProvider, 'getAsset'>;
  readonly gate: ConnectionGate;
  /** Ends waits between tries. */
  readonly halted: AbortSignal;
}

/** Looks at an asset, up to three times. Only the API's own 404 proves that it is gone. */
export async function look(
  { provider, gate, halted }: Looking,
  id: string,
  options: { readonly whenStopping: boolean },
): Promise<Look> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { found: 'asset', asset: await gate.send(() => provider.getAsset(id), options) };
    } catch (error) {
      if (error instanceof Halted) return { found: 'halted' };
      if (error instanceof NotFoundError && error.fromApi) return { found: 'gone' };
      if (error instanceof WrongShapeError) return { found: 'unreadable', error };
      const delay = delayBeforeNextTry(tries, error);
      if (delay === null) return { found: 'unclear', error };
      await pause(delay, halted);
      if (halted.aborted) return { found: 'halted' };
    }
  }
}
