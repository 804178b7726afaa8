import { CircleAlert, ListChecks } from 'lucide-react';
import { useRef, useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Job } from '@/domain/job';
import ConfirmDialog from '@/ui/confirm-dialog';
import { Notice } from '@/ui/notice';

import { JobHistory } from './job-history';
import { JobSettingsForm } from './job-settings-form';
import { titleOf } from './job-words';
import { PageHeading } from './page-heading';
import { steer } from './steer';
import { useJobs } from './use-jobs';

export interface JobsPageProps {
  readonly center: JobCenter;
  readonly onOpenJob: (id: string) => void;
}

/** Every job of this browser, newest first, and how new ones start. */
export default function JobsPage({ center, onOpenJob }: JobsPageProps) {
  const { jobs, live, problem } = useJobs(center);
  const [asked, setAsked] = useState<Job | null>(null);
  const page = useRef<HTMLElement>(null);
  const returnTo = useRef<HTMLElement | null>(null);

  function ask(job: Job, from: HTMLElement) {
    returnTo.current = from;
    setAsked(job);
  }

  function forget(job: Job) {
    // The button goes away with its row.
    returnTo.current = page.current?.querySelector('h2') ?? null;
    setAsked(null);
    void steer(center.forget(job.id));
  }

  return (
    <main ref={page} className="min-h-0 flex-1 overflow-auto bg-surface">
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 max-md:px-2">
        <PageHeading>Jobs</PageHeading>
        {problem !== null ? (
          <Notice role="alert" icon={<CircleAlert />} title="Jobs can be neither kept nor run here">
            {problem}
          </Notice>
        ) : jobs === null ? (
          <p role="status" className="text-muted">
            Reading jobs…
          </p>
        ) : jobs.length === 0 ? (
          <Notice role="status" icon={<ListChecks />} title="No jobs yet">
            Whatever you delete or edit in bulk is listed here with its outcome, for as long as you keep it.
          </Notice>
        ) : (
          <JobHistory jobs={jobs} live={live} onOpenJob={onOpenJob} onForget={ask} />
        )}
        <JobSettingsForm />
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={`Forget “${titleOf(asked)}”?`}
          confirmLabel="Forget"
          onConfirm={() => forget(asked)}
          onClose={() => setAsked(null)}
          returnFocus={() => returnTo.current?.focus()}
        >
          <p>
            Its plan and its report are removed from this browser, for good. Nothing changes at{' '}
            {asked.connectionLabel}.
          </p>
        </ConfirmDialog>
      )}
    </main>
  );
}
