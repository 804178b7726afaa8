import { useState } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import { exportOutcome } from '@/cleanup/outcome-export';
import { isOver, type Job } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import { saveFile } from '@/lib/save-file';
import { Button } from '@/ui/button';
import { announceProblem } from '@/ui/toaster';

import type { ItemReader } from './item-queries';
import { countOf, retriableOf } from './job-counts';
import { steer } from './steer';

const FORMATS = [
  { format: 'csv', label: 'Save outcome as CSV' },
  { format: 'jsonl', label: 'Save outcome as JSON Lines' },
] as const;
const BATCH = 1_000;

/** What can be done with a report: try again, undo, keep. */
export function ReportActions({
  center,
  job,
  ledger,
  onOpenJob,
}: {
  center: JobCenter;
  job: Job;
  ledger: ItemReader;
  onOpenJob: (id: string) => void;
}) {
  /** A second click meanwhile must not begin a second job or file. */
  const [busy, setBusy] = useState(false);
  const retriable = retriableOf(job);

  async function once(step: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    await step();
    setBusy(false);
  }

  async function follow(begun: Promise<string | null>) {
    const id = await steer(begun);
    if (id !== null) onOpenJob(id);
  }

  async function save(format: 'csv' | 'jsonl') {
    try {
      const file = await exportOutcome(job, ledger.batches(job.id, BATCH), format);
      saveFile(file, `winnow-outcome-${new Date(job.createdAt).toISOString().replaceAll(':', '')}.${format}`);
    } catch {
      announceProblem('The outcome could not be saved.');
    }
  }

  return (
    <div className="flex flex-wrap gap-2">
      {retriable > 0 && (
        <Button
          look="primary"
          aria-disabled={busy}
          onClick={() => void once(() => follow(center.retry(job.id)))}
        >
          Retry {formatNumber(retriable)} {retriedText(job)}
        </Button>
      )}
      {job.action.type === 'remove-tags' && isOver(job.phase) && job.counts.edited > 0 && (
        <Button aria-disabled={busy} onClick={() => void once(() => follow(center.undo(job.id)))}>
          Undo
        </Button>
      )}
      {FORMATS.map(({ format, label }) => (
        <Button key={format} aria-disabled={busy} onClick={() => void once(() => save(format))}>
          {label}
        </Button>
      ))}
    </div>
  );
}

function retriedText(job: Job): string {
  if (countOf(job, 'unknown') === 0) return 'failed';
  return countOf(job, 'failed') === 0 ? 'unknown' : 'failed or unknown';
}
