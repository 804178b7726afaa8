import type { Job, Live } from '@/domain/job';
import { formatCount, formatNumber } from '@/lib/format';

import { leftOf } from './job-counts';

/** `8 at a time · 35 per second · about 2 min left`. */
export function rateText(job: Job, live: Live): string {
  if (live.waitsForOther) return 'Waiting for another large job to end';
  const parts = [`${formatNumber(live.pace)} at a time`];
  if (live.perSecond !== null && live.perSecond > 0) {
    parts.push(
      live.perSecond >= 1
        ? `${formatNumber(live.perSecond)} per second`
        : `${formatNumber(live.perSecond * 60)} per minute`,
      timeLeftText(leftOf(job) / live.perSecond),
    );
  }
  return parts.join(' · ');
}

/** Coarse on purpose: a guess that changes every second is noise. */
export function timeLeftText(seconds: number): string {
  if (seconds <= 10) return 'a few seconds left';
  if (seconds <= 60) return `about ${formatNumber(Math.ceil(seconds / 10) * 10)} s left`;
  if (seconds <= 90 * 60) return `about ${formatNumber(Math.ceil(seconds / 60))} min left`;
  return `about ${formatCount(Math.ceil(seconds / 3_600), 'hour')} left`;
}
