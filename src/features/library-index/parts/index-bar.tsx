import clsx from 'clsx';
import { CircleAlert, Database, Hourglass, MoreHorizontal } from 'lucide-react';
import { Suspense, useId, useRef, useState, type ReactNode } from 'react';

import { UnauthorizedError } from '@/domain/errors';
import { formatCount, formatNumber } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { useSecondsUntil } from '@/lib/use-seconds-until';
import { explainLibraryError } from '@/library/explain-library-error';
import type { IndexView, LibraryIndex, WalkProgress } from '@/library/library-index';
import { Button } from '@/ui/button';
import { Popover } from '@/ui/popover';
import { preloadable } from '@/ui/preloadable';

import { announcement, paceWords, remarksOn, standingWords } from './index-words';

const ForgetIndex = preloadable(() => import('./forget-index'));

export interface IndexBarProps {
  readonly index: LibraryIndex;
  readonly view: IndexView;
  /** How many assets the provider gives at a time, to say what building takes. */
  readonly maxPageSize?: number | null;
  /** How many assets the provider counts; null when nobody asked yet. */
  readonly total?: number | null;
  /** Opens the form for the key; null where there is none. */
  readonly onNeedKey?: (() => void) | null;
}

/** How the index of a library stands, and the ways to build it, to keep it current and to be rid of it. */
export function IndexBar({ index, view, maxPageSize = null, total = null, onNeedKey = null }: IndexBarProps) {
  const now = useNow();
  const main = useRef<HTMLButtonElement>(null);
  const [forgetting, setForgetting] = useState(false);
  const [reopening, setReopening] = useState(false);
  const anewHint = useId();
  const { walk, walkError } = view;
  const reopen = () => {
    setReopening(true);
    index.reopen();
  };
  const action = mainAction(view, index, { onNeedKey, reopen, reopening });
  const hasIndex = view.state !== 'none' && view.state !== 'opening';

  return (
    <section
      aria-label="Library index"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-canvas px-4 py-2 max-md:px-2"
    >
      <p role="status" className="sr-only">
        {announcement(view, now)}
      </p>
      <div
        className={clsx(
          'flex min-w-0 flex-1 flex-col gap-1',
          // One line needs little room, and on a phone the buttons stay beside it.
          view.state === 'ready' && walk === null ? 'basis-56' : 'basis-80',
        )}
      >
        <p className="flex items-start gap-1.5 font-medium">
          <Database aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <span className="min-w-0 wrap-anywhere">{standingWords(view, now)}</span>
        </p>
        {walk !== null && <Walking walk={walk} />}
        {view.state === 'none' && walk === null && <WhatItTakes maxPageSize={maxPageSize} total={total} />}
        {walk === null && remarksOn(view).length > 0 && (
          <p className="text-muted wrap-anywhere">{remarksOn(view).join(' ')}</p>
        )}
        {walk !== null && view.notKept !== null && (
          <p className="text-muted">{view.notKept} The index is in memory only: it goes with this page.</p>
        )}
        {walkError !== null && walk === null && <Failure error={walkError} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {/* One button for whatever is next, so that the focus stays where it was. */}
        {action !== null && (
          <Button
            ref={main}
            look={view.state === 'none' ? 'primary' : 'plain'}
            onClick={(event) => {
              // The second click of a double one was not meant for what the button says by now.
              if (event.detail < 2) action.run();
            }}
          >
            {action.label}
          </Button>
        )}
        {(walk !== null || view.paused) && (
          <Button
            look="quiet"
            onClick={() => {
              main.current?.focus();
              index.cancel();
            }}
          >
            Cancel
          </Button>
        )}
        {hasIndex && walk === null && (
          <Popover
            label="More about the index"
            // Its place is found before what is in it is there.
            className="w-72"
            trigger={<MoreHorizontal aria-hidden className="size-4" />}
            buttonProps={{ look: 'quiet', size: 'icon', 'aria-label': 'More about the index' }}
          >
            <div className="flex flex-col items-stretch gap-1">
              {view.state === 'ready' && !view.paused && (
                <>
                  <MenuButton
                    describedBy={anewHint}
                    onClick={() => {
                      main.current?.focus();
                      void index.rescan();
                    }}
                  >
                    Read everything anew
                  </MenuButton>
                  <p id={anewHint} className="px-2 pb-1 text-xs text-muted">
                    Sync finds what is new, changed or gone. What leaves no trace, such as tags that another
                    program took off without a new date, only this finds.
                  </p>
                </>
              )}
              <MenuButton onClick={() => setForgetting(true)}>Forget the index…</MenuButton>
            </div>
          </Popover>
        )}
      </div>
      <Suspense>
        {forgetting && (
          <ForgetIndex
            index={index}
            onClose={() => setForgetting(false)}
            returnFocus={() => main.current?.focus()}
          />
        )}
      </Suspense>
    </section>
  );
}

interface Action {
  readonly label: string;
  readonly run: () => void;
}

interface Ways {
  readonly onNeedKey: (() => void) | null;
  readonly reopen: () => void;
  /** Whether it is being opened because the person asked for it. */
  readonly reopening: boolean;
}

function mainAction(view: IndexView, index: LibraryIndex, ways: Ways): Action | null {
  const { onNeedKey, reopen, reopening } = ways;
  const build = () => void index.build();
  // First of all: the button must not go, and the focus with it, while the database is opened for a walk.
  if (view.walk !== null) return { label: 'Pause', run: () => index.pause() };
  if (view.state === 'opening') return reopening ? { label: 'Opening…', run: reopen } : null;
  if (view.state === 'failed') {
    const { canRetry } = explainLibraryError(view.error);
    return canRetry ? { label: 'Try again', run: reopen } : null;
  }
  if (view.walkError instanceof UnauthorizedError && onNeedKey !== null) {
    return { label: 'Enter the key', run: onNeedKey };
  }
  if (view.paused) return { label: 'Go on', run: build };
  if (view.state === 'ready') return { label: 'Sync', run: () => void index.sync() };
  return { label: 'Build the index', run: build };
}

function Walking({ walk }: { walk: WalkProgress }) {
  const { read, total, waiting } = walk;
  // A bar without a length is one without an end.
  const length = total === null || total === 0 ? {} : { value: Math.min(read, total), max: total };
  return (
    <>
      <progress aria-label="Reading the library" {...length} className="h-2 w-full max-w-xl accent-accent" />
      {/* Room for the words that come and go: nothing moves for them. */}
      <p className="min-h-5 text-muted">{waiting === null ? paceWords(walk) : <Waiting {...waiting} />}</p>
    </>
  );
}

function Waiting({ why, until }: { why: string; until: number }) {
  const seconds = useSecondsUntil(until);
  return (
    <span className="flex items-start gap-1.5 text-caution">
      <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {why}: going on {seconds > 0 ? `in ${formatNumber(seconds)} s` : 'now'}
      </span>
    </span>
  );
}

function WhatItTakes({ maxPageSize, total }: { maxPageSize: number | null; total: number | null }) {
  const all = total === null ? 'all your assets' : `your ${formatCount(total, 'asset')}`;
  return (
    <p className="max-w-3xl text-muted">
      Winnow reads the list of {all} once
      {maxPageSize !== null && `, ${formatNumber(maxPageSize)} at a time`}, and keeps it in this browser,
      without keys and pictures. Nothing of it leaves this device. Afterwards a sync reads what changed.
    </p>
  );
}

/** Why the last walk ended; an index that cannot be used at all speaks for itself, in the place of what it would show. */
function Failure({ error }: { error: unknown }) {
  const { title, hint } = explainLibraryError(error);
  return (
    <p role="alert" className="flex items-start gap-1.5 text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {title}. {hint}
      </span>
    </p>
  );
}

function MenuButton({
  children,
  describedBy,
  onClick,
}: {
  children: ReactNode;
  describedBy?: string;
  onClick: () => void;
}) {
  return (
    <Button
      look="quiet"
      className="justify-start"
      aria-describedby={describedBy}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        onClick();
      }}
    >
      {children}
    </Button>
  );
}
