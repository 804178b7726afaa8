import type { JobCenter } from '@/cleanup/job-center';
import { JobAnnouncer } from '@/features/jobs/job-announcer';
import { JobStrip } from '@/features/jobs/job-strip';
import type { Place } from '@/search/use-asset-search';

/** What is being done, on every page: loaded once the first one has come to rest. */
export default function JobsBar({
  center,
  place,
  onNeedKey,
}: {
  center: JobCenter;
  place: Place;
  onNeedKey: (connectionId: string) => void;
}) {
  return (
    <>
      <JobStrip
        center={center}
        onOpenJob={place.openJob}
        onOpenJobs={() => place.goToView('jobs')}
        onNeedKey={onNeedKey}
      />
      <JobAnnouncer center={center} onOpenJob={place.openJob} />
    </>
  );
}
