import { useLayoutEffect, useRef } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Job, Live } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import { useHandler } from '@/lib/use-handler';
import { Button } from '@/ui/button';

import { JobControls } from './job-controls';
import { JobProgress } from './job-progress';
import { isInDialog, standingOf, type Standing } from './standing';
import { useJobs } from './use-jobs';

const SHOWN = 2;

/** What can least wait comes first: a grace ends by itself. */
const RANK: Readonly<Record<Standing, number>> = {
  ...{ grace: 0, running: 1, paused: 2, interrupted: 2, verifying: 3, over: 4 },
};

export interface JobStripProps {
  readonly center: JobCenter;
  readonly onOpenJob: (id: string) => void;
  readonly onOpenJobs: () => void;
  readonly onNeedKey: (connectionId: string) => void;
}

/** What is going on, on every screen: one line per job that is not over, right under the header. */
export function JobStrip({ center, onOpenJob, onOpenJobs, onNeedKey }: JobStripProps) {
  const { jobs, live } = useJobs(center);
  const strip = useRef<HTMLDivElement>(null);
  const rank = (job: Job) => RANK[standingOf(job, live.get(job.id))];
  const active = (jobs ?? [])
    .filter((job) => rank(job) < RANK.over && !isInDialog(job))
    .toSorted((left, right) => rank(left) - rank(right));
  const more = active.length - SHOWN;
  const focusStrip = useHandler(() => strip.current?.focus());

  return (
    // Stays, empty, when the last line goes: the focus that was in it has somewhere to be.
    <div
      ref={strip}
      tabIndex={-1}
      role={active.length > 0 ? 'region' : undefined}
      aria-label={active.length > 0 ? 'Jobs under way' : undefined}
      className="shrink-0 outline-none"
    >
      {active.length > 0 && (
        <ul className="divide-y divide-line border-b border-line bg-accent-soft">
          {active.slice(0, SHOWN).map((job) => (
            <Line
              key={job.id}
              center={center}
              job={job}
              live={live.get(job.id)}
              onOpenJob={onOpenJob}
              onNeedKey={onNeedKey}
              focusStrip={focusStrip}
            />
          ))}
          {more > 0 && (
            <li className="px-4 py-1 max-md:px-2">
              <Button size="small" look="quiet" onClick={onOpenJobs}>
                and {formatNumber(more)} more
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Line({
  center,
  job,
  live,
  onOpenJob,
  onNeedKey,
  focusStrip,
}: {
  center: JobCenter;
  job: Job;
  live: Live | undefined;
  onOpenJob: (id: string) => void;
  onNeedKey: (connectionId: string) => void;
  focusStrip: () => void;
}) {
  const line = useRef<HTMLLIElement>(null);

  // React takes elements away without a blur event; this runs just before.
  useLayoutEffect(() => {
    const element = line.current;
    return () => {
      if (element?.contains(document.activeElement)) focusStrip();
    };
  }, [focusStrip]);

  return (
    <li ref={line} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 max-md:px-2">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <JobProgress job={job} live={live} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <JobControls
          center={center}
          job={job}
          live={live}
          onNeedKey={onNeedKey}
          focusElsewhere={focusStrip}
        />
        {job.phase !== 'grace' && (
          <Button size="small" look="quiet" onClick={() => onOpenJob(job.id)}>
            Details
          </Button>
        )}
      </div>
    </li>
  );
}
