import { isOver, type Job, type Live } from '@/domain/job';
import { Button } from '@/ui/button';

import { summaryText, titleOf } from './job-words';
import { PhaseLabel } from './phase-label';
import { StackedCell, StackedRow, StackedTable } from './stacked-table';
import { When } from './when';

const COLUMNS = ['Job', 'Connection', 'When', 'State', 'Outcome', 'Actions'];

export function JobHistory({
  jobs,
  live,
  onOpenJob,
  onForget,
}: {
  jobs: readonly Job[];
  live: ReadonlyMap<string, Live>;
  onOpenJob: (id: string) => void;
  onForget: (job: Job, from: HTMLElement) => void;
}) {
  return (
    <StackedTable label="Jobs" columns={COLUMNS} rowCount={jobs.length}>
      {jobs.map((job, index) => (
        <StackedRow key={job.id} aria-rowindex={index + 2}>
          <StackedCell className="font-medium">
            {titleOf(job)}
            {job.retries !== null && <span className="font-normal text-muted"> (retry)</span>}
          </StackedCell>
          <StackedCell>{job.connectionLabel}</StackedCell>
          <StackedCell className="text-muted md:w-36">
            <When at={job.createdAt} />
          </StackedCell>
          <StackedCell>
            <PhaseLabel job={job} live={live.get(job.id)} />
          </StackedCell>
          <StackedCell>{summaryText(job)}</StackedCell>
          <StackedCell className="max-md:pt-1">
            <span className="flex gap-2">
              {/* The words on the button come first in its name: people who speak to it say what they see. */}
              <Button
                size="small"
                aria-label={`Open report: ${titleOf(job)}`}
                onClick={() => onOpenJob(job.id)}
              >
                Open report
              </Button>
              {isOver(job.phase) && (
                <Button
                  size="small"
                  look="quiet"
                  aria-label={`Forget: ${titleOf(job)}`}
                  onClick={({ currentTarget }) => onForget(job, currentTarget)}
                >
                  Forget
                </Button>
              )}
            </span>
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
