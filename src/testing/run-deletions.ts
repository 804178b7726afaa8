import { vi } from 'vitest';

import {
  deleteAssets,
  type DeletionResult,
  type DeletionRun,
  type StopReason,
} from '@/cleanup/delete-assets';

import { PretendHost, type Ending, type Step } from './pretend-host';

/** The steps of each request, such as `DELETE a1`. */
export type Script = Readonly<Record<string, readonly Step[]>>;

/** What `limited for 90 s` asks for: the longest wait of any script. */
export const LONGEST_HOLD_MS = 90_000;
export const REFUSALS: readonly Ending[] = ['unauthorized', 'forbidden'];
export const LIMITS: readonly Ending[] = ['limited', 'limited for 7 s', 'limited for 90 s'];

/** `a1`, `a2` and so on. */
export const names = (count: number) => Array.from({ length: count }, (_, at) => `a${at + 1}`);

export interface Outcome {
  readonly host: PretendHost;
  readonly results: ReadonlyMap<string, DeletionResult>;
  readonly reported: readonly string[];
  /** How many requests had been sent when an id was reported. */
  readonly sentBefore: ReadonlyMap<string, number>;
  readonly waits: readonly (number | null)[];
  /** How many requests had been sent when the person stopped the run. */
  readonly sentBeforeAbort: number;
  readonly stop: StopReason | null;
}

/** Runs a list to its end in no time; the timers must be fake. */
export async function runDeletions(
  script: Script,
  options: Partial<DeletionRun> & { readonly ids: readonly string[]; readonly abortAfter?: number | null },
): Promise<Outcome> {
  const { abortAfter = null, ...rest } = options;
  const host = new PretendHost(options.ids, script);
  const results = new Map<string, DeletionResult>();
  const reported: string[] = [];
  const sentBefore = new Map<string, number>();
  const waits: (number | null)[] = [];
  const abort = new AbortController();
  let sentBeforeAbort = Infinity;
  if (abortAfter !== null) {
    setTimeout(() => {
      sentBeforeAbort = host.sent.length;
      abort.abort();
    }, abortAfter);
  }
  const done = deleteAssets({
    ...rest,
    provider: host.provider,
    signal: abort.signal,
    onResult: (id, result) => {
      reported.push(id);
      results.set(id, result);
      sentBefore.set(id, host.sent.length);
    },
    onWait: (wait) => waits.push(wait?.until ?? null),
  });
  await vi.runAllTimersAsync();
  return { host, results, reported, sentBefore, waits, sentBeforeAbort, stop: await done };
}
