import { useMemo, useState, useSyncExternalStore } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import { isOver } from '@/domain/job';

type Ids = ReadonlySet<string>;
const NONE: Ids = new Set();
const nothing = () => () => undefined;

/** The assets of jobs that were started here and are not over: their rows are dimmed until then. */
export function useStartedJobs(center: JobCenter | null) {
  const [started, setStarted] = useState<ReadonlyMap<string, Ids>>(new Map());
  // A text, so that progress, which comes many times a second, changes nothing here.
  const going = useSyncExternalStore(center?.subscribe ?? nothing, () =>
    (center?.view().jobs ?? [])
      .filter((job) => started.has(job.id) && !isOver(job.phase))
      .map(({ id }) => id)
      .join(' '),
  );
  const ids = useMemo(() => {
    const jobs = going.split(' ').flatMap((id) => started.get(id) ?? []);
    return jobs.length === 0 ? NONE : new Set(jobs.flatMap((each) => [...each]));
  }, [going, started]);
  return { ids, add: (jobId: string, of: Ids) => setStarted((now) => new Map(now).set(jobId, of)) };
}
