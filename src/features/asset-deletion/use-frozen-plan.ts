import { useState } from 'react';

import { hasFile } from '@/domain/copies';
import { lastCopiesIn, makePlan, totalsOf, type PlanTotals } from '@/domain/make-plan';
import type { LeftOutReason, Plan, SeenAsset } from '@/domain/plan';

export interface Asked {
  readonly connectionId: string;
  readonly assets: readonly SeenAsset[];
  readonly allMatching: boolean;
  /** Everything that was seen of this connection. */
  readonly known: () => Iterable<SeenAsset>;
  readonly pinned: ReadonlySet<string>;
  /** Copies that nobody asked for, as the index knows them; undefined where there is none. */
  readonly otherCopies?: readonly SeenAsset[] | undefined;
  /** A clean-up of duplicates: what has no copy that stays is left out, always. */
  readonly onlyDuplicates: boolean;
}

/** Left-out groups that a person may take back in; the others are protections. */
export type Included = Extract<LeftOutReason, 'preview-in-use' | 'last-copy'>;

/** A plan with all that its summary says of it: reckoned once, for it may be long. */
export interface FrozenPlan {
  readonly plan: Plan;
  readonly totals: PlanTotals;
  /** Contents that are kept more than once and would lose every known copy. */
  readonly lastCopies: number;
}

interface Choices {
  readonly keepLastCopies: boolean;
  readonly includePreviews: boolean;
}

/** The plan as it was when this opened; only the person's own choices make a new one of the same assets. */
export function useFrozenPlan(given: Asked) {
  const [asked] = useState(given);
  const [choices, setChoices] = useState<Choices>({ keepLastCopies: false, includePreviews: false });
  const [frozen, setFrozen] = useState(() => freeze(asked, choices));

  function choose(choice: Partial<Choices>) {
    const next = { ...choices, ...choice };
    setChoices(next);
    setFrozen(freeze(asked, next));
  }

  return {
    ...frozen,
    keepOneCopyOfEach: () => choose({ keepLastCopies: true }),
    include: (group: Included) =>
      choose(group === 'last-copy' ? { keepLastCopies: false } : { includePreviews: true }),
  };
}

function freeze(asked: Asked, { keepLastCopies, includePreviews }: Choices): FrozenPlan {
  const { connectionId, allMatching, pinned, assets, otherCopies, onlyDuplicates } = asked;
  const known = Array.from(asked.known());
  const action = { type: 'delete' } as const;
  const context = { pinned, keepLastCopies, otherCopies, onlyDuplicates };
  const plan = includePreviews
    ? withSeenPreviews(
        makePlan(
          { connectionId, action, allMatching, assets: assets.map(withoutPreview) },
          { ...context, known: known.map(withoutPreview) },
        ),
        assets,
      )
    : makePlan({ connectionId, action, allMatching, assets }, { ...context, known });
  return {
    plan,
    totals: totalsOf(plan.items),
    lastCopies: lastCopiesIn(plan.items, [...assets, ...known, ...(otherCopies ?? []).filter(hasFile)]),
  };
}

/** Where nobody owns a preview, none has to stay for its owner. */
const withoutPreview = (asset: SeenAsset): SeenAsset =>
  asset.previewAssetId === null ? asset : { ...asset, previewAssetId: null };

/** The record keeps each asset as it was seen, whatever the rules were told. */
function withSeenPreviews(plan: Plan, assets: readonly SeenAsset[]): Plan {
  const previews = new Map(assets.map((asset) => [asset.id, asset.previewAssetId]));
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, previewAssetId: previews.get(item.id) ?? null })),
  };
}
