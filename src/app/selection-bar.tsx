import { SelectionToolbar } from '@/features/asset-selection/selection-toolbar';
import type { AssetRow } from '@/domain/asset';
import { countOutside, refreshed, type Selection } from '@/domain/selection';

import type { Acts } from './use-acts';
import type { AllMatching } from './use-all-matching';
import type { Keeping } from './use-keeping';

/** What can be done with everything that is ticked. */
export function SelectionBar({
  selection,
  rows,
  allMatching,
  copies,
  keeping: { marks, pins, toggle },
  acts: { askToDelete, askToRemoveTags },
  onClear,
}: {
  selection: Selection;
  rows: readonly AssetRow[];
  allMatching: AllMatching;
  /** They are duplicates. */
  copies: boolean;
  keeping: Keeping;
  acts: Acts;
  onClear: () => void;
}) {
  const { unseen, untickable } = allMatching;
  const ticked = () => refreshed(selection, rows);
  return (
    <SelectionToolbar
      count={selection.size}
      outside={countOutside(selection, rows)}
      onRemoveTags={askToRemoveTags === null ? null : () => askToRemoveTags(ticked(), { unseen })}
      onDelete={() => askToDelete([...ticked(), ...untickable], { unseen, copies })}
      allMarked={isEvery(selection, marks)}
      allPinned={isEvery(selection, pins)}
      onMark={(on) => toggle('mark', ticked(), on)}
      onPin={(on) => toggle('pin', ticked(), on)}
      onClear={onClear}
    />
  );
}

const isEvery = (selection: ReadonlyMap<string, unknown>, kept: ReadonlyMap<string, unknown>): boolean =>
  kept.size >= selection.size && [...selection.keys()].every((id) => kept.has(id));
