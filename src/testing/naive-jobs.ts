import type { Asset } from '@/domain/asset';
import { keptOfJob, type JobRule } from '@/domain/job-rules';

import { compare, naiveSorted, naiveSums, previewsInUse } from './naive-library';

/** Assets by the job that made them, and what the rule keeps of each. */
export function naiveJobs(assets: readonly Asset[], rule: JobRule, pinned: ReadonlySet<string>) {
  const inUse = previewsInUse(assets);
  const jobIds = new Set(assets.map(({ jobId }) => jobId).filter((jobId) => jobId !== null));
  return [...jobIds].sort(compare).map((jobId) => {
    const members = naiveSorted(
      assets.filter((asset) => asset.jobId === jobId),
      'created_at',
      'desc',
    );
    const kept = keptOfJob(members, rule, { pinned, previewsInUse: inUse });
    return {
      jobId,
      ...naiveSums(members),
      newest: members[0]?.createdAt ?? '',
      members,
      kept,
      rest: members.filter(({ id }) => !kept.has(id)),
    };
  });
}
