import type { SeenAsset } from '@/domain/plan';
import type { Marking } from '@/features/marks/marking';
import { useHandler } from '@/lib/use-handler';

import type { LocalData } from './local-data';
import { useIsRead, useKeptAssets } from './use-kept-assets';
import type { NeedLocal } from './use-needed-local';

/** What a person has marked and pinned of one connection, and the ways to do so: these stay the same functions. */
export function useKeeping(connectionId: string, local: LocalData | null, needLocal: NeedLocal) {
  const marks = useKeptAssets(local?.marks ?? null, connectionId);
  const pins = useKeptAssets(local?.pins ?? null, connectionId);
  // No plan is made before it is known what the person has pinned.
  const pinsAreRead = useIsRead(local?.pins ?? null);

  const withMarking = useHandler((act: (marking: Marking) => Promise<void>) => {
    void needLocal().then((loaded) => {
      if (loaded !== null) void act(loaded.markingOf(connectionId));
    });
  });
  const toggle = useHandler((list: 'mark' | 'pin', assets: readonly SeenAsset[], on: boolean) => {
    const ids = assets.map(({ id }) => id);
    withMarking((marking) => {
      if (list === 'mark') return on ? marking.mark(assets) : marking.unmark(ids);
      return on ? marking.pin(assets) : marking.unpin(ids);
    });
  });

  return { marks, pins, pinsAreRead, withMarking, toggle };
}

export type Keeping = ReturnType<typeof useKeeping>;
