import { isOver } from '@/domain/job';

import type { JobCenter } from './job-center';

const PATIENCE_MS = 10_000;

/**
 * Calls off every job of this browser, whichever tab runs it, and waits until each has written down what it did.
 * @throws Error when one goes on all the same
 */
export async function stopJobs(center: JobCenter): Promise<void> {
  const open = center.view().jobs?.filter(({ phase }) => !isOver(phase)) ?? [];
  // One that cannot be steered is found below, if it still runs.
  await Promise.allSettled(open.map(({ id }) => center.cancel(id)));
  if (await comesToRest(center)) return;
  throw new Error(
    'A job in another tab does not stop. Close that tab, then try again. Nothing was forgotten.',
  );
}

/** Other tabs say in their own time that they are done. @returns whether nothing runs any more */
function comesToRest(center: JobCenter): Promise<boolean> {
  const rests = () => ![...center.view().live.values()].some(({ running }) => running);
  if (rests()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (isAtRest: boolean) => {
      clearTimeout(timer);
      leave();
      resolve(isAtRest);
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    const leave = center.subscribe(() => rests() && end(true));
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
