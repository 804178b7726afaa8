import type { SeenAsset } from '@/domain/plan';
import { asSeen } from '@/domain/seen-asset';

import { begin } from './database';
import { LedgerError } from './ledger';
import { toLedgerError } from './ledger-error';

/** Marks name what may go; pins name what must stay. */
export type KeptList = 'marks' | 'pins';

/** An asset on one of the lists, as it was last seen, and since when: ms since 1970. */
export interface Kept {
  readonly asset: SeenAsset;
  readonly keptAt: number;
}

export type KeptById = ReadonlyMap<string, Kept>;

export interface KeptView {
  /** By connection, then by asset; null until it was read. */
  readonly all: ReadonlyMap<string, KeptById> | null;
  /** Why the list could not be read; null when it could. */
  readonly problem: string | null;
}

/** A list of assets that this browser keeps for a person, the same in all its tabs. */
export interface KeptAssets {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  view(): KeptView;
  /** What is on the list for one connection, once it was read. @throws LedgerError when it cannot be */
  of(connectionId: string): Promise<KeptById>;
  /**
   * Shown at once and written as one; what is on the list already stays there since when it was, as it is seen now.
   * @param since times to put back, of what was removed before
   * @throws LedgerError and takes it back when it cannot be written
   */
  add(connectionId: string, assets: readonly SeenAsset[], since?: KeptById): Promise<void>;
  /** @throws LedgerError as `add` does */
  remove(connectionId: string, ids: Iterable<string>): Promise<void>;
  /** Lets go of the other tabs. */
  close(): void;
}

/** What is to be on the list for one connection; null is to be off it. */
interface Change {
  readonly connectionId: string;
  readonly kept: ReadonlyMap<string, Kept | null>;
}

const CHANNEL = 'winnow-kept';
const NOTHING: KeptById = new Map();

/** Opens one list; one per page and list is enough. */
export function createKeptAssets(list: KeptList): KeptAssets {
  const listeners = new Set<() => void>();
  const channel = new BroadcastChannel(CHANNEL);
  /** As the database has it. */
  let stored: ReadonlyMap<string, KeptById> | null = null;
  /** Shown, but not yet written. What fails is taken out again, whatever happened before and after it. */
  let pending: readonly Change[] = [];
  let problem: string | null = null;
  let view: KeptView = { all: null, problem };
  let outdated = false;
  let reading: Promise<void> | null = null;
  let closed = false;

  function show() {
    view = { all: stored === null ? null : pending.reduce(changed, stored), problem };
    for (const listener of listeners) listener();
  }

  /** Reads the whole list again: the database alone knows in which order the tabs wrote. */
  function read(): Promise<void> {
    outdated = true;
    return (reading ??= readAll());
  }

  async function readAll() {
    while (outdated && !closed) {
      outdated = false;
      try {
        const index = await begin((database) => database.transaction('kept').store.index('list'));
        stored = byConnection(await index.getAll(list));
        problem = null;
      } catch (error) {
        problem = `Marks and pins cannot be read. ${toLedgerError(error).message}`;
      }
      show();
    }
    reading = null;
  }

  async function write(change: Change) {
    if (change.kept.size === 0) return;
    pending = [...pending, change];
    show();
    try {
      await writeDown(list, change);
    } catch (error) {
      pending = pending.filter((each) => each !== change);
      show();
      throw toLedgerError(error);
    }
    // What is shown stays as it is: transactions end in the order in which they began, those that read the list too.
    pending = pending.filter((each) => each !== change);
    if (stored === null) void read();
    else stored = pending.length === 0 ? view.all : changed(stored, change);
    if (!closed) channel.postMessage(list);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === list) void read();
  };
  void read();

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    async of(connectionId) {
      if (view.all === null || problem !== null) await read();
      if (view.all === null || problem !== null) throw new LedgerError(problem ?? 'This list is closed.');
      return view.all.get(connectionId) ?? NOTHING;
    },
    add(connectionId, assets, since) {
      const before = view.all?.get(connectionId);
      const now = Date.now();
      const kept = assets.map((asset): [string, Kept] => {
        const { keptAt } = before?.get(asset.id) ?? since?.get(asset.id) ?? { keptAt: now };
        return [asset.id, { asset: asKept(asset), keptAt }];
      });
      return write({ connectionId, kept: new Map(kept) });
    },
    remove(connectionId, ids) {
      // What is not on the list costs nothing: all that is deleted is taken off it, a few at a time.
      const there = (id: string) => view.all === null || view.all.get(connectionId)?.has(id) === true;
      return write({ connectionId, kept: new Map([...ids].filter(there).map((id) => [id, null])) });
    },
    close() {
      closed = true;
      listeners.clear();
      channel.close();
    },
  };
}

/** All or nothing, and on the disk before it counts. */
async function writeDown(list: KeptList, { connectionId, kept }: Change) {
  const transaction = await begin((database) =>
    database.transaction('kept', 'readwrite', { durability: 'strict' }),
  );
  const { store } = transaction;
  const requests: Promise<unknown>[] = [transaction.done];
  try {
    for (const [id, entry] of kept) {
      requests.push(
        entry === null
          ? store.delete([list, connectionId, id])
          : store.put({ list, connectionId, id, ...entry }),
      );
    }
  } catch (error) {
    transaction.abort(); // or what was asked for so far would be written
    await Promise.allSettled(requests);
    throw error;
  }
  await Promise.all(requests);
}

function changed(all: ReadonlyMap<string, KeptById>, { connectionId, kept }: Change) {
  const next = new Map(all.get(connectionId));
  for (const [id, entry] of kept) {
    if (entry === null) next.delete(id);
    else next.set(id, entry);
  }
  return new Map(all).set(connectionId, next);
}

function byConnection(rows: readonly (Kept & { readonly connectionId: string; readonly id: string })[]) {
  const all = new Map<string, Map<string, Kept>>();
  for (const { connectionId, id, asset, keptAt } of rows) {
    const kept = all.get(connectionId) ?? new Map<string, Kept>();
    all.set(connectionId, kept.set(id, { asset, keptAt }));
  }
  return all;
}

/** A signed preview must not outlive the page. */
const asKept = (asset: SeenAsset): SeenAsset => ({
  ...asSeen(asset),
  preview: asset.preview?.access === 'connection' ? asset.preview : null,
});
