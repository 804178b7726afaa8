import { useState } from 'react';

import type { IndexView, LibraryIndex } from '@/library/library-index';
import { Button } from '@/ui/button';

const HOUR_MS = 3_600_000;

/** Why a dry run of this index may be wrong, as sentences; null when it is complete and current. */
export function indexDoubt(view: IndexView, now: number): string | null {
  switch (view.state) {
    case 'opening':
      return 'The index is being opened.';
    case 'none':
      return 'There is no index of this library yet, and a dry run needs one.';
    case 'failed':
      return 'The index cannot be used.';
    case 'building':
      return 'The index is not complete yet: what it has not read is neither on the list nor counted by the rule.';
    case 'ready':
      if (view.syncedAt === null) return 'Nobody knows whether the index is complete.';
      return now - view.syncedAt > HOUR_MS
        ? 'The index is more than an hour old: what changed since is not in it.'
        : null;
  }
}

/** Says what is doubtful about the index, and offers to mend that first. */
export function IndexAge({
  index,
  view,
  doubt,
  onMended,
  onAnyway,
}: {
  index: LibraryIndex;
  view: IndexView;
  doubt: string;
  onMended: () => void;
  /** Null when there is nothing to run over, or it ran already. */
  onAnyway: (() => void) | null;
}) {
  const [mending, setMending] = useState(false);
  const build = view.state === 'none' || view.state === 'building';
  const canMend = view.state !== 'opening' && view.state !== 'failed';

  async function mend() {
    setMending(true);
    await (build ? index.build() : index.sync());
    setMending(false);
    const now = index.view();
    if (now.state === 'ready' && indexDoubt(now, Date.now()) === null) onMended();
  }

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-caution-soft px-3 py-2 text-caution">
      <p role="status" className="min-w-0 flex-1 basis-64">
        {doubt}
        {mending && (build ? ' It is being built.' : ' It is being synced.')}
      </p>
      <div className="flex flex-wrap gap-2">
        {canMend && (
          <Button aria-disabled={mending} onClick={() => !mending && void mend()}>
            {build ? 'Build it first' : 'Sync first'}
          </Button>
        )}
        {onAnyway !== null && <Button onClick={onAnyway}>Dry run anyway</Button>}
      </div>
    </div>
  );
}
