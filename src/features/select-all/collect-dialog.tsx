import type { Collected, CollectProgress } from '@/cleanup/collect';
import { explainError } from '@/domain/explain-error';
import { formatCount, formatNumber } from '@/lib/format';
import { useThrottled } from '@/lib/use-throttled';
import ConfirmDialog from '@/ui/confirm-dialog';

import type { CollectState } from './use-collect';

/** Shows how far the reading of everything matching is, why it failed, and what was found when that is a surprise. */
export default function CollectDialog({
  state,
  total,
  onAccept,
  onRetry,
  onCancel,
}: {
  state: Exclude<CollectState, { step: 'idle' }>;
  /** Matches as the table counts them, until the reading itself knows. */
  total: number;
  onAccept: () => void;
  onRetry: () => void;
  onCancel: () => void;
}) {
  switch (state.step) {
    case 'reading':
      return (
        <ConfirmDialog
          title={`Selecting all ${formatNumber(state.progress?.total ?? total)} matching`}
          keepLabel="Cancel"
          confirmLabel={null}
          onConfirm={onCancel}
          onClose={onCancel}
        >
          <Reading progress={state.progress} total={total} />
        </ConfirmDialog>
      );
    case 'failed': {
      const { title, hint } = explainError(state.error);
      return (
        <ConfirmDialog
          title="Not everything could be read"
          keepLabel="Cancel"
          confirmLabel="Try again"
          look="primary"
          onConfirm={onRetry}
          onClose={onCancel}
        >
          <p role="alert">
            Nothing more was selected. {title}. {hint}
          </p>
        </ConfirmDialog>
      );
    }
    case 'asking': {
      const count = state.collected.assets.length;
      return (
        <ConfirmDialog
          title={`${formatCount(count, 'asset was', 'assets were')} found`}
          keepLabel="Cancel"
          confirmLabel={count === 0 ? null : `Select ${formatNumber(count)}`}
          look="primary"
          onConfirm={onAccept}
          onClose={onCancel}
        >
          <p role="status">{surpriseText(state.collected)}</p>
        </ConfirmDialog>
      );
    }
  }
}

const OFTEN_ENOUGH_MS = 5_000;

function Reading({ progress, total: atFirst }: { progress: CollectProgress | null; total: number }) {
  const found = progress?.found ?? 0;
  const total = progress?.total ?? atFirst;
  const text = `Reading ${formatNumber(found)} of ${formatNumber(total)}…`;
  // Read out at every page, it would be nothing but noise.
  const said = useThrottled(text, OFTEN_ENOUGH_MS);
  const again = progress !== null && progress.pass > 1;
  return (
    <div className="flex flex-col gap-2">
      <p id="collect-progress">{text}</p>
      <progress
        aria-labelledby="collect-progress"
        value={Math.min(found, total)}
        max={Math.max(1, total)}
        className="h-2 w-full accent-accent"
      />
      <p className="min-h-5 text-muted">{again && 'Looking once more, for what moved meanwhile.'}</p>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** How what was found differs from what was to be expected. */
function surpriseText({ assets, totalBefore, totalAfter, unreadable, mismatched }: Collected): string {
  const found = `${formatCount(assets.length, 'asset was', 'assets were')} found.`;
  const rows = `${formatCount(unreadable, 'row', 'rows')} could not be read and ${unreadable === 1 ? 'is' : 'are'} not selected.`;
  return [
    totalBefore === totalAfter
      ? `The provider counts ${formatNumber(totalAfter)}. ${found}`
      : `The library changed while it was read: ${formatNumber(totalBefore)} at first, ${formatNumber(totalAfter)} now. ${found}`,
    ...(unreadable === 0 ? [] : [rows]),
    ...(mismatched === 0
      ? []
      : [
          `${formatCount(mismatched, 'listed asset does', 'listed assets do')} not match the filters and ${mismatched === 1 ? 'is' : 'are'} not selected.`,
        ]),
  ].join(' ');
}
