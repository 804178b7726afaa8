import { copyKeyOf, hasFile } from '@/domain/copies';
import type { Problem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

import { look, type Looking } from './look';
import { plainProblem, problemOf } from './problem';
import { mayPass } from './tries';

/** For so long after it was seen, a copy counts as being there. */
const FRESH_MS = 10_000;

/** Why a copy may not go. */
export type Missing =
  /** Certainly, as far as anybody knows: the other copy is gone, or is another content by now. */
  | { readonly why: 'gone'; readonly problem: Problem }
  /** Nobody could find out. */
  | { readonly why: 'unclear'; readonly mayPass: boolean; readonly problem: Problem }
  | { readonly why: 'halted' };

/** Knows of each duplicate whether the copy that stays is there. Lives as long as one run. */
export class KeptCopies {
  /** By the id of the copy that stays, and what it has in common with its copies. */
  readonly #seen = new Map<string, number>();

  /** Whether nothing has to be looked at before this item goes. */
  isFresh(item: PlanItem): boolean {
    const age = Date.now() - (this.#seen.get(seenKey(item)) ?? -Infinity);
    return item.keptCopyId === undefined || (age >= 0 && age <= FRESH_MS);
  }

  /** @returns null when the copy that stays is there */
  async lookFor(looking: Looking, item: PlanItem): Promise<Missing | null> {
    const { keptCopyId } = item;
    if (keptCopyId === undefined) return null;
    const readAt = Date.now();
    const seen = await look(looking, keptCopyId, { whenStopping: false });
    switch (seen.found) {
      case 'asset':
        if (!isCopyOf(seen.asset, item)) return { why: 'gone', problem: OTHER };
        this.#seen.set(seenKey(item), readAt);
        return null;
      case 'gone':
        return { why: 'gone', problem: GONE };
      case 'halted':
        return { why: 'halted' };
      default:
        return { why: 'unclear', mayPass: mayPass(seen.error), problem: problemOf(seen.error) };
    }
  }
}

/** Whether an asset still has the content of another. A name may change, where a hash says what the content is. */
export const isCopyOf = (
  copy: Parameters<typeof copyKeyOf>[0] & { tags: readonly string[] },
  of: PlanItem,
): boolean => copyKeyOf(copy) === copyKeyOf(of) && (hasFile(copy) || !hasFile(of));

const seenKey = (item: PlanItem): string => `${item.keptCopyId ?? ''} ${copyKeyOf(item) ?? ''}`;

const STAYS = 'This one may be the last copy, so it was not deleted.';
const GONE = plainProblem('The copy to keep is gone', STAYS);
const OTHER = plainProblem('The copy to keep has changed', STAYS);
