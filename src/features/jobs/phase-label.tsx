import {
  Ban,
  Check,
  CircleAlert,
  Hourglass,
  Pause,
  Play,
  SearchCheck,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';

import type { Job, Live } from '@/domain/job';

import { countOf } from './job-counts';
import { isElsewhere, standingOf } from './standing';

/** The phase of a job as an icon and words: never by colour alone. */
export function PhaseLabel({ job, live }: { job: Job; live: Live | undefined }) {
  const { Icon, text, tone } = phaseOf(job, live);
  return (
    <span className={`inline-flex items-start gap-1.5 ${tone}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{isElsewhere(live) ? `${text}, in another tab` : text}</span>
    </span>
  );
}

function phaseOf(job: Job, live: Live | undefined): { Icon: LucideIcon; text: string; tone: string } {
  switch (standingOf(job, live)) {
    case 'grace':
      return { Icon: Hourglass, text: 'About to begin', tone: 'text-accent' };
    case 'running':
      return { Icon: Play, text: 'Running', tone: 'text-accent' };
    case 'paused':
      return job.pause?.cause === 'person'
        ? { Icon: Pause, text: 'Paused', tone: 'text-caution' }
        : { Icon: CircleAlert, text: 'Stopped, needs you', tone: 'text-danger' };
    case 'interrupted':
      return { Icon: TriangleAlert, text: 'Interrupted', tone: 'text-caution' };
    case 'verifying':
      return { Icon: SearchCheck, text: 'Checking', tone: 'text-accent' };
    case 'over':
      return overOf(job);
  }
}

function overOf(job: Job): { Icon: LucideIcon; text: string; tone: string } {
  if (job.phase === 'cancelled') {
    return {
      Icon: Ban,
      text: job.cancelledBy === 'closed-tab' ? 'Cancelled: its tab was closed before it began' : 'Cancelled',
      tone: 'text-muted',
    };
  }
  return countOf(job, 'failed') + countOf(job, 'unknown') > 0
    ? { Icon: CircleAlert, text: 'Done, not all of it', tone: 'text-caution' }
    : { Icon: Check, text: 'Done', tone: '' };
}
