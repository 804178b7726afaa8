import {
  Ban,
  Check,
  CircleAlert,
  CircleHelp,
  CircleSlash,
  Clock,
  Lock,
  PencilLine,
  type LucideIcon,
} from 'lucide-react';

import type { ItemOutcome, Job, JobItem, Problem } from '@/domain/job';
import { shownText } from '@/ui/shown-text';

import type { Outcome } from './job-counts';
import { outcomeOf, REASONS, stateLabel } from './outcome-words';
import { StackedCell, StackedRow, StackedTable } from './stacked-table';

const ICONS: Readonly<Record<Outcome, LucideIcon>> = {
  deleted: Check,
  edited: Check,
  'already-gone': CircleSlash,
  protected: Lock,
  changed: PencilLine,
  failed: CircleAlert,
  unknown: CircleHelp,
  'not-sent': Clock,
};

export function ItemTable({
  job,
  items,
  total,
  offset,
  busy,
}: {
  job: Job;
  items: readonly JobItem[];
  total: number;
  offset: number;
  busy: boolean;
}) {
  const tags = job.action.type !== 'delete';
  const columns = ['Name', 'State', 'Reason', ...(tags ? ['Tags changed'] : [])];
  return (
    <StackedTable label="Assets of this job" columns={columns} rowCount={total} busy={busy}>
      {items.map(({ index, item, state, outcome }, place) => (
        <StackedRow key={index} aria-rowindex={offset + place + 2}>
          <StackedCell className="md:w-1/3">
            <bdi className="font-medium">{shownText(item.name)}</bdi>
            <span className="block text-xs text-muted">{shownText(item.id)}</span>
          </StackedCell>
          <StackedCell className="md:w-36">
            <State job={job} item={state} />
          </StackedCell>
          <StackedCell>
            <Reason state={outcomeOf(state)} problem={outcome?.problem ?? null} />
          </StackedCell>
          {tags && <StackedCell>{outcome !== null && <TagChanges outcome={outcome} />}</StackedCell>}
        </StackedRow>
      ))}
    </StackedTable>
  );
}

function State({ job, item }: { job: Job; item: JobItem['state'] }) {
  const over = job.phase === 'cancelled' || job.phase === 'done';
  const kind = outcomeOf(item);
  const Icon = kind === 'not-sent' && over ? Ban : ICONS[kind];
  return (
    <span
      className={`inline-flex items-start gap-1.5 ${kind === 'failed' || kind === 'unknown' ? 'text-danger' : ''}`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      {stateLabel(job, item)}
    </span>
  );
}

/** Ours first, then the provider's own words and what its support would ask for. */
function Reason({ state, problem }: { state: Outcome; problem: Problem | null }) {
  if (problem === null) return REASONS[state] ?? null;
  const details = [
    problem.status === null ? null : `status ${problem.status}`,
    problem.code === null ? null : `code ${problem.code}`,
    problem.requestId === null ? null : `request id ${problem.requestId}`,
  ].filter((part) => part !== null);
  return (
    <>
      {problem.title}
      <span className="block text-muted">{problem.message ?? problem.hint}</span>
      {details.length > 0 && <span className="block text-xs text-muted">{details.join(' · ')}</span>}
    </>
  );
}

function TagChanges({ outcome: { changedTags, unchangedTags } }: { outcome: ItemOutcome }) {
  return (
    <>
      <bdi>{shownText(changedTags.join(', '))}</bdi>
      {unchangedTags.length > 0 && (
        <span className="block text-xs text-muted">already so: {shownText(unchangedTags.join(', '))}</span>
      )}
    </>
  );
}
