import type { AssetRow } from '@/domain/asset';
import { countOutside, refreshed, type Selection } from '@/domain/selection';
import { SelectionToolbar } from '@/features/asset-selection/selection-toolbar';
import type { View } from '@/search/parsers';

import type { Acts } from './use-acts';
import type { AllMatching } from './use-all-matching';
import type { Keeping } from './use-keeping';

/** What can be done with everything that is ticked. */
export function SelectionBar({
  selection,
  rows,
  allMatching,
  view,
  keeping: { marks, pins, toggle },
  acts: { askToDelete, askToRemoveTags },
  onClear,
}: {
  selection: Selection;
  rows: readonly AssetRow[];
  allMatching: AllMatching;
  /** Null in the list. */
  view: View | null;
  keeping: Keeping;
  acts: Acts;
  onClear: () => void;
}) {
  const { unseen, untickable } = allMatching;
  const ticked = () => refreshed(selection, rows);
  return (
    <SelectionToolbar
      count={selection.size}
      outside={view === null ? countOutside(selection, rows) : 0}
      onRemoveTags={askToRemoveTags === null ? null : () => askToRemoveTags(ticked(), { unseen })}
      onDelete={() => askToDelete([...ticked(), ...untickable], { unseen, copies: view === 'duplicates' })}
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
