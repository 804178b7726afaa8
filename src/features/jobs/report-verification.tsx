import { CircleAlert, SearchCheck } from 'lucide-react';

import type { JobCenter } from '@/cleanup/job-center';
import { isOver, type Job, type Live, type Verification } from '@/domain/job';
import { formatCount, formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';

import { goneOf } from './job-counts';
import { JobProgress } from './job-progress';
import { steer } from './steer';

const LISTED = 100;

/** The final look: what counts as gone, read again. */
export function ReportVerification({
  center,
  job,
  live,
}: {
  center: JobCenter;
  job: Job;
  live: Live | undefined;
}) {
  if (job.action.type !== 'delete' || !isOver(job.phase) || goneOf(job) === 0) return null;
  const busy = (live?.verifying ?? null) !== null;
  return (
    <section aria-label="Final check" className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-60">
          {busy ? (
            <JobProgress job={job} live={live} />
          ) : job.verification === null ? (
            <p>Nobody has looked yet whether what was deleted is gone.</p>
          ) : (
            <Confirmed verification={job.verification} />
          )}
        </div>
        <Button
          size="small"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) void steer(center.verify(job.id));
          }}
        >
          {job.verification === null ? 'Check now' : 'Check again'}
        </Button>
      </div>
      {job.verification !== null && job.verification.stillThere.length > 0 && (
        <StillThere ids={job.verification.stillThere} />
      )}
    </section>
  );
}

function Confirmed({ verification: { confirmed, of, unclear } }: { verification: Verification }) {
  return (
    <p className="flex items-start gap-1.5">
      <SearchCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        Confirmed gone: {formatNumber(confirmed)} of {formatNumber(of)}
        {unclear > 0 && `; ${formatNumber(unclear)} could not be looked at`}
      </span>
    </p>
  );
}

function StillThere({ ids }: { ids: readonly string[] }) {
  return (
    <div className="text-danger">
      <p className="flex items-start gap-1.5 font-medium">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {formatCount(ids.length, 'asset is', 'assets are')} still there, though the provider said otherwise:
      </p>
      <ul aria-label="Still there" className="list-disc pl-6">
        {ids.slice(0, LISTED).map((id) => (
          <li key={id} className="wrap-anywhere">
            {id}
          </li>
        ))}
        {ids.length > LISTED && <li>and {formatNumber(ids.length - LISTED)} more</li>}
      </ul>
    </div>
  );
}
