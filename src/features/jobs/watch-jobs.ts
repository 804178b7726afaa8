import type { JobCenter } from '@/cleanup/job-center';
import type { Job } from '@/domain/job';
import { formatNumber } from '@/lib/format';
import { readStored, writeStored } from '@/lib/use-stored';

import { settledOf } from './job-counts';
import { confirmedText, doingText, nounText, summaryText, wordsOf } from './job-words';
import { interruptedText, pauseText } from './pause-words';
import { isInDialog } from './standing';

export interface Voice {
  /** Polite, in a live region; empty when it is no longer true. */
  readonly progress: (text: string) => void;
  readonly outcome: (text: string, jobId: string) => void;
  /** Assertive: a job stopped by itself. */
  readonly problem: (text: string, jobId: string) => void;
}

const PACE_MS = 5_000;

/** The end (ms since 1970) of the last closed tab's job that was told of: history keeps them, but once is enough. */
const TOLD_NAME = 'winnow.jobs.closed-tab-told';
const endOf = (job: Job): number => job.endedAt ?? job.createdAt;

/** Puts into words what happens to jobs: every turn once, and how far they are at most every 5 s. */
export function watchJobs(center: JobCenter, voice: Voice): () => void {
  let before: ReadonlyMap<string, Job> | null = null;
  let seen: readonly Job[] | null = null;
  /** Something to say once, before any more progress. */
  let next: string | null = null;
  let said = '';
  let saidAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const text = () => next ?? progressText(seen ?? []);

  function speak() {
    timer = undefined;
    const now = text();
    next = null;
    if (now === null || now === said) return;
    said = now;
    saidAt = Date.now();
    voice.progress(now);
  }

  function schedule() {
    const now = text();
    if (timer !== undefined || now === null || now === said) return;
    timer = setTimeout(speak, Math.max(0, saidAt + PACE_MS - Date.now()));
  }

  function hear(job: Job) {
    if (isInDialog(job)) return;
    const was = before?.get(job.id);
    if (before === null) {
      if (job.pause !== null && job.pause.cause !== 'person') next = pausedText(job);
      return;
    }
    if (was?.phase !== job.phase) turn(job);
    else if (was.verification === null && job.verification !== null) {
      next = `Confirmed gone: ${formatNumber(job.verification.confirmed)} of ${formatNumber(job.verification.of)}`;
    }
  }

  function turn(job: Job) {
    switch (job.phase) {
      case 'grace':
        next = `${graceText(job)}. It can be cancelled at the top of the page.`;
        return;
      case 'running':
        return;
      case 'paused':
        if (job.pause === null || job.pause.cause === 'person') next = `Paused. ${confirmedText(job)}`;
        else voice.problem(pausedText(job), job.id);
        return;
      case 'done':
        voice.outcome(`${doingText(job)} is done: ${summaryText(job)}`, job.id);
        break;
      case 'cancelled':
        if (job.cancelledBy === 'closed-tab') break; // said with those found at the start
        if (job.cancelledBy === 'person') voice.outcome(cancelledText(job), job.id);
        else voice.problem(cancelledText(job), job.id);
    }
    // What was said on the way is no longer true.
    next = null;
    said = '';
    voice.progress('');
  }

  function tellOfClosedTabs(jobs: readonly Job[]) {
    const told = Number(readStored(TOLD_NAME) ?? 0);
    const untold = jobs.filter((job) => job.cancelledBy === 'closed-tab' && !(endOf(job) <= told));
    if (untold.length === 0) return;
    writeStored(TOLD_NAME, String(Math.max(...untold.map(endOf))));
    for (const job of untold) {
      voice.outcome(`${nounText(job)} was cancelled: its tab was closed before it began`, job.id);
    }
  }

  function look() {
    const { jobs } = center.view();
    if (jobs === null || jobs === seen) return;
    seen = jobs;
    tellOfClosedTabs(jobs);
    for (const job of jobs) hear(job);
    before = new Map(jobs.map((job) => [job.id, job]));
    schedule();
  }

  const unsubscribe = center.subscribe(look);
  look();
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

function progressText(jobs: readonly Job[]): string | null {
  const running = jobs.filter((job) => job.phase === 'running' && !isInDialog(job) && settledOf(job) > 0);
  return running.length === 0 ? null : running.map(confirmedText).join('. ');
}

function graceText(job: Job): string {
  const seconds = Math.ceil(((job.graceUntil ?? 0) - Date.now()) / 1_000);
  return seconds > 0 ? `${doingText(job)} in ${formatNumber(seconds)} s` : `${doingText(job)} now`;
}

function pausedText(job: Job): string {
  if (job.pause === null) return doingText(job);
  return job.pause.cause === 'interrupted'
    ? interruptedText(job)
    : `${doingText(job)} stopped. ${pauseText(job, job.pause)}`;
}

const cancelledText = (job: Job): string =>
  settledOf(job) === 0
    ? `${doingText(job)} was cancelled: nothing was sent`
    : `${doingText(job)} was cancelled: ${summaryText(job)}. ${wordsOf(job).stays}`;
