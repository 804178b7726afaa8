import type { Connections } from '@/connections/arrange';
import JobReport from '@/features/jobs/job-report';
import JobsPage from '@/features/jobs/jobs-page';
import type { AssetSearch } from '@/search/use-asset-search';

import type { LocalData } from './local-data';
import { providerFor } from './provider-cache';

/** All jobs of this browser, or the report of one. */
export default function JobsView({
  local,
  search,
  connections,
  onNeedKey,
}: {
  local: LocalData;
  search: AssetSearch;
  connections: Connections;
  onNeedKey: (connectionId: string) => void;
}) {
  const { center, ledger } = local;
  if (search.jobId === null) return <JobsPage center={center} onOpenJob={search.openJob} />;
  const job = center.view().jobs?.find(({ id }) => id === search.jobId);
  const listed = connections.all.find(({ connection }) => connection.id === job?.connectionId);
  return (
    <JobReport
      center={center}
      jobId={search.jobId}
      ledger={ledger}
      deletionNote={listed === undefined ? null : providerFor(listed.connection).deletionNote}
      onOpenJob={search.openJob}
      onOpenJobs={() => search.goToView('jobs')}
      onNeedKey={onNeedKey}
    />
  );
}
