import type { Job } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import ConfirmDialog from '@/ui/confirm-dialog';

import { leftOf } from './job-counts';
import { confirmedText, wordsOf } from './job-words';

/** Stopping cannot be taken back either: what is left would need a new job. */
export default function StopDialog({
  job,
  onStop,
  onClose,
  returnFocus,
}: {
  job: Job;
  onStop: () => void;
  onClose: () => void;
  returnFocus: () => void;
}) {
  const { stop, stays } = wordsOf(job);
  return (
    <ConfirmDialog
      title={stop}
      keepLabel="Keep going"
      confirmLabel="Stop"
      onConfirm={onStop}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>
        {confirmedText(job)}. {stays}
      </p>
      <p className="mt-1 text-muted">
        The other {formatNumber(leftOf(job))} are left alone; this job cannot be resumed later.
      </p>
    </ConfirmDialog>
  );
}
