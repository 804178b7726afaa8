import type { Policy, SavedView } from '@/domain/saved-view';
import { formatCount, formatUpTo } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { PastRuns } from '@/library/store/policy-notes';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import { Ago } from '../parts/ago';

import { actionWords, keepWords, wouldWords } from './policy-words';

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
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
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
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <Button
          size="small"
          aria-label={`Dry run of ${name}`}
          aria-disabled={view === null}
          onClick={() => view !== null && actions.onRun()}
        >
          Dry run
        </Button>
        <Button size="small" look="quiet" aria-label={`Edit ${name}`} onClick={actions.onEdit}>
          Edit
        </Button>
        <Button size="small" look="quiet" aria-label={`Duplicate ${name}`} onClick={actions.onDuplicate}>
          Duplicate
        </Button>
        <Button size="small" look="quiet-danger" aria-label={`Delete ${name}`} onClick={actions.onDelete}>
          Delete
        </Button>
      </div>
    </li>
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
