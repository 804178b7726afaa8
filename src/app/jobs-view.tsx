import type { Connections } from '@/connections/arrange';
import JobReport from '@/features/jobs/job-report';
import JobsPage from '@/features/jobs/jobs-page';
import type { Place } from '@/search/use-asset-search';

import type { LocalData } from './local-data';
import { providerFor } from './provider-cache';

/** All jobs of this browser, or the report of one. */
export default function JobsView({
  local,
  place,
  connections,
  onNeedKey,
}: {
  local: LocalData;
  place: Place;
  connections: Connections;
  onNeedKey: (connectionId: string) => void;
}) {
  const { center, ledger } = local;
  if (place.jobId === null) return <JobsPage center={center} onOpenJob={place.openJob} />;
  const job = center.view().jobs?.find(({ id }) => id === place.jobId);
  const listed = connections.all.find(({ connection }) => connection.id === job?.connectionId);
  return (
    <JobReport
      center={center}
      jobId={place.jobId}
      ledger={ledger}
      deletionNote={listed === undefined ? null : providerFor(listed.connection).deletionNote}
      onOpenJob={place.openJob}
      onOpenJobs={() => place.goToView('jobs')}
      onNeedKey={onNeedKey}
    />
  );
}
