import { useEffect, useRef } from 'react';

import type { Connections } from '@/connections/arrange';
import type { Connection } from '@/domain/connection';
import { useHandler } from '@/lib/use-handler';
import { announce } from '@/ui/toaster';

/**
 * Follows what happens to connections while they are on screen, here or in another tab.
 * @returns tells it that a connection is about to have another id, and so is not missed
 */
export function useConnectionChanges(
  { all, shown }: Connections,
  current: Connection | null,
  told: {
    /** It was removed, or its address changed: what is kept of it here goes too. */
    readonly onGone: (connectionId: string) => void;
    /** The one on screen is not offered any more. */
    readonly onMissed: (next: string | null) => void;
  },
): (before: string, after: string) => void {
  const successors = useRef(new Map<string, string>());
  const known = useRef<readonly string[]>([]);
  const onGone = useHandler(told.onGone);
  useEffect(() => {
    const ids = all.map(({ connection }) => connection.id);
    for (const id of known.current) if (!ids.includes(id)) onGone(id);
    known.current = ids;
  }, [all, onGone]);

  const last = useRef(current);
  const follow = useHandler((from: Connection | null) => {
    if (from === null || shown.some(({ id }) => id === from.id)) return;
    // The list of connections changes before the URL does: for a moment another one is on screen.
    const successor = successors.current.get(from.id);
    if (successor !== undefined) {
      told.onMissed(successor);
      return;
    }
    const next =
      current === null ? 'No connection is left to look at' : `You are looking at ${current.label}`;
    announce(`${from.label} is not offered any more. ${next}`);
    told.onMissed(current?.id ?? null);
  });
  useEffect(() => {
    const from = last.current;
    last.current = current;
    if (from?.id !== current?.id) follow(from);
  }, [current, follow]);
  return (before, after) => void successors.current.set(before, after);
}
