import { useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';

import type { JobRule } from '@/domain/job-rules';
import { formatCount, formatNumber } from '@/lib/format';
import { JOB_SORTS, type JobSort } from '@/library/store/by-job';
import { libraryQueries } from '@/queries/library-queries';
import { Button } from '@/ui/button';
import { Labelled, Select } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { announce } from '@/ui/toaster';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { Pager } from '../parts/pager';
import { sizeWords } from '../parts/size-words';
import { useGather } from '../parts/use-gather';

import { JobCard } from './job-card';
import { jobTotalsQuery, PART_WITH_ASSETS } from './job-rest-query';
import { RuleForm } from './rule-form';
import { ruleWords } from './rule-words';

const PAGE_SIZE = 10;
const MEMBERS = 12;
const SORT_LABELS: Readonly<Record<JobSort, string>> = {
  bytes: 'Largest first',
  count: 'Most assets first',
  newest: 'Newest first',
};
const isSort = (value: string): value is JobSort => JOB_SORTS.some((sort) => sort === value);

/** Assets of one generation together, and a rule for what stays of each: the rest is ticked with one click. */
export default function ByJobView(props: IndexViewProps) {
  const { index, pinned } = props;
  const [rule, setRule] = useState<JobRule>({ keep: 'newest', count: 1 });
  const [sort, setSort] = useState<JobSort>('bytes');
  const [atLeast, setAtLeast] = useState(2);
  const [page, setPage] = useState(1);
  const heading = useRef<HTMLHeadingElement>(null);
  const pinnedIds = useMemo(() => [...pinned.keys()].sort(), [pinned]);
  const jobs = useQuery(
    libraryQueries.call(index, 'jobs', {
      ...{ rule, pinned: pinnedIds, sort, atLeast, page },
      ...{ pageSize: PAGE_SIZE, mostMembers: MEMBERS },
    }),
  );

  function goTo(next: number) {
    setPage(next);
    heading.current?.focus();
  }

  return (
    <section aria-labelledby="by-job-heading">
      <header className="flex flex-col gap-3 border-b border-line px-4 py-3 max-md:px-2">
        <div>
          <h2 id="by-job-heading" ref={heading} tabIndex={-1} className="text-base font-semibold">
            By job
          </h2>
          <p className="text-muted">
            Assets that one generation made, together. At least one asset of every job stays, whatever the
            rule says; so does what is pinned, immutable or public, and what another asset shows as its
            preview.
          </p>
        </div>
        <RuleForm index={index} rule={rule} onRule={setRule} />
        <RulePreview {...props} rule={rule} pinnedIds={pinnedIds} />
      </header>
      <Answer query={jobs}>
        {({ jobs: shown, total, withoutJob }) => (
          <>
            <div className="flex flex-wrap items-end gap-3 border-b border-line px-4 py-2 max-md:px-2">
              <Labelled label="Order of jobs">
                <Select
                  value={sort}
                  onChange={({ target }) => {
                    if (isSort(target.value)) setSort(target.value);
                    setPage(1);
                  }}
                >
                  {JOB_SORTS.map((each) => (
                    <option key={each} value={each}>
                      {SORT_LABELS[each]}
                    </option>
                  ))}
                </Select>
              </Labelled>
              <Labelled label="Jobs shown">
                <Select
                  value={atLeast}
                  onChange={({ target }) => {
                    setAtLeast(Number(target.value));
                    setPage(1);
                  }}
                >
                  <option value={2}>With several assets</option>
                  <option value={1}>All</option>
                </Select>
              </Labelled>
              <p className="self-center text-muted">
                {formatCount(total, 'job')}. {formatCount(withoutJob, 'asset belongs', 'assets belong')} to no
                known job.
              </p>
            </div>
            {shown.length === 0 ? (
              <Notice icon={<Layers />} title={page === 1 ? 'No jobs' : 'No more jobs'}>
                {page === 1 && atLeast > 1
                  ? 'No job in the index has several assets.'
                  : 'No asset in the index names the job that made it.'}
              </Notice>
            ) : (
              shown.map((job) => <JobCard key={job.jobId} {...props} job={job} />)
            )}
            <Pager label="Pages of jobs" page={page} pageSize={PAGE_SIZE} total={total} onPage={goTo} />
          </>
        )}
      </Answer>
    </section>
  );
}

/** What the rule comes to over all jobs, and the one click that ticks what it lets go. */
function RulePreview({
  index,
  rule,
  pinnedIds,
  onTick,
}: IndexViewProps & { rule: JobRule; pinnedIds: readonly string[] }) {
  const totals = useQuery(jobTotalsQuery(index, rule, pinnedIds));
  // Of a job that is known in part, another asset may be the newest.
  const complete = useSyncExternalStore(index.subscribe, () => index.view().state === 'ready');
  const { busy, gather } = useGather();
  const data = totals.data?.done === 1 ? totals.data : undefined;

  function selectRest() {
    const params = { rule, pinned: pinnedIds, limit: PART_WITH_ASSETS, withAssets: true };
    void gather(
      (after: number | null, options) => index.store.call('jobRest', { ...params, after }, options),
      (assets) => {
        onTick(assets, true);
        announce(`Selected ${formatCount(assets.length, 'asset')}. Nothing is deleted yet.`);
      },
    );
  }

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p role="status" className="min-w-0 wrap-anywhere">
        {totals.isError
          ? `What it comes to could not be read. ${totals.error.message}`
          : data === undefined
            ? 'Adding up…'
            : `${ruleWords(rule)}. ${
                data.count === 0
                  ? `Nothing is left to go: all ${formatCount(data.kept, 'asset')} of jobs stay.`
                  : `${sizeWords(data)}, may go from ${formatCount(data.jobs, 'job')}; ${formatCount(data.kept, 'asset stays', 'assets stay')}.`
              }`}
      </p>
      {data === undefined && !totals.isError && (
        <progress aria-label="Adding up" value={totals.data?.done ?? 0} className="h-2 w-40 accent-accent" />
      )}
      {data !== undefined && data.count > 0 && (
        <Button aria-disabled={busy || !complete} onClick={() => complete && selectRest()}>
          {busy ? 'Selecting…' : `Select these ${formatNumber(data.count)}`}
        </Button>
      )}
      {!complete && (
        <p className="basis-full text-caution">
          The index is not complete yet: jobs may have more assets than it knows. They can be selected once it
          is.
        </p>
      )}
    </div>
  );
}
