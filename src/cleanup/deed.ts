import type { Asset } from '@/domain/asset';
import { NotSentError } from '@/domain/errors';
import type { FinalState, ItemOutcome, Problem } from '@/domain/job';
import type { PlanAction, PlanItem } from '@/domain/plan';
import type { AssetProvider, TagChange } from '@/providers/provider';

import { plainProblem } from './problem';

/** What a job does to one asset, and how to tell from the asset whether it was done. */
export interface Deed {
  /** @param triedBefore whether an earlier try may have been heard: what is so by now is then taken for its work */
  send(item: PlanItem, triedBefore: boolean): Promise<ItemOutcome>;
  /** How an item ends that needs no request; null when it needs one. */
  skip(item: PlanItem): ItemOutcome | null;
  /** @param found what looking showed; null when the asset is gone */
  judge(found: Asset | 'unreadable' | null, item: PlanItem): ItemOutcome | 'undone' | 'unclear';
}

export const outcomeOf = (
  state: FinalState,
  about: Partial<Pick<ItemOutcome, 'problem' | 'changedTags' | 'unchangedTags'>> = {},
): ItemOutcome => ({
  ...{ state, problem: null, changedTags: [], unchangedTags: [] },
  ...about,
  settledAt: Date.now(),
});

/** The deed of a whole job. */
export function deedOf(action: PlanAction, provider: AssetProvider): Deed {
  switch (action.type) {
    case 'delete':
      return deletion(provider);
    case 'remove-tags':
      return tagChange(provider, provider.removeTags?.bind(provider), (has) => !has, 'is still there');
    case 'restore-tags':
      return tagChange(provider, provider.addTags?.bind(provider), (has) => has, 'is not there');
  }
}

const deletion = (provider: AssetProvider): Deed => ({
  skip: () => null,
  async send({ id }, triedBefore) {
    const state = await provider.deleteAsset(id);
    return outcomeOf(state === 'already-gone' && triedBefore ? 'deleted' : state);
  },
  judge: (found) => (found === null ? outcomeOf('deleted') : 'undone'),
});

/** @param isWanted whether a tag is as it should be, by whether the asset has it */
function tagChange(
  provider: AssetProvider,
  change: ((id: string, tags: readonly string[]) => Promise<TagChange>) | undefined,
  isWanted: (has: boolean) => boolean,
  wrong: string,
): Deed {
  const { label } = provider.connection;
  const unwanted = (item: PlanItem, now: readonly string[]) =>
    item.changeTags.filter((tag) => !isWanted(now.includes(tag)));
  const done = (item: PlanItem): ItemOutcome => outcomeOf('edited', { changedTags: item.changeTags });
  return {
    skip: (item) => (item.changeTags.length === 0 ? done(item) : null),
    async send(item, triedBefore) {
      if (change === undefined) {
        throw new NotSentError('tags', `${label} has no way to change tags.`, label);
      }
      const answer = await change(item.id, item.changeTags);
      const left = unwanted(item, answer.totalTags);
      const changedTags =
        triedBefore || answer.changed === null
          ? item.changeTags.filter((tag) => !left.includes(tag))
          : answer.changed;
      const unchangedTags = triedBefore ? [] : (answer.unchanged ?? []);
      return left.length === 0
        ? outcomeOf('edited', { changedTags, unchangedTags })
        : outcomeOf('failed-final', { changedTags, problem: tagProblem(label, left, wrong) });
    },
    judge(found, item) {
      if (found === null) return outcomeOf('already-gone');
      if (found === 'unreadable') return 'unclear';
      return unwanted(item, found.tags).length === 0 ? done(item) : 'undone';
    },
  };
}

const tagProblem = (label: string, tags: readonly string[], wrong: string): Problem =>
  plainProblem(
    `A tag ${wrong}`,
    `${label} accepted the change, but ${tags.map((tag) => `“${tag}”`).join(', ')} ${wrong}.`,
  );
