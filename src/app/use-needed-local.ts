import { announceProblem } from '@/ui/toaster';
import { useHandler } from '@/lib/use-handler';

import type { LocalData } from './local-data';

/** What this browser keeps, had at once for somebody who waits; null when it cannot be had, which is said. */
export type NeedLocal = () => Promise<LocalData | null>;

export const useNeededLocal = (local: LocalData | null, load: () => Promise<LocalData>): NeedLocal =>
  useHandler(async () => {
    try {
      return local ?? (await load());
    } catch {
      announceProblem('A part of this page could not be loaded. Check that you are online, and try again.');
      return null;
    }
  });
