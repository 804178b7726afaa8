import { useMemo } from 'react';

import { readStored, useStored, writeStored } from '@/lib/use-stored';
import { NOTHING_SAVED, parseSaved, SAVED_NAME, writeSaved, type Saved } from '@/library/saved/saved-items';
import { announceProblem } from '@/ui/toaster';

export interface SavedState {
  readonly saved: Saved;
  /** What is stored cannot be read: nothing is written over it without being asked. */
  readonly unreadable: boolean;
  /** Changes what is kept as it is now: another tab may have changed it since it was drawn. */
  readonly change: (change: (now: Saved) => Saved) => void;
  /** Throws away what cannot be read. */
  readonly startAnew: () => void;
}

/** The views and policies of this browser, the same in all tabs. */
export function useSaved(): SavedState {
  const [text, store] = useStored(SAVED_NAME, '');
  const parsed = useMemo(() => parseSaved(text), [text]);
  return {
    saved: parsed ?? NOTHING_SAVED,
    unreadable: parsed === null,
    change: changeSaved,
    startAnew: () => store(''),
  };
}

function changeSaved(change: (now: Saved) => Saved): void {
  const now = parseSaved(readStored(SAVED_NAME) ?? '');
  if (now === null) announceProblem('Nothing was saved: the views kept in this browser cannot be read.');
  else if (!writeStored(SAVED_NAME, writeSaved(change(now))))
    announceProblem('This browser has no room for it: it lasts until this page is closed.');
}
