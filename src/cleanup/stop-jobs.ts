import { isOver } from '@/domain/job';

import type { JobCenter, JobsView } from './job-center';

const PATIENCE_MS = 10_000;

/**
 * Calls off every job of this browser, whichever tab runs it, and waits until each has written down what it did.
 * @throws Error when one goes on all the same
 */
export async function stopJobs(center: JobCenter): Promise<void> {
  await until(center, ({ jobs, problem }) => jobs !== null || problem !== null);
  const open = center.view().jobs?.filter(({ phase }) => !isOver(phase)) ?? [];
  // One that cannot be steered is found below, if it still runs.
  await Promise.allSettled(open.map(({ id }) => center.cancel(id)));
  // Other tabs say in their own time that they are done.
  if (await until(center, ({ live }) => ![...live.values()].some(({ running }) => running))) return;
  throw new Error(
    'A job in another tab does not stop. Close that tab, then try again. Nothing was forgotten.',
  );
}

/** @returns whether it came to be in time */
function until(center: JobCenter, isSo: (view: JobsView) => boolean): Promise<boolean> {
  if (isSo(center.view())) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (inTime: boolean) => {
      clearTimeout(timer);
      leave();
      resolve(inTime);
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    const leave = center.subscribe(() => {
      if (isSo(center.view())) end(true);
    });
  });
}

/** Pauses the jobs of this tab whose connections are meant, and waits a moment until what is under way is written down. */
export async function pauseJobs(
  center: JobCenter,
  isMeant: (connectionId: string) => boolean,
): Promise<void> {
  const { jobs, live } = center.view();
  const running = (jobs ?? []).filter((job) => live.get(job.id)?.here === true && isMeant(job.connectionId));
  const pausing = Promise.allSettled(running.map(({ id }) => center.pause(id)));
  const patience = new Promise((resolve) => setTimeout(resolve, 3_000));
  if (running.length > 0) await Promise.race([pausing, patience]);
}
