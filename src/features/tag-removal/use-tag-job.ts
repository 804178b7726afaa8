import { useEffect, useRef, useState } from 'react';

import { attendJob, type Attended } from '@/cleanup/attend-job';
import type { JobCenter, StartOptions } from '@/cleanup/job-center';
import { LedgerError, type Ledger } from '@/cleanup/ledger';
import { explainError } from '@/domain/explain-error';
import { explainPause } from '@/domain/explain-pause';
import type { JobItem } from '@/domain/job';
import type { Plan } from '@/domain/plan';
import { formatCount } from '@/lib/format';
import { announce, announceProblem } from '@/ui/toaster';

export type Stage =
  | { readonly step: 'picking'; readonly problem: string | null }
  | { readonly step: 'working'; readonly jobId: string | null; readonly total: number }
  | { readonly step: 'failed'; readonly end: Attended; readonly problem: string | null };

/** A removal of tags as a job: begun, attended where it is small, and undone. */
export function useTagJob({
  center,
  items,
  canUndo,
}: {
  center: JobCenter;
  items: Ledger['items'];
  canUndo: boolean;
}) {
  const [stage, setStage] = useState<Stage>({ step: 'picking', problem: null });
  const stopping = useRef<AbortController>(null);
  const open = useRef(true);

  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);

  /** @returns the id of a job that was begun; null when it was not, and then `stage` says why */
  async function begin(plan: Plan, options: StartOptions) {
    const before: Stage = stage;
    stopping.current = new AbortController();
    setStage({ step: 'working', jobId: null, total: plan.items.length });
    try {
      const id = await center.start(plan, options);
      setStage({ step: 'working', jobId: id, total: plan.items.length });
      return id;
    } catch (error) {
      const problem = problemOf(error);
      setStage(before.step === 'failed' ? { ...before, problem } : { step: 'picking', problem });
      return null;
    }
  }

  /** Waits for the end, tells it, and offers to take it back. @returns whether nothing is left to do */
  async function attend(id: string): Promise<boolean> {
    const end = await attendJob({ center, items }, id, stopping.current?.signal);
    const outcomes = [...end.items.values()];
    const text = outcomeText(outcomes);
    if (text !== null) {
      const undoable = canUndo && outcomes.some(wasChanged);
      announce(text, undoable ? { label: 'Undo', run: () => void undo(id) } : null);
    }
    const done = outcomes.every(isSettledWell);
    setStage(done ? { step: 'picking', problem: null } : { step: 'failed', end, problem: null });
    return done;
  }

  async function undo(id: string) {
    try {
      const undoing = await center.undo(id);
      if (undoing === null) return;
      const end = await attendJob({ center, items }, undoing);
      const outcomes = [...end.items.values()];
      const failed = outcomes.filter((each) => !isSettledWell(each));
      const back = formatCount(outcomes.length - failed.length, 'asset');
      if (failed.length === 0) announce(`Tags put back on ${back}`);
      else {
        const { pause } = end.job;
        const why = pause === null ? (failed.map(failureText).at(0) ?? '') : explainPause(pause);
        announceProblem(`Tags could not be put back on ${formatCount(failed.length, 'asset')}. ${why}`);
      }
    } catch (error) {
      announceProblem(problemOf(error));
    }
  }

  return {
    stage,
    begin,
    attend,
    stop: () => stopping.current?.abort(),
    /** Whether somebody asked for a stop. */
    isStopped: () => stopping.current?.signal.aborted === true,
    /** Whether the dialog is still there to be closed. */
    isOpen: () => open.current,
  };
}

const wasChanged = ({ outcome }: JobItem): boolean => (outcome?.changedTags.length ?? 0) > 0;

/** The asset has none of the tags any more, for one reason or another. */
export const isSettledWell = ({ state }: JobItem): boolean => state === 'edited' || state === 'already-gone';

/** What the provider confirmed; null when nothing was. */
function outcomeText(outcomes: readonly JobItem[]): string | null {
  const changed = outcomes.filter(wasChanged).length;
  const gone = outcomes.filter(({ state }) => state === 'already-gone').length;
  const unchanged = outcomes.filter((each) => each.state === 'edited' && !wasChanged(each)).length;
  if (changed + gone + unchanged === 0) return null;
  if (changed + gone === 0) return unchanged === outcomes.length ? 'The tags were not there any more' : null;
  return [
    `Tags removed from ${formatCount(changed, 'asset')}`,
    ...(unchanged > 0 ? [`${formatCount(unchanged, 'asset')} did not have them any more`] : []),
    ...(gone > 0 ? [`${formatCount(gone, 'asset')} already gone`] : []),
  ].join(', ');
}

/** Why one asset still has its tags, as sentences. */
export function failureText({ state, outcome }: JobItem): string {
  if (outcome === null) {
    return state === 'sending'
      ? 'Nobody knows whether it happened: the work was stopped meanwhile.'
      : 'Not tried: the work was stopped before.';
  }
  const { problem } = outcome;
  if (problem === null) return state === 'changed' ? 'It changed meanwhile.' : 'It failed.';
  return `${problem.title}. ${problem.hint}`;
}

export function problemOf(error: unknown): string {
  if (error instanceof LedgerError) {
    return 'The job could not be written down, so nothing was changed. Free some space on this device, then try again.';
  }
  const { title, hint } = explainError(error);
  return `${title}. ${hint}`;
}
