import type { Asset } from '@/domain/asset';
import type { ItemOutcome, JobItem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { protectionReason } from '@/domain/protection';

import { outcomeOf } from './deed';
import { look, type Looking } from './look';
import type { NearbyRows } from './nearby-rows';
import { plainProblem, problemOf } from './problem';
import { mayPass } from './tries';

/** What was read of an asset is too old to act on: it must be read again. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

type Facts = Pick<Asset, 'updatedAt' | 'contentHash' | 'protection'>;

/** For so long after it was read, an asset counts as known. */
const FRESH_MS = 60_000;

/**
 * Knows of each asset whether it is still as the plan saw it. Rows of a list can only say that it is; whatever else
 * they show, and all that they do not show, is looked at one by one. Lives as long as one run, so that everything it
 * knows was read after the plan was confirmed.
 */
export class Changes {
  /** By id, in the order in which they were read. */
  readonly #known = new Map<string, Facts & { readonly readAt: number }>();
  readonly #nearby: NearbyRows | null;

  /** @param nearby null where assets can only be read one by one */
  constructor(nearby: NearbyRows | null) {
    this.#nearby = nearby;
  }

  /** Reads list pages around the items that come next, where that is cheaper than looking at each. */
  async prepare(items: readonly JobItem[]): Promise<void> {
    const wanted = items.map(({ item }) => item);
    await this.#nearby?.read(
      wanted,
      ({ id }) => this.#isFresh(id),
      (assets, readAt) => {
        this.#dropStale();
        for (const asset of assets) this.#remember(asset, readAt);
      },
    );
  }

  isUnchanged(item: PlanItem): boolean {
    const known = this.#known.get(item.id);
    return known !== undefined && this.#isFresh(item.id) && verdict(known, item) === null;
  }

  /** @returns how the item ends, untouched; null when it is unchanged, `unsent` when nobody could look any more */
  async lookAt(looking: Looking, item: PlanItem): Promise<ItemOutcome | 'unsent' | null> {
    const readAt = Date.now();
    const seen = await look(looking, item.id, { whenStopping: false });
    switch (seen.found) {
      case 'asset':
        this.#remember(seen.asset, readAt);
        return verdict(seen.asset, item);
      case 'gone':
        return outcomeOf('already-gone');
      case 'halted':
        return 'unsent';
      default:
        return outcomeOf(mayPass(seen.error) ? 'failed-retryable' : 'failed-final', {
          problem: problemOf(seen.error),
        });
    }
  }

  /** A settled item need not be known any longer. @param isGone whether the lists are one row shorter */
  forget(id: string, isGone: boolean): void {
    this.#known.delete(id);
    if (isGone) this.#nearby?.rowIsGone();
  }

  #remember(asset: Asset, readAt: number): void {
    const { id, updatedAt, contentHash, protection } = asset;
    this.#known.delete(id);
    this.#known.set(id, { updatedAt, contentHash, protection, readAt });
  }

  #isFresh(id: string): boolean {
    const age = Date.now() - (this.#known.get(id)?.readAt ?? -Infinity);
    return age >= 0 && age <= FRESH_MS;
  }

  #dropStale(): void {
    for (const id of this.#known.keys()) {
      if (this.#isFresh(id)) return;
      this.#known.delete(id);
    }
  }
}

/** @returns null when the asset is as the plan saw it and may be touched */
function verdict(now: Facts, seen: PlanItem): ItemOutcome | null {
  const reason = protectionReason(now);
  if (reason !== null) {
    return outcomeOf('protected', { problem: plainProblem('The provider protects this', `${reason}.`) });
  }
  const differs =
    (now.contentHash !== null && seen.contentHash !== null && now.contentHash !== seen.contentHash) ||
    (now.updatedAt !== null && seen.updatedAt !== null && !isSameInstant(now.updatedAt, seen.updatedAt));
  return differs ? outcomeOf('changed') : null;
}

/** A server may write one and the same time with or without its fraction. */
const isSameInstant = (one: string, other: string): boolean =>
  one === other || Date.parse(one) === Date.parse(other);
