import type { Instant } from '@/domain/asset';

/** The day of UTC that a time is on, as a date field has it. */
export const dayOf = (time: Instant): string => time.slice(0, 10);

/** The beginning or the end of a day of UTC; null for no such day. */
export function dayBound(day: string, end: 'from' | 'to'): Instant | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return null;
  return end === 'from' ? `${day}T00:00:00Z` : `${day}T23:59:59.999999Z`;
}
