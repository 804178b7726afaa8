import { CircleAlert, Hourglass, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Job, Live } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import { useSecondsUntil } from '@/lib/use-seconds-until';

import { countOf, settledOf } from './job-counts';
import { doingText, wordsOf } from './job-words';
import { interruptedText, pauseText } from './pause-words';
import { rateText } from './rate-words';
import { isElsewhere, standingOf } from './standing';

/** How far a job is, in words and as a bar; nothing for one that is over. */
export function JobProgress({ job, live }: { job: Job; live: Live | undefined }) {
  switch (standingOf(job, live)) {
    case 'grace':
      return <Grace job={job} live={live} />;
    case 'running':
      return (
        <Progress job={job} text={doneText(job)}>
          <Running job={job} live={live} />
        </Progress>
      );
    case 'paused':
      return (
        <Progress job={job} text={doneText(job)}>
          {job.pause !== null && (
            <Reason icon={job.pause.cause === 'person' ? <Pause /> : <CircleAlert />}>
              {pauseText(job, job.pause)}
            </Reason>
          )}
        </Progress>
      );
    case 'interrupted':
      return (
        <Progress job={job} text={doneText(job)}>
          <Reason icon={<TriangleAlert />}>{interruptedText(job)}</Reason>
        </Progress>
      );
    case 'verifying':
      return live?.verifying ? <Verifying looked={live.verifying.looked} of={live.verifying.of} /> : null;
    case 'over':
      return null;
  }
}

function doneText(job: Job): string {
  const parts = [`${formatNumber(settledOf(job))} of ${formatNumber(job.total)} done`];
  const failed = countOf(job, 'failed');
  const unknown = countOf(job, 'unknown');
  if (failed > 0) parts.push(`${formatNumber(failed)} failed`);
  if (unknown > 0) parts.push(`${formatNumber(unknown)} unknown`);
  return `${wordsOf(job).doing}: ${parts.join(', ')}`;
}

function Grace({ job, live }: { job: Job; live: Live | undefined }) {
  const seconds = useSecondsUntil(job.graceUntil ?? 0);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="font-medium">
        {doingText(job)} {seconds > 0 ? `in ${formatNumber(seconds)} s` : 'now'}
      </p>
      <p className="min-h-5 text-muted wrap-anywhere">
        <Elsewhere live={live} />
        {job.connectionLabel} · nothing was sent yet
      </p>
    </div>
  );
}

function Running({ job, live }: { job: Job; live: Live | undefined }) {
  if (live?.wait) {
    return (
      <Reason icon={<Hourglass />}>
        <Elsewhere live={live} />
        <Wait until={live.wait.until} title={live.wait.problem.title} />
      </Reason>
    );
  }
  return (
    <p className="truncate text-muted">
      <Elsewhere live={live} />
      {live !== undefined && rateText(job, live)}
    </p>
  );
}

function Wait({ until, title }: { until: number; title: string }) {
  const seconds = useSecondsUntil(until);
  return (
    <>
      {title}: going on {seconds > 0 ? `in ${formatNumber(seconds)} s` : 'now'}
    </>
  );
}

const Elsewhere = ({ live }: { live: Live | undefined }) => (isElsewhere(live) ? 'in another tab · ' : null);

function Verifying({ looked, of }: { looked: number; of: number }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="font-medium">
        Checking that what was deleted is gone: {formatNumber(looked)} of {formatNumber(of)}
      </p>
      <Bar name="Checking that what was deleted is gone" value={looked} max={of} />
    </div>
  );
}

function Progress({ job, text, children }: { job: Job; text: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="font-medium">{text}</p>
      <Bar name={`${doingText(job)} at ${job.connectionLabel}`} value={settledOf(job)} max={job.total} />
      {/* Room for the words that come and go: nothing moves for them. Why it stands still may take two lines. */}
      <div className="min-h-5">{children}</div>
    </div>
  );
}

const Bar = ({ name, value, max }: { name: string; value: number; max: number }) => (
  // A bar without a length is one without an end.
  <progress aria-label={name} value={value} max={Math.max(1, max)} className="h-2 w-full accent-accent" />
);

const Reason = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex items-start gap-1.5 text-caution">
    <span aria-hidden className="mt-0.5 shrink-0 [&>svg]:size-4">
      {icon}
    </span>
    <span className="min-w-0 wrap-anywhere">{children}</span>
  </p>
);
