import { explainError } from '@/domain/explain-error';

import type { WalkProgress } from '../library-index';
import type { WalkStanding } from './context';
import { createPace } from './pace';
import type { Wait } from './patience';

/** Numbers change with every page; nobody reads them more often than this. */
const SHOW_MS = 250;

/** Makes of the pages of a walk what a person is shown. */
export function createProgress(purpose: WalkProgress['purpose'], show: (progress: WalkProgress) => void) {
  const pace = createPace();
  let standing: WalkStanding | null = null;
  let waiting: WalkProgress['waiting'] = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let ended = false;

  function showNow() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ended) return;
    const { met, total, round } = standing ?? { met: 0, total: null, round: 1 };
    const rowsPerSecond = pace.perSecond();
    const left = total === null ? null : Math.max(0, total - met);
    const secondsLeft = rowsPerSecond === null || left === null ? null : left / rowsPerSecond;
    show({ purpose, read: met, total, pass: round, rowsPerSecond, secondsLeft, waiting });
  }

  showNow();
  return {
    move: (next: WalkStanding) => {
      // What was read before a reload was not read now.
      if (standing !== null) pace.count(next.round === standing.round ? next.met - standing.met : next.met);
      standing = next;
      timer ??= setTimeout(showNow, SHOW_MS);
    },
    wait: (next: Wait | null) => {
      waiting = next === null ? null : { why: explainError(next.error).title, until: next.until };
      showNow();
    },
    end: () => {
      ended = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
