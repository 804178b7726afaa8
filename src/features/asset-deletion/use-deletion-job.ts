import { useEffect, useRef, useState } from 'react';

import { attendJob } from '@/cleanup/attend-job';
import type { JobCenter, StartOptions } from '@/cleanup/job-center';
import { LedgerError, type Ledger } from '@/cleanup/ledger';
import { explainError } from '@/domain/explain-error';
import type { Job } from '@/domain/job';
import type { Plan } from '@/domain/plan';

import { latest, type Results } from './outcome';

export type Stage =
  | { readonly step: 'asking'; readonly problem: string | null }
  | { readonly step: 'working'; readonly jobId: string | null; readonly total: number }
  /** `problem` is why trying again did not even begin. */
  | { readonly step: 'ended'; readonly job: Job; readonly problem: string | null };

const NOTHING: Results = new Map();

/** One plan's way through jobs: asking, working, and how it ended; once more for what is left. */
export function useDeletionJob({ center, items }: { center: JobCenter; items: Ledger['items'] }) {
  const [stage, setStage] = useState<Stage>({ step: 'asking', problem: null });
  const [results, setResults] = useState(NOTHING);
  const stopping = useRef<AbortController>(null);
  const open = useRef(true);

  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);

  /** @returns the id of a job that was begun; null when it was not, and then `stage` says why */
  async function begin(plan: Plan, options: StartOptions, prepare: () => Promise<void>) {
    const before: Stage = stage;
    const back = (problem: string | null) =>
      setStage(before.step === 'ended' ? { ...before, problem } : { step: 'asking', problem });
    const { signal } = (stopping.current = new AbortController());
    setStage({ step: 'working', jobId: null, total: plan.items.length });
    try {
      await prepare();
    } catch {
      back('The list of what goes could not be saved, so nothing was deleted.');
      return null;
    }
    if (signal.aborted) {
      back(null);
      return null;
    }
    try {
      const id = await center.start(plan, options);
      setStage({ step: 'working', jobId: id, total: plan.items.length });
      return id;
    } catch (error) {
      back(problemText(error));
      return null;
    }
  }

  /** Waits for the end. @returns all that is known of every asset of the plan */
  async function attend(id: string): Promise<Results> {
    const { job, items: after } = await attendJob({ center, items }, id, stopping.current?.signal);
    const all = latest(results, after);
    setResults(all);
    setStage({ step: 'ended', job, problem: null });
    return all;
  }

  return {
    stage,
    results,
    begin,
    attend,
    stop: () => stopping.current?.abort(),
    /** Whether somebody asked for a stop. */
    isStopped: () => stopping.current?.signal.aborted === true,
    /** Whether the dialog is still there to be closed. */
    isOpen: () => open.current,
  };
}

function problemText(error: unknown): string {
  if (error instanceof LedgerError) {
    return 'The job could not be written down, so nothing was deleted. Free some space on this device, then try again.';
  }
  const { title, hint } = explainError(error);
  return `${title}. ${hint}`;
}
