import { isAsset, type Asset, type AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { NotFoundError } from '@/domain/errors';
import type { AssetProvider } from '@/providers/provider';

import type { LibraryStore } from '../library-store';
import type { Overlay } from './overlay';
import type { Patience } from './patience';

/** So many are asked for at a time where a page can be asked for before the one in front of it is there. */
export const PAGES_IN_FLIGHT = 4;

/** What every part of a walk works with. */
export interface WalkContext {
  readonly provider: AssetProvider;
  readonly call: LibraryStore['call'];
  readonly patience: Patience;
  readonly overlay: Overlay;
  readonly signal: AbortSignal;
  /** After each page. */
  readonly onProgress: (progress: WalkStanding) => void;
}

/** How far a walk has come. */
export interface WalkStanding {
  /** Different rows met in this pass. */
  readonly met: number;
  readonly total: number | null;
  readonly round: number;
}

/** A page, and when it was asked for: ms since 1970. */
interface AnsweredPage extends AssetPage {
  readonly askedAt: number;
}

/** One page of a list, waited for. */
export function listPage(
  { provider, patience }: WalkContext,
  query: AssetQuery,
  after: string | null = null,
): Promise<AnsweredPage> {
  return patience.ask(async (signal) => {
    const askedAt = Date.now();
    return { ...(await provider.listAssets(query, { after, signal })), askedAt };
  });
}

/** The readable rows of a page as they are now, each once. */
export const assetsOf = ({ overlay }: WalkContext, { rows, askedAt }: AnsweredPage): readonly Asset[] => [
  ...new Map(overlay.apply(rows.filter(isAsset), askedAt).map((asset) => [asset.id, asset])).values(),
];

const AT_A_TIME = 4;

/** Looks at assets one by one. @returns those that are there, and the ids of those that are gone; the rest nobody can tell */
export async function lookAt(
  { provider, patience, overlay }: WalkContext,
  ids: readonly string[],
): Promise<{ readonly there: readonly Asset[]; readonly gone: readonly string[] }> {
  const there: Asset[] = [];
  const gone: string[] = [];
  const queue = [...ids];
  const look = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const asked = id;
      const askedAt = Date.now();
      try {
        const asset = await patience.ask((signal) => provider.getAsset(asked, { signal }));
        there.push(...overlay.apply([asset], askedAt));
      } catch (error) {
        // A web server's own 404 page proves nothing about an asset.
        if (!(error instanceof NotFoundError)) throw error;
        if (error.fromApi) gone.push(asked);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, look));
  return { there, gone };
}
