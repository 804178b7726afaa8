import type { ReactNode } from 'react';

import type { FirstCopy, Job } from '@/domain/job';
import { formatUpTo, formatCount, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Button } from '@/ui/button';

import { titleOf } from './job-words';
import { LEFT_OUT_WORDS } from './outcome-words';
import { When } from './when';

/** What was confirmed, and what was left out of it. */
export function ReportPlan({
  job,
  deletionNote,
  onOpenJob,
}: {
  job: Job;
  deletionNote: string | null;
  onOpenJob: (id: string) => void;
}) {
  const { action } = job;
  const leftOut = job.leftOut.filter(({ count }) => count > 0);
  return (
    <section aria-label="Plan" className="flex flex-col gap-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        <Fact label="Action">
          {titleOf(job)}
          {action.type === 'remove-tags' &&
            action.tags.length > 1 &&
            `: ${shownName(action.tags.join(', '))}`}
        </Fact>
        <Fact label="Connection">{job.connectionLabel}</Fact>
        <Fact label="Confirmed">
          <When at={job.createdAt} />
        </Fact>
        {job.endedAt !== null && (
          <Fact label="Ended">
            <When at={job.endedAt} />
          </Fact>
        )}
        {action.type === 'delete' && <Fact label="Size">{sizeText(job)}</Fact>}
        <Fact label="Changed assets">{job.checksChanges ? 'are skipped' : 'are not looked for'}</Fact>
        {job.firstCopy !== undefined && <Fact label="One copy first">{FIRST_COPY[job.firstCopy]}</Fact>}
        {leftOut.length > 0 && (
          <Fact label="Left out">
            <ul>
              {leftOut.map(({ reason, count }) => (
                <li key={reason}>
                  {formatNumber(count)} {LEFT_OUT_WORDS[reason]}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {job.retries !== null && <Earlier label="Tries again" id={job.retries} onOpenJob={onOpenJob} />}
        {action.type === 'restore-tags' && (
          <Earlier label="Undoes" id={action.undoes} onOpenJob={onOpenJob} />
        )}
      </dl>
      {action.type === 'delete' && deletionNote !== null && <p className="text-muted">{deletionNote}</p>}
    </section>
  );
}

const FIRST_COPY: Readonly<Record<FirstCopy, string>> = {
  pending: 'No copy has been deleted and looked at yet',
  intact: 'The copy that stays loads as before',
  'record-only': 'The copy that stays is listed as before; nothing of it could be loaded',
  damaged: 'The copy that stays is damaged: the others were not deleted',
};

function sizeText(job: Job): string {
  if (job.unknownSizes === job.total) return 'Unknown';
  const unknown =
    job.unknownSizes === 0 ? '' : `, and ${formatCount(job.unknownSizes, 'asset')} of unknown size`;
  return `${formatUpTo(job.upToBytes)}${unknown}`;
}

const Earlier = ({
  label,
  id,
  onOpenJob,
}: {
  label: string;
  id: string;
  onOpenJob: (id: string) => void;
}) => (
  <Fact label={label}>
    <Button size="small" onClick={() => onOpenJob(id)}>
      Open the earlier job
    </Button>
  </Fact>
);

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{label}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
);
