import { useQuery } from '@tanstack/react-query';

import type { Job } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import { useThrottled } from '@/lib/use-throttled';

import { causesQuery, type ItemReader } from './item-queries';
import { countOf } from './job-counts';
import { outcomeLabel } from './outcome-words';

const CAUSES_EVERY_MS = 5_000;

/** Why assets are still there, grouped by cause. */
export function ReportCauses({ job, ledger }: { job: Job; ledger: ItemReader }) {
  const counts = (['protected', 'changed', 'failed', 'unknown'] as const).map((each) => countOf(job, each));
  const revision = useThrottled(counts.join(' '), CAUSES_EVERY_MS);
  const any = counts.some((count) => count > 0);
  const causes = useQuery({ ...causesQuery(ledger, job.id, revision), enabled: any });
  if (!any || causes.data === undefined || causes.data.length === 0) return null;
  return (
    <section aria-labelledby="causes" className="flex flex-col gap-1">
      <h3 id="causes" className="text-base font-semibold">
        Causes
      </h3>
      <ul aria-labelledby="causes" className="divide-y divide-line">
        {causes.data.map((cause) => (
          <li key={`${cause.outcome} ${cause.title}`} className="flex gap-3 py-1.5">
            <span className="w-16 shrink-0 text-right font-semibold">{formatNumber(cause.count)}</span>
            <span className="min-w-0 wrap-anywhere">
              {outcomeLabel(job, cause.outcome)}: {cause.title}
              {cause.hint !== null && <span className="block text-xs text-muted">{cause.hint}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
