import { useSyncExternalStore } from 'react';

import { settledCount } from '@/cleanup/attend-job';
import type { JobCenter } from '@/cleanup/job-center';
import { explainPause } from '@/domain/explain-pause';
import type { PauseReason } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { shownText } from '@/ui/shown-text';

import { failureReason, isGone, type Results } from './outcome';

/** How far a job is; counts are what the provider confirmed. */
export function RunProgress({
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
  const done = job === undefined ? 0 : settledCount(job);
  const wait = (jobId === null ? undefined : view.live.get(jobId))?.wait ?? null;
  return (
    <div className="flex flex-col gap-2">
      <p id="run-progress">
        {jobId === null ? 'Writing down what goes…' : `${formatNumber(done)} of ${formatNumber(total)} done`}
      </p>
      <progress
        aria-labelledby="run-progress"
        value={jobId === null ? undefined : done}
        max={total}
        className="h-2 w-full accent-accent"
      />
      {wait !== null && (
        <p role="status" className="text-caution">
          {wait.problem.title}. Waiting until {new Date(wait.until).toLocaleTimeString()}.
        </p>
      )}
    </div>
  );
}

/** Which assets are still there, and why. */
export function Failures({
  items,
  results,
  pause,
}: {
  items: readonly PlanItem[];
  results: Results;
  pause: PauseReason | null;
}) {
  const failed = items
    .filter(({ id }) => !isGone(results.get(id)))
    .map((item) => ({ item, ...failureReason(results.get(item.id)) }));
  return (
    <div className="flex flex-col gap-2">
      {pause !== null && <p>{explainPause(pause)}</p>}
      <ul
        aria-label="Not deleted or unknown"
        tabIndex={0}
        className="max-h-64 divide-y divide-line overflow-y-auto rounded-md bg-sunken px-3"
      >
        {failed.map(({ item, reason, said, details }) => (
          <li key={item.id} className="py-1.5">
            <bdi className="block truncate font-medium" title={shownName(item.name)}>
              {shownText(item.name)}
            </bdi>
            <span className="wrap-anywhere text-danger">{reason}</span>
            {said !== null && <span className="block wrap-anywhere">{said}</span>}
            {details !== null && <span className="block text-xs wrap-anywhere text-muted">{details}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
