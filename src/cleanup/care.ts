import type { Job, PauseReason } from '@/domain/job';
import type { AssetProvider } from '@/providers/provider';

import type { JobLocks } from './job-locks';
import type { Ledger } from './ledger';
import { plainProblem } from './problem';
import type { JobRun, RunEnd } from './run-job';
import type { verifyGone } from './verify';

/** What looking after a job needs. */
export interface Care {
  readonly ledger: Ledger;
  readonly locks: JobLocks;
  readonly run: (run: JobRun) => Promise<RunEnd>;
  readonly verify: typeof verifyGone;
  readonly providerOf: (connectionId: string) => Promise<AssetProvider | null>;
  readonly hasKey: (connectionId: string) => boolean;
  /** What tells of an asset whether it is pinned at the moment of asking. @throws LedgerError when nobody can tell */
  readonly pinsOf: (connectionId: string) => Promise<(id: string) => boolean>;
  readonly now: () => number;
  readonly onChange: () => void;
  readonly onGone: (ids: readonly string[]) => void;
  readonly onEdited: () => void;
  /** The job stopped by itself. */
  readonly onStopped: (job: Job) => void;
  /** Nothing more will be done here: any tab may have the job. */
  readonly onLetGo: () => void;
}

export interface Stop {
  readonly cause: 'paused';
  readonly pause: PauseReason;
}

/** Who a job goes to, or why it cannot; nothing is sent to find that out. */
export async function findProvider(
  { connectionId, connectionLabel, baseUrl, providerKind }: Job,
  { providerOf, hasKey }: Care,
): Promise<{ readonly provider: AssetProvider } | Stop> {
  const provider = await providerOf(connectionId);
  if (provider === null) {
    return refusal('This connection is not offered here any more', 'Nothing was sent to it.');
  }
  const { connection } = provider;
  if (connection.kind !== providerKind || connection.baseUrl !== (baseUrl ?? connection.baseUrl)) {
    return refusal(
      `${connectionLabel} is at another address now`,
      `This job is for ${baseUrl ?? connectionLabel}, and nothing of it was sent to ${connection.baseUrl}.`,
    );
  }
  if (!hasKey(connectionId)) {
    return refusal(
      `${connectionLabel} needs its key`,
      'Nothing was sent without it. Enter the key, then resume.',
    );
  }
  return { provider };
}

const refusal = (title: string, hint: string): Stop => ({
  cause: 'paused',
  pause: { cause: 'refused', problem: plainProblem(title, hint) },
});
