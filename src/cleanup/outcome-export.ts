import type { Job, JobItem } from '@/domain/job';

import { actionText, manifestColumns, toManifestRow } from './manifest';
import { createTableFile, type TableFormat, type TableRow } from './table-file';

const OUTCOME_COLUMNS = [
  ...['state', 'changed_tags', 'unchanged_tags', 'settled_at'],
  ...['problem', 'message', 'http_status', 'code', 'request_id'],
];

/**
 * A job's list with how each asset of it ended, so far.
 * @param batches the job's items in the order of its plan, some at a time
 */
export async function exportOutcome(
  job: Job,
  batches: AsyncIterable<readonly JobItem[]>,
  format: TableFormat,
): Promise<Blob> {
  const file = await createTableFile(format, [...manifestColumns(job.action), ...OUTCOME_COLUMNS]);
  const words = actionText(job.action);
  for await (const batch of batches) file.add(batch.map((item) => toOutcomeRow(item, words)));
  return file.blob();
}

function toOutcomeRow({ item, state, outcome }: JobItem, action: string): TableRow {
  const problem = outcome?.problem ?? null;
  return {
    ...toManifestRow(item, action),
    state,
    changed_tags: outcome?.changedTags ?? [],
    unchanged_tags: outcome?.unchangedTags ?? [],
    settled_at: outcome === null ? null : new Date(outcome.settledAt).toISOString(),
    problem: problem?.title ?? null,
    message: problem?.message ?? null,
    http_status: problem?.status ?? null,
    code: problem?.code ?? null,
    request_id: problem?.requestId ?? null,
  };
}
