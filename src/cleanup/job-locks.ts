import { askingLocks } from './asking-locks';

export type Release = () => void;

/** What only one tab of this browser may have at a time. The tab's end lets go of everything. */
export interface JobLocks {
  /** @returns how to let go; null when somebody has it or waits for it */
  take(name: string): Promise<Release | null>;
  /** Stands in line. @returns null when the signal was aborted first */
  wait(name: string, signal: AbortSignal): Promise<Release | null>;
  close(): void;
}

/** Held by the tab that looks after a job, from its start until it is over. */
export const jobLock = (id: string): string => `winnow-job-${id}`;

/** Held by a large job while it sends. */
export const RUNNER_LOCK = 'winnow-runner';

/** The part of the browser's interface that is used. */
export type LockRequests = Pick<LockManager, 'request'>;

export function webLocks(manager: LockRequests): JobLocks {
  const request = (name: string, options: LockOptions) =>
    new Promise<Release | null>((resolve, reject) => {
      manager
        .request(name, options, (lock) =>
          lock === null ? resolve(null) : new Promise<void>((release) => resolve(release)),
        )
        .catch(reject);
    });

  return {
    take: (name) => request(name, { ifAvailable: true }),
    async wait(name, signal) {
      try {
        return await request(name, { signal });
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    close: () => undefined,
  };
}

/** Web Locks, or their replacement where there are none: old browsers, and every page without https. */
export const openLocks = ({ locks }: { readonly locks?: LockManager | null } = navigator): JobLocks =>
  locks === undefined || locks === null ? askingLocks() : webLocks(locks);
