import { useSyncExternalStore } from 'react';

import type { JobCenter, JobsView } from '@/cleanup/job-center';

/** All jobs of this browser, as they are now. */
export const useJobs = (center: JobCenter): JobsView =>
  useSyncExternalStore(
    (listener) => center.subscribe(listener),
    () => center.view(),
  );
