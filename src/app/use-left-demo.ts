import { useEffect, useSyncExternalStore } from 'react';

import type { Connection } from '@/domain/connection';
import { isOver } from '@/domain/job';

import { leaveDemo } from './demo';
import type { LocalData } from './local-data';

const nothing = () => () => undefined;

/** Ends the demo once another connection is looked at, and no job of a made-up library is under way. */
export function useLeftDemo(
  connections: readonly Connection[],
  current: Connection | null,
  local: LocalData | null,
): void {
  const center = local?.center ?? null;
  const working = useSyncExternalStore(center?.subscribe ?? nothing, () => {
    const demos = connections.filter(({ demo }) => demo).map(({ id }) => id);
    return (center?.view().jobs ?? []).some(
      (job) => demos.includes(job.connectionId) && (!isOver(job.phase) || center?.view().live.has(job.id)),
    );
  });
  const left = current !== null && !current.demo && !working;
  useEffect(() => {
    if (left) void leaveDemo();
  }, [left]);
}
