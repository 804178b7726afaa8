import type { Job } from '@/domain/job';
import { formatNumber } from '@/lib/format';

import { countOf, outcomesOf, type Outcome } from './job-counts';
import { outcomeLabel } from './outcome-words';

/** How many assets ended how. Each count shows its assets in the list below. */
export function ReportOutcomes({
  job,
  chosen,
  onChoose,
}: {
  job: Job;
  chosen: Outcome | null;
  onChoose: (outcome: Outcome | null) => void;
}) {
  const choices = [null, ...outcomesOf(job)];
  return (
    <div
      role="group"
      aria-label="Show assets by outcome"
      className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-2"
    >
      {choices.map((outcome) => {
        const count = outcome === null ? job.total : countOf(job, outcome);
        return (
          <button
            key={outcome}
            type="button"
            aria-pressed={chosen === outcome}
            disabled={count === 0 && chosen !== outcome}
            onClick={() => onChoose(outcome)}
            className="flex flex-col items-start rounded-md border border-line px-3 py-2 enabled:hover:bg-hover disabled:text-muted aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            <span className="text-lg font-semibold">{formatNumber(count)}</span>{' '}
            <span className="text-xs">{outcome === null ? 'All assets' : outcomeLabel(job, outcome)}</span>
          </button>
        );
      })}
    </div>
  );
}
