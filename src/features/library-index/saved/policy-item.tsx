import type { Policy, SavedView } from '@/domain/saved-view';
import { formatCount, formatUpTo } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { PastRuns } from '@/library/store/policy-notes';
import { shownText } from '@/ui/shown-text';

import { Ago } from '../parts/ago';

import { actionWords, keepWords, wouldWords } from './policy-words';
import { ItemAction, SavedItem } from './saved-item';

export interface PolicyActions {
  readonly onRun: () => void;
  readonly onEdit: () => void;
  readonly onDuplicate: () => void;
  readonly onDelete: () => void;
}

/** One policy in words, what came of it the last time, and everything that can be done with it. */
export function PolicyItem({
  policy,
  view,
  past,
  ...actions
}: {
  policy: Policy;
  /** Null when it is gone. */
  view: SavedView | null;
  /** Null when it never ran here, or that is not known. */
  past: PastRuns | null;
} & PolicyActions) {
  const name = shownName(policy.name);
  return (
    <SavedItem
      actions={
        <>
          <ItemAction
            verb="Dry run of"
            of={name}
            look="plain"
            aria-disabled={view === null}
            onClick={() => view !== null && actions.onRun()}
          >
            Dry run
          </ItemAction>
          <ItemAction verb="Edit" of={name} onClick={actions.onEdit} />
          <ItemAction verb="Duplicate" of={name} onClick={actions.onDuplicate} />
          <ItemAction verb="Delete" of={name} look="quiet-danger" onClick={actions.onDelete} />
        </>
      }
    >
      <h4 tabIndex={-1} data-entry={policy.id} className="min-w-0 font-semibold outline-none wrap-anywhere">
        <bdi>{shownText(policy.name)}</bdi>
      </h4>
      {view === null ? (
        <p className="text-caution">The view that it was for is gone. Edit it to choose another.</p>
      ) : (
        <p className="text-muted wrap-anywhere">
          {sentence(shownName(`${actionWords(policy.action)} what “${view.name}” shows.`))}{' '}
          {keepWords(policy.keep)}{' '}
          {policy.keepTags.length > 0 &&
            shownName(`Pinned assets, and those tagged ${policy.keepTags.join(' or ')}, always stay.`)}
          {policy.keepTags.length === 0 && 'Pinned assets always stay.'}
        </p>
      )}
      {past !== null && <Past past={past} policy={policy} />}
    </SavedItem>
  );
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function Past({ past: { dryRun, confirmed }, policy }: { past: PastRuns; policy: Policy }) {
  return (
    <p>
      {dryRun !== null && (
        <>
          Last dry run <Ago at={dryRun.at} />: {formatCount(dryRun.count, 'asset')}{' '}
          {wouldWords(policy.action)}
          {policy.action.type === 'delete' && dryRun.count > 0 && `, ${formatUpTo(dryRun.upToBytes)}`}.{' '}
        </>
      )}
      {confirmed !== null && (
        <>
          Confirmed <Ago at={confirmed.at} /> for {formatCount(confirmed.count, 'asset')}.
        </>
      )}
    </p>
  );
}
