import type { Job, JobItem, PauseReason, Problem } from '@/domain/job';
import type { AssetProvider } from '@/providers/provider';

import { Changes } from './changes';
import { Circuit } from './circuit';
import { ConnectionGate } from './connection-gate';
import { deedOf } from './deed';
import type { ContentLooking } from './first-copy';
import { sendFirstCopy } from './first-copy-run';
import { KeptCopies } from './kept-copies';
import { LedgerError, type Ledger } from './ledger';
import { LedgerWriter } from './ledger-writer';
import { NearbyRows } from './nearby-rows';
import { Pace } from './pace';
import { problemOf } from './problem';
import { sendItem, settleByLooking, type ItemEnd, type Sending } from './send-item';
import { Supply } from './supply';

export interface JobRun {
  readonly provider: AssetProvider;
  readonly ledger: Ledger;
  readonly jobId: string;
  /** Takes no further item; what is under way is finished and written down. */
  readonly signal: AbortSignal;
  /** Whether the person pinned an asset, asked right before it would be deleted. @default none is */
  readonly isPinned?: (id: string) => boolean;
  /** Whether many assets that are not there are a reason to ask. @default true */
  readonly mindsStrangers?: boolean;
  /** After every write. */
  readonly onProgress: (job: Job) => void;
  /** Requests allowed in flight, whenever that changes. */
  readonly onPace?: (inFlight: number) => void;
  readonly onWait?: (wait: { readonly until: number; readonly problem: Problem } | null) => void;
  /** Ids that the provider confirmed to be gone, as soon as that is written down. */
  readonly onGone?: (ids: readonly string[]) => void;
}

/** Why a run ended; the job goes on later from where its ledger stands. */
export type RunEnd =
  | { readonly cause: 'finished' }
  | { readonly cause: 'stopped' }
  | { readonly cause: 'paused'; readonly pause: PauseReason };

const STORAGE: RunEnd = { cause: 'paused', pause: { cause: 'storage' } };
/** Assets that wait between tries take no place in flight; more than these would be a lot to look after in a crash. */
const MOST_OPEN = 32;

/**
 * Carries out a job from where its ledger stands: what was being sent is looked at first, then the rest is sent in the
 * order of the plan. Nothing is sent that was not written down before, and nothing at all once writing fails.
 * After `stopped` and `paused`, items whose fate could not be looked up any more are still `sending`.
 */
export async function runJob(run: JobRun): Promise<RunEnd> {
  try {
    const job = await run.ledger.job(run.jobId);
    return job === null ? STORAGE : await carryOut(run, job);
  } catch (error) {
    if (error instanceof LedgerError) return STORAGE;
    throw error;
  }
}

async function carryOut(run: JobRun, job: Job): Promise<RunEnd> {
  const { provider, ledger, signal } = run;
  const halt = new AbortController();
  const open = new Set<Promise<void>>();
  const now: { end: RunEnd | null; job: Job } = { end: null, job };

  const pace = new Pace(run.onPace);
  const gate = new ConnectionGate(pace, {
    onWait: (wait) => run.onWait?.(wait),
    onRefused: (error) => pauseFor({ cause: 'refused', problem: problemOf(error) }),
    onStuck: (error) => pauseFor({ cause: 'failing', problem: problemOf(error) }),
  });
  const writer = new LedgerWriter(ledger, job.id, {
    onWritten(written, settled) {
      now.job = written;
      run.onProgress(written);
      const gone = settled.filter(
        ({ outcome: { state } }) => state === 'deleted' || state === 'already-gone',
      );
      if (gone.length > 0) run.onGone?.(gone.map(({ item }) => item.item.id));
    },
    onFailed: failToWrite,
  });
  // Putting tags back undoes what this browser did, which is the very change that would be found.
  const changes =
    job.checksChanges && job.action.type !== 'restore-tags'
      ? new Changes(
          provider.sortableBy.includes('created_at') ? new NearbyRows(provider, gate, job.total) : null,
        )
      : null;
  const sending: Sending & ContentLooking = {
    provider,
    gate,
    changes,
    keptCopies: new KeptCopies(),
    halted: halt.signal,
    deed: deedOf(job.action, provider),
    // Pins keep assets, not their tags.
    isPinned: (id) => job.action.type === 'delete' && run.isPinned?.(id) === true,
  };
  const circuit = new Circuit(job.action.type === 'delete' && (run.mindsStrangers ?? true));
  const supply = new Supply({
    claim: (limit) => ledger.claim(job.id, limit),
    prepare: async (items) => changes?.prepare(items),
    pace: () => pace.inFlight,
    halted: halt.signal,
    onFailed: failToWrite,
  });

  function stop(why: RunEnd) {
    now.end ??= why;
    halt.abort();
    gate.stop();
  }
  const pauseFor = (reason: PauseReason) => stop({ cause: 'paused', pause: reason });
  function failToWrite() {
    now.end = STORAGE;
    gate.shut();
    stop(STORAGE);
  }

  async function take(item: JobItem, ending: Promise<ItemEnd>) {
    const how = await ending;
    if (how === 'open') return;
    changes?.forget(item.item.id, how !== 'unsent' && how.state === 'deleted');
    if (how === 'unsent') {
      writer.release(item);
      return;
    }
    writer.settle(item, how);
    const reason = circuit.note(how);
    if (reason !== null) pauseFor(reason);
  }

  function start(item: JobItem, ending: Promise<ItemEnd>) {
    const task = take(item, ending).finally(() => open.delete(task));
    open.add(task);
  }

  /** One copy of all, and how that went, before any other. */
  async function sendOneFirst() {
    const { firstCopy } = job;
    if (firstCopy !== 'pending' && firstCopy !== 'damaged') return;
    const { held, problem } = await sendFirstCopy({
      looking: sending,
      deletedBefore: async () => {
        const { items } = await ledger.items(job.id, { states: ['deleted'], offset: 0, limit: 1 });
        return items[0]?.item ?? null;
      },
      next: async () => (halt.signal.aborted ? null : supply.next()),
      async send(item) {
        const ending = sendItem(sending, item.item);
        start(item, ending);
        await Promise.all(open);
        await writer.flush();
        return ending;
      },
      async note(found) {
        now.job = await ledger.update(job.id, { firstCopy: found });
        run.onProgress(now.job);
      },
    });
    if (problem !== null) pauseFor({ cause: 'first-copy', problem });
    for (const item of held) {
      if (halt.signal.aborted) writer.release(item);
      else start(item, sendItem(sending, item.item));
    }
  }

  async function settleOpen() {
    for (const item of await ledger.sending(job.id)) start(item, settleByLooking(sending, item.item));
    await Promise.all(open);
    await writer.flush();
  }

  async function sendAll() {
    for (;;) {
      const item = await supply.next();
      if (item === null) return;
      while (open.size >= MOST_OPEN) await Promise.race(open);
      await gate.spare();
      if (halt.signal.aborted) {
        writer.release(item);
        return;
      }
      start(item, sendItem(sending, item.item));
    }
  }

  const onAbort = () => stop({ cause: 'stopped' });
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    run.onPace?.(pace.inFlight);
    await settleOpen();
    await sendOneFirst();
    await sendAll();
    await Promise.all(open);
    for (const item of await supply.rest()) writer.release(item);
    await writer.flush();
  } catch (error) {
    failToWrite();
    await Promise.allSettled(open);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    gate.shut();
  }
  const { queued, sending: beingSent } = now.job.counts;
  if (now.end === null || (queued + beingSent === 0 && now.end !== STORAGE)) return { cause: 'finished' };
  return now.end;
}
