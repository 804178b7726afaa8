import { useSyncExternalStore } from 'react';

import { settledCount } from '@/cleanup/attend-job';
import type { JobCenter } from '@/cleanup/job-center';
import { formatNumber } from '@/lib/format';

/** How far a removal is; counts are what the provider confirmed. */
export function TagProgress({
  center,
  jobId,
  total,
}: {
  center: JobCenter;
  /** Null until the job is written down. */
  jobId: string | null;
  total: number;
}) {
  const view = useSyncExternalStore(
    (listener) => center.subscribe(listener),
    () => center.view(),
  );
  const job = view.jobs?.find((each) => each.id === jobId);
  const wait = (jobId === null ? undefined : view.live.get(jobId))?.wait ?? null;
  return (
    <p role="status" className="text-muted">
      {formatNumber(job === undefined ? 0 : settledCount(job))} of {formatNumber(total)} done
      {wait !== null &&
        `. ${wait.problem.title}. Waiting until ${new Date(wait.until).toLocaleTimeString()}.`}
    </p>
  );
}
