import { createJobCenter, type JobCenter, type JobCenterOptions } from '@/cleanup/job-center';
import { webLocks } from '@/cleanup/job-locks';
import type { Ledger } from '@/cleanup/ledger';
import type { Job, Live } from '@/domain/job';
import { makePlan } from '@/domain/make-plan';
import type { Plan, PlanAction } from '@/domain/plan';

import { anAsset } from './assets';
import type { MemoryLedger } from './memory-ledger';
import type { PretendHost } from './pretend-host';
import { PretendLocks } from './pretend-locks';

export interface Tab {
  readonly center: JobCenter;
  readonly page: EventTarget;
  readonly gone: readonly string[];
  readonly edits: readonly string[];
  /** Jobs that stopped by themselves. */
  readonly stopped: readonly Job[];
  readonly job: (id: string) => Job | undefined;
  readonly live: (id: string) => Live | undefined;
  /** Resolves as soon as the view shows such a job. */
  readonly shows: (id: string, isSo: (job: Job, live: Live | undefined) => boolean) => Promise<Job>;
  /** The tab is gone from one moment to the next: it sends, writes, hears and says nothing more. */
  readonly kill: () => void;
}

/** One browser with a ledger and locks, and as many tabs as a test needs; all of them work at one host. */
export function openBrowser<L extends Ledger = MemoryLedger>(host: PretendHost, ledger: L) {
  const locks = new PretendLocks();
  const tabs: Tab[] = [];

  function openTab(options: Partial<JobCenterOptions> = {}): Tab {
    const name = `tab ${tabs.length}`;
    const page = new EventTarget();
    const gone: string[] = [];
    const edits: string[] = [];
    const stopped: Job[] = [];
    let isAlive = true;
    const provider = whileAlive(host.provider, () => isAlive);
    const center = createJobCenter({
      ledger: whileAlive<Ledger>(ledger, () => isAlive),
      connectionOf: () => host.provider.connection,
      providerOf: () => Promise.resolve(provider),
      hasKey: () => true,
      pinsOf: () => Promise.resolve(() => false),
      onGone: (_connection, ids) => gone.push(...ids),
      onEdited: (connection) => edits.push(connection),
      onStopped: (job) => stopped.push(job),
      locks: webLocks(locks.of(name)),
      page,
      ...options,
    });
    const job = (id: string) => center.view().jobs?.find((each) => each.id === id);
    const live = (id: string) => center.view().live.get(id);
    const tab: Tab = {
      ...{ center, page, gone, edits, stopped, job, live },
      shows: (id, isSo) =>
        new Promise((resolve) => {
          const look = () => {
            const found = job(id);
            if (found === undefined || !isSo(found, live(id))) return;
            leave();
            resolve(found);
          };
          const leave = center.subscribe(look);
          look();
        }),
      kill() {
        isAlive = false;
        locks.kill(name);
        center.close();
      },
    };
    tabs.push(tab);
    return tab;
  }

  return {
    ledger,
    locks,
    openTab,
    close: () => {
      for (const { center } of tabs) center.close();
    },
  };
}

const never = new Promise<never>(() => undefined);

/** The same object, whose promises stay open once it is dead. */
function whileAlive<T extends object>(target: T, isAlive: () => boolean): T {
  return new Proxy(target, {
    get(real, key) {
      const value: unknown = Reflect.get(real, key);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]) => {
        if (!isAlive()) return never;
        const result: unknown = Reflect.apply(value, real, given);
        return result instanceof Promise
          ? result.then((heard: unknown) => (isAlive() ? heard : never))
          : result;
      };
    },
  });
}

export const manyIds = (count: number, prefix = 'asset'): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}-${at}`);

/** A plan of assets of which nothing but the id matters. */
export const planFor = (
  ids: readonly string[],
  action: PlanAction = { type: 'delete' },
  tags: readonly string[] = [],
): Plan =>
  makePlan(
    {
      ...{ connectionId: 'pretend', action, allMatching: false },
      assets: ids.map((id) => anAsset({ id, tags })),
    },
    { pinned: new Set(), known: [], keepLastCopies: false },
  );

export const AT_ONCE = { graceSeconds: 0, checksChanges: false };
