import { NO_INDEX_FILTERS } from '@/domain/library-query';
import type { JobSummary } from '@/library/store/by-job';
import { formatCount, formatDay, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { shownText } from '@/ui/shown-text';

import { AssetItem } from '../parts/asset-item';
import type { IndexViewProps } from '../parts/index-view-props';
import { linkTo } from '../parts/link-to';
import { sizeOf, sizeWords } from '../parts/size-words';

import { verdict } from './rule-words';

/** One generation: its assets, newest first, and what the rule makes of each. */
export function JobCard({ job, ...props }: Omit<IndexViewProps, 'index'> & { job: JobSummary }) {
  const more = job.count - job.members.length;
  const inTable = linkTo(props, { index: { ...NO_INDEX_FILTERS, jobId: job.jobId } });
  return (
    <article
      aria-label={`Job ${shownName(job.jobId)}`}
      className="border-b border-line px-4 py-3 max-md:px-2"
    >
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h3 className="font-semibold">{sizeWords(job)}</h3>
        <p className="text-muted">{job.rest === 0 ? 'All stay' : `${formatNumber(job.rest)} may go`}</p>
        <a
          {...inTable}
          aria-label={`Job ${shownName(job.jobId)} in the table`}
          className="ml-auto max-w-full min-w-0 truncate font-mono text-xs text-muted underline underline-offset-2 hover:text-ink"
        >
          {shownText(job.jobId)}
        </a>
      </header>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(19rem,100%),1fr))] gap-x-4 gap-y-2">
        {job.members.map(({ asset, kept }) => (
          <AssetItem key={asset.id} {...props} asset={asset}>
            <strong className="font-medium text-ink">{verdict(kept)}</strong> · {sizeOf(asset)} ·{' '}
            {formatDay(asset.createdAt)}
          </AssetItem>
        ))}
      </ul>
      {more > 0 && (
        <p className="mt-2">
          <a {...inTable} className="text-accent underline underline-offset-2">
            {formatCount(more, 'older asset')} more in the table
          </a>
        </p>
      )}
    </article>
  );
}
