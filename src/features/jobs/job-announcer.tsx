import { useEffect, useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import { useHandler } from '@/lib/use-handler';
import { announce, announceProblem } from '@/ui/toaster';

import { watchJobs } from './watch-jobs';

export interface JobAnnouncerProps {
  readonly center: JobCenter;
  readonly onOpenJob: (id: string) => void;
}

/** Says what jobs do to those who do not look at them; once per page. */
export function JobAnnouncer({ center, onOpenJob }: JobAnnouncerProps) {
  const [text, setText] = useState('');
  const open = useHandler(onOpenJob);

  useEffect(() => {
    const details = (id: string) => ({ label: 'Open report', run: () => open(id) });
    return watchJobs(center, {
      progress: setText,
      outcome: (said, id) => announce(said, details(id)),
      problem: (said, id) => announceProblem(said, details(id)),
    });
  }, [center, open]);

  // Always there, and written out in full, so that no dialog hides it from screen readers.
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
