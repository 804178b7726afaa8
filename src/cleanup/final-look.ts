import type { Job, Live, Verification } from '@/domain/job';

import { findProvider, type Care } from './care';

const BATCH = 1_000;

/**
 * Reads again what a job counts as gone.
 * @throws Error when the provider cannot be asked, or the signal was aborted
 */
export async function takeFinalLook(
  job: Job,
  care: Care,
  signal: AbortSignal,
  onProgress: (progress: NonNullable<Live['verifying']>) => void,
): Promise<Verification> {
  const found = await findProvider(job, care);
  if ('pause' in found) throw new Error('A provider cannot be asked without its connection and its key.');
  const ids: string[] = [];
  for await (const batch of care.ledger.batches(job.id, BATCH)) {
    signal.throwIfAborted();
    for (const { state, item } of batch) {
      if (state === 'deleted' || state === 'already-gone') ids.push(item.id);
    }
  }
  onProgress({ looked: 0, of: ids.length });
  return care.verify({ provider: found.provider, ids, signal, onProgress });
}
