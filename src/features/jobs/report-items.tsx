import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { isOver, type Job } from '@/domain/job';
import { useThrottled } from '@/lib/use-throttled';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

import { ITEMS_PER_PAGE, itemsQuery, type ItemReader } from './item-queries';
import { ItemPages } from './item-pages';
import { ItemTable } from './item-table';
import type { Outcome } from './job-counts';
import { ReportOutcomes } from './report-outcomes';

const REFRESH_MS = 1_000;
const TYPING_MS = 300;

/** Every asset of the job and how it ended: by outcome, by name or id, page by page; it follows a job that runs. */
export function ReportItems({ job, ledger }: { job: Job; ledger: ItemReader }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const text = useThrottled(typed.trim(), TYPING_MS);
  const revision = useThrottled(revisionOf(job), REFRESH_MS);
  const items = useQuery(itemsQuery(ledger, job.id, { outcome, text, page }, revision));
  const total = items.data?.total ?? 0;
  // Assets leave "Still to do" while one looks at its last page.
  const lastPage = Math.max(1, Math.ceil(total / ITEMS_PER_PAGE));
  if (items.isSuccess && !items.isPlaceholderData && page > lastPage) setPage(lastPage);

  return (
    <section aria-labelledby="job-assets" className="flex flex-col gap-3">
      <h3 id="job-assets" className="text-base font-semibold">
        Assets
      </h3>
      <ReportOutcomes
        job={job}
        chosen={outcome}
        onChoose={(next) => {
          setOutcome(next);
          setPage(1);
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <TextField
          type="search"
          aria-label="Search by name or id"
          placeholder="Search by name or id"
          className="w-72 max-w-full"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setPage(1);
          }}
        />
        <ItemPages
          page={page}
          lastPage={lastPage}
          total={total}
          shown={items.data?.items.length ?? 0}
          settled={isOver(job.phase)}
          onPage={setPage}
        />
      </div>
      {items.isError && (
        <Banner
          tone="danger"
          role="alert"
          actions={
            <Button size="small" onClick={() => void items.refetch()}>
              Try again
            </Button>
          }
        >
          The assets of this job could not be read.
        </Banner>
      )}
      {items.isPending ? (
        <p className="text-muted">Reading…</p>
      ) : total === 0 && !items.isError ? (
        <p className="text-muted">No asset of this job matches.</p>
      ) : (
        <ItemTable
          job={job}
          items={items.data?.items ?? []}
          total={total}
          offset={(page - 1) * ITEMS_PER_PAGE}
          busy={items.isPlaceholderData}
        />
      )}
    </section>
  );
}

/** Changes with every count. */
const revisionOf = ({ counts }: Job): string => Object.values(counts).join(' ');
