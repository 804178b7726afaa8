import { ConflictError, NotFoundError, TimeoutError } from '@/domain/errors';
import type { ItemOutcome, Problem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

import { Outdated, type Changes } from './changes';
import { Halted } from './connection-gate';
import { outcomeOf, type Deed } from './deed';
import type { KeptCopies } from './kept-copies';
import { look, type Look, type Looking } from './look';
import { pause } from './pause';
import { plainProblem, problemOf } from './problem';
import { delayBeforeNextTry, isLost, MAX_TRIES, mayHaveActed, mayPass } from './tries';

/** What became of an item that was written down as being sent. */
export type ItemEnd =
  | ItemOutcome
  /** Certainly nothing of it was heard, or nothing came of it: it may go back into the queue. */
  | 'unsent'
  /** It may have been heard, and nobody could look any more: whoever goes on looks first. */
  | 'open';

export interface Sending extends Looking {
  readonly deed: Deed;
  /** Null when the job does not look for changes since the plan. */
  readonly changes: Changes | null;
  readonly keptCopies: KeptCopies;
  /** Whether the person has pinned it by now, whatever the plan says. */
  readonly isPinned: (id: string) => boolean;
}

const PINNED = plainProblem('Pinned by you', 'It was pinned after the plan was made, so it was not deleted.');

/** Carries out the deed on one asset, with all the tries and looks that it takes to know how it ended. */
export async function sendItem(sending: Sending, item: PlanItem): Promise<ItemEnd> {
  const { deed, gate, changes, keptCopies, halted, isPinned } = sending;
  const skipped = deed.skip(item);
  if (skipped !== null) return skipped;
  let tries = 0;
  let heard = false;
  let lost = false;

  /** The last word; where the deed may have been done, looking comes first. */
  async function conclude(error: unknown): Promise<ItemEnd> {
    const problem = problemOf(error);
    const failed = outcomeOf(mayPass(error) ? 'failed-retryable' : 'failed-final', { problem });
    if (!heard) return failed;
    const seen = await lookWhetherDone(sending, item);
    if (seen === 'halted') return 'open';
    if (seen === 'unclear') return lost ? outcomeOf('unknown', { problem }) : failed;
    return seen === 'undone' ? failed : seen;
  }

  async function endUnsent(): Promise<ItemEnd> {
    if (!heard) return 'unsent';
    const seen = await lookWhetherDone(sending, item);
    if (seen === 'halted' || seen === 'unclear') return 'open';
    return seen === 'undone' ? 'unsent' : seen;
  }

  /** What an earlier try did cannot be taken back, and is not hidden either. */
  async function endKept(problem: Problem): Promise<ItemEnd> {
    const seen = heard ? await lookWhetherDone(sending, item) : 'undone';
    if (seen === 'halted') return 'open';
    if (seen === 'unclear') return outcomeOf('unknown');
    return seen === 'undone' ? outcomeOf('protected', { problem }) : seen;
  }

  /** @returns null when it may go */
  async function withoutKeptCopy(): Promise<ItemEnd | null> {
    const missing = await keptCopies.lookFor(sending, item);
    if (missing === null) return null;
    if (missing.why === 'halted') return endUnsent();
    if (missing.why === 'gone' || heard) return endKept(missing.problem);
    return outcomeOf(missing.mayPass ? 'failed-retryable' : 'failed-final', { problem: missing.problem });
  }

  for (;;) {
    if (isPinned(item.id)) return endKept(PINNED);
    // What an own try may have done is not a change by somebody else.
    const check = heard ? null : changes;
    if (check !== null && !check.isUnchanged(item)) {
      const end = await check.lookAt(sending, item);
      if (end !== null) return end;
    }
    if (!keptCopies.isFresh(item)) {
      const end = await withoutKeptCopy();
      if (end !== null) return end;
    }
    try {
      // Its turn may come late, after a 429 was waited out.
      return await gate.send(() => {
        const isOutdated = (check !== null && !check.isUnchanged(item)) || !keptCopies.isFresh(item);
        if (isPinned(item.id) || isOutdated) throw new Outdated();
        return deed.send(item, heard);
      });
    } catch (error) {
      if (error instanceof Outdated) continue;
      if (error instanceof Halted) return endUnsent();
      if (error instanceof NotFoundError && error.fromApi) {
        return outcomeOf('already-gone');
      }
      if (error instanceof ConflictError && error.retryAfterMs === null) {
        return outcomeOf('protected', { problem: problemOf(error) });
      }
      tries += 1;
      heard ||= mayHaveActed(error);
      lost ||= isLost(error);
      if (error instanceof TimeoutError && tries < MAX_TRIES) {
        // It took long already: looking tells more than another try.
        const seen = await lookWhetherDone(sending, item);
        if (seen === 'halted') return 'open';
        if (seen === 'unclear') return outcomeOf('unknown', { problem: problemOf(error) });
        if (seen !== 'undone') return seen;
        if (halted.aborted) return 'unsent';
        continue;
      }
      const delay = delayBeforeNextTry(tries, error);
      if (delay === null) return conclude(error);
      await pause(delay, halted);
    }
  }
}

/** Settles by looking what this page, before a crash, may have sent. */
export async function settleByLooking(sending: Sending, item: PlanItem): Promise<ItemEnd> {
  const seen = await look(sending, item.id, { whenStopping: false });
  const judged = judge(sending.deed, seen, item);
  if (judged === 'halted') return 'open';
  if (judged === 'undone') return 'unsent';
  if (judged !== 'unclear') return judged;
  return outcomeOf('unknown', { problem: 'error' in seen ? problemOf(seen.error) : null });
}

const lookWhetherDone = async (sending: Sending, item: PlanItem) =>
  judge(sending.deed, await look(sending, item.id, { whenStopping: true }), item);

function judge(deed: Deed, seen: Look, item: PlanItem): ItemOutcome | 'undone' | 'unclear' | 'halted' {
  switch (seen.found) {
    case 'asset':
      return deed.judge(seen.asset, item);
    case 'gone':
      return deed.judge(null, item);
    case 'unreadable':
      return deed.judge('unreadable', item);
    default:
      return seen.found;
  }
}
