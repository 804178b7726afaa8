import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { Verification } from '@/domain/job';
import type { AssetProvider } from '@/providers/provider';

import { ConnectionGate } from './connection-gate';
import { look } from './look';
import { Pace } from './pace';
import { walkPages } from './walk-pages';

export interface VerifyRun {
  readonly provider: AssetProvider;
  /** Ids that count as gone. */
  readonly ids: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly looked: number; readonly of: number }) => void;
}

/** From so many on, walking the whole library may be cheaper than looking at each. */
const MANY = 500;
const MOST_AT_ONCE = 8;
/** Nobody answers: the rest would only take as long. */
const MOST_UNCLEAR_IN_A_ROW = 10;

/**
 * Looks whether assets are gone.
 *
 * "Confirmed" means one of two things: the API itself answered 404 when asked for this id, or a walk over the person's
 * whole library, from the first page to the last, did not meet it. A walk counts only if it met as many assets as the
 * library says to have. An id that a list still shows is asked for by itself, so a list that is behind accuses nobody.
 * It says nothing about stored bytes.
 * @throws the signal's reason when it is aborted
 */
export async function verifyGone({ provider, ids, signal, onProgress }: VerifyRun): Promise<Verification> {
  const halt = new AbortController();
  const of = ids.length;
  let confirmed = 0;
  let unclear = 0;
  let unclearInARow = 0;
  const stillThere: string[] = [];

  const giveUp = () => {
    halt.abort();
    gate.shut();
  };
  const gate = new ConnectionGate(new Pace(), {
    ...{ onWait: () => undefined, onRefused: giveUp, onStuck: giveUp },
  });

  /** @returns ids that need a look; null when the walk proves nothing */
  async function walk(): Promise<readonly string[] | null> {
    const met = new Set<string>();
    let total = 0;
    const viaGate: AssetProvider = {
      ...provider,
      listAssets: (query, scope) => gate.send(() => provider.listAssets(query, scope)),
    };
    try {
      for await (const page of walkPages(viaGate, DEFAULT_QUERY, halt.signal)) {
        if (page.total / provider.maxPageSize >= ids.length) return null;
        total = Math.max(total, page.total);
        for (const { id } of page.rows) if (id !== null) met.add(id);
      }
    } catch {
      return null;
    }
    return met.size < total ? null : ids.filter((id) => met.has(id));
  }

  async function lookAtEach(left: string[]) {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const seen = halt.signal.aborted
        ? 'halted'
        : (await look({ provider, gate, halted: halt.signal }, id, { whenStopping: false })).found;
      if (seen === 'gone') confirmed += 1;
      else if (seen === 'asset' || seen === 'unreadable') stillThere.push(id);
      else unclear += 1;
      unclearInARow = seen === 'unclear' ? unclearInARow + 1 : 0;
      if (unclearInARow >= MOST_UNCLEAR_IN_A_ROW) giveUp();
      onProgress({ looked: confirmed + stillThere.length + unclear, of });
    }
  }

  signal.addEventListener('abort', giveUp);
  try {
    signal.throwIfAborted();
    const listed = of > MANY ? await walk() : null;
    if (listed !== null) {
      confirmed = of - listed.length;
      onProgress({ looked: confirmed, of });
    }
    const left = [...(listed ?? ids)].reverse();
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, () => lookAtEach(left)));
    signal.throwIfAborted();
    return { confirmed, of, stillThere, unclear };
  } finally {
    signal.removeEventListener('abort', giveUp);
    gate.shut();
  }
}
