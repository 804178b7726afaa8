import type { LibraryError } from './library-error';
import type { IndexView, WalkProgress } from './library-index';
import type { IndexStanding } from './store/walk-calls';

/** What an index knows of itself. */
export interface Known {
  /** Whether there is one, or may be: then its database is open. */
  readonly isOpen: boolean;
  /** Null until the database has answered. */
  readonly standing: IndexStanding | null;
  readonly progress: WalkProgress | null;
  readonly walkError: unknown;
  readonly notKept: string | null;
  readonly rebuilt: string | null;
  readonly error: LibraryError | null;
}

/** The same for a person to see. */
export function viewOf(known: Known): IndexView {
  const { standing, progress, walkError, notKept, rebuilt, error } = known;
  const { complete = null, walk = null, count = 0 } = standing ?? {};
  const unreadable = complete?.unreadable ?? 0;
  const gap = complete?.gaps.reduce((sum, each) => sum + each, 0) ?? 0;
  return {
    state: stateOf(known),
    walk: progress,
    paused: progress === null && walk !== null,
    ...{ walkError, count, unreadable, notKept, rebuilt, error },
    syncedAt: complete?.syncedAt ?? null,
    unlisted: Math.max(0, gap - unreadable),
    lastSync: complete?.lastSync ?? null,
  };
}

function stateOf({ isOpen, standing, progress, error }: Known): IndexView['state'] {
  if (error !== null) return 'failed';
  if (!isOpen) return progress === null ? 'none' : 'opening';
  if (standing === null) return 'opening';
  if (standing.complete !== null) return 'ready';
  const isBegun = progress !== null || standing.walk !== null || standing.count > 0;
  return isBegun ? 'building' : 'none';
}
