import type { Job, Live } from '@/domain/job';

/** Where a job stands at this moment, as the person should see it. */
export type Standing = 'grace' | 'running' | 'paused' | 'interrupted' | 'verifying' | 'over';

export function standingOf(job: Job, live: Live | undefined): Standing {
  switch (job.phase) {
    case 'grace':
      return 'grace';
    case 'running':
      // Nobody carries it on: the tab that did is gone.
      return live?.running === false && !live.waitsForOther ? 'interrupted' : 'running';
    case 'paused':
      return job.pause?.cause === 'interrupted' ? 'interrupted' : 'paused';
    case 'done':
    case 'cancelled':
      return live === undefined || live.verifying === null ? 'over' : 'verifying';
  }
}

/** Whether the dialog that it was started from shows it. One that stopped is everybody's. */
export const isInDialog = (job: Job): boolean =>
  job.attended && (job.phase !== 'paused' || job.pause?.cause === 'person');

export const isElsewhere = (live: Live | undefined): boolean => live?.running === true && !live.here;
