import { ArrowLeft, SearchX } from 'lucide-react';
import { useRef } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Job, Live } from '@/domain/job';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import type { ItemReader } from './item-queries';
import { JobControls } from './job-controls';
import { JobProgress } from './job-progress';
import { titleOf } from './job-words';
import { PageHeading } from './page-heading';
import { PhaseLabel } from './phase-label';
import { ReportActions } from './report-actions';
import { ReportCauses } from './report-causes';
import { ReportItems } from './report-items';
import { ReportPlan } from './report-plan';
import { ReportVerification } from './report-verification';
import { standingOf } from './standing';
import { useJobs } from './use-jobs';

export interface JobReportProps {
  readonly center: JobCenter;
  readonly jobId: string;
  readonly ledger: ItemReader;
  /** What the provider says of deleted bytes; null when nobody can tell. */
  readonly deletionNote: string | null;
  readonly onOpenJob: (id: string) => void;
  readonly onOpenJobs: () => void;
  readonly onNeedKey: (connectionId: string) => void;
}

/** One job from its plan to its outcome, while it runs and ever after. */
export default function JobReport(props: JobReportProps) {
  const { center, jobId, onOpenJobs } = props;
  const { jobs, live, problem } = useJobs(center);
  const job = jobs?.find(({ id }) => id === jobId);
  return (
    <main className="min-h-0 flex-1 overflow-auto bg-surface">
      <div className="mx-auto flex max-w-6xl flex-col gap-5 p-4 max-md:px-2">
        <Button
          look="quiet"
          size="small"
          className="-ml-2 self-start max-md:ml-0 max-md:px-0"
          onClick={onOpenJobs}
        >
          <ArrowLeft aria-hidden className="size-4" />
          All jobs
        </Button>
        {job !== undefined ? (
          // Another job is another page: it starts at its heading, with no filter.
          <Report key={job.id} {...props} job={job} live={live.get(job.id)} />
        ) : jobs === null && problem === null ? (
          <p role="status" className="text-muted">
            Reading jobs…
          </p>
        ) : (
          <Notice role="alert" icon={<SearchX />} title="This job is not here">
            {problem ?? 'It was forgotten, or it was run in another browser.'}
          </Notice>
        )}
      </div>
    </main>
  );
}

function Report({
  center,
  job,
  live,
  ledger,
  deletionNote,
  onOpenJob,
  onNeedKey,
}: JobReportProps & { job: Job; live: Live | undefined }) {
  const top = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={top} className="flex flex-col gap-2">
        <PageHeading>{titleOf(job)}</PageHeading>
        <PhaseLabel job={job} live={live} />
        {standingOf(job, live) !== 'verifying' && <JobProgress job={job} live={live} />}
        <div className="flex flex-wrap gap-2">
          <JobControls
            center={center}
            job={job}
            live={live}
            onNeedKey={onNeedKey}
            focusElsewhere={() => top.current?.querySelector('h2')?.focus()}
          />
        </div>
      </div>
      <ReportPlan job={job} deletionNote={deletionNote} onOpenJob={onOpenJob} />
      <ReportVerification center={center} job={job} live={live} />
      <ReportActions center={center} job={job} ledger={ledger} onOpenJob={onOpenJob} />
      <ReportCauses job={job} ledger={ledger} />
      <ReportItems job={job} ledger={ledger} />
    </>
  );
}
