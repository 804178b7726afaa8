import type { LibraryError } from './library-error';
import type { LibraryStore } from './library-store';

/** How far a walk over the library has come. */
export interface WalkProgress {
  /** What it is for: `scan` builds the index, `sync` finds what changed since. */
  readonly purpose: 'scan' | 'sync';
  /** Rows read so far. */
  readonly read: number;
  /** Rows in all, as the provider counts them at this moment; null when nobody knows. */
  readonly total: number | null;
  readonly pass: number;
  /** Rows per second of late; null at the beginning. */
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Why it waits (429, 5xx, offline) in words, and until when: ms since 1970; null when it does not. */
  readonly waiting: { readonly why: string; readonly until: number } | null;
}

/** What is known of an index. Times are ms since 1970. */
export interface IndexView {
  readonly state:
    /** It is being opened: nothing is known yet. */
    | 'opening'
    /** There is none: it has to be built first. */
    | 'none'
    /** It is being built; questions can be asked, and the answers say that they are not complete. */
    | 'building'
    /** Complete, as of `syncedAt`. */
    | 'ready'
    /** It cannot be used; `error` says why. */
    | 'failed';
  /** The walk under way, of whichever tab; null when there is none. */
  readonly walk: WalkProgress | null;
  /** A walk that was stopped by the person, or by the end of its tab: it can go on where it was. */
  readonly paused: boolean;
  /** Why the last walk ended early; null when it did not. */
  readonly walkError: unknown;
  /** Rows in the index. */
  readonly count: number;
  /** When it was last known to be complete and current; null when never. */
  readonly syncedAt: number | null;
  /** Rows that broke the contract: in no answer. */
  readonly unreadable: number;
  /** How many more the provider counts than all its lists show, unreadable ones aside; 0 when it all agrees. */
  readonly unlisted: number;
  /** What the last walk found to be different; null before the first sync. */
  readonly lastSync: SyncSummary | null;
  /** Null when it is kept on this device; otherwise why not, in words for a person. */
  readonly notKept: string | null;
  /** What was wrong with the index that was there before; null when nothing was. */
  readonly rebuilt: string | null;
  readonly error: LibraryError | null;
}

/** What a sync found. */
export interface SyncSummary {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /** How many list requests it took. */
  readonly requests: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The index of one connection: what is in it, and the ways to build it and to keep it current. One per page and connection. */
export interface LibraryIndex {
  readonly connectionId: string;
  /** Opened when it is first asked for, which makes one where there is none. */
  readonly store: LibraryStore;
  readonly subscribe: (listener: () => void) => () => void;
  /** The same object until something changes. */
  view(): IndexView;
  /** Builds it, or goes on building it; resolves when that has ended, however it did. */
  build(): Promise<void>;
  /** Finds what changed at the provider. */
  sync(): Promise<void>;
  /** Reads everything anew: for what a sync cannot see. */
  rescan(): Promise<void>;
  /** Stops the walk, of whichever tab, where it is. */
  pause(): void;
  /** Stops the walk, of whichever tab; what it has read stays, and counts as incomplete when it was the first. */
  cancel(): void;
  /** Opens it once more after it has failed; whatever is in it stays. */
  reopen(): void;
  /** Deletes the index from this device, for all tabs. @throws LibraryError */
  forget(): Promise<void>;
  /** The provider confirmed that these are gone. */
  applyGone(ids: readonly string[]): Promise<void>;
  /** Tags as the provider reported them after a change. */
  applyTags(tags: ReadonlyMap<string, readonly string[]>): Promise<void>;
  close(): void;
}
