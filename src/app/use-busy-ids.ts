import { useMemo, useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';

import { useStartedJobs } from './use-started-jobs';

const NO_IDS: ReadonlySet<string> = new Set();

/** The assets that are being deleted, in the dialog or by a job that was started here: their rows are dimmed. */
export function useBusyIds(center: JobCenter | null) {
  const [inDialog, setInDialog] = useState(NO_IDS);
  const started = useStartedJobs(center);
  const ids = useMemo(
    () => (inDialog.size === 0 ? started.ids : new Set([...inDialog, ...started.ids])),
    [inDialog, started.ids],
  );
  return { ids, setInDialog, addJob: started.add };
}
