import { useQueryClient } from '@tanstack/react-query';

import type { Connection } from '@/domain/connection';
import { forgetBuried } from '@/queries/tombstones';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { announce, announceProblem } from '@/ui/toaster';

import { resetDemo } from './demo';
import type { LocalData } from './local-data';
import { openIndexes } from './open-indexes';

/** Says that nothing here is real, and puts it back as it was. */
export function DemoBanner({
  connections,
  loadLocal,
  onAddConnection,
}: {
  connections: readonly Connection[];
  loadLocal: () => Promise<LocalData>;
  onAddConnection: () => void;
}) {
  const client = useQueryClient();

  /** All made-up libraries are put back together. */
  async function reset() {
    const ids = connections.filter(({ demo }) => demo).map(({ id }) => id);
    let cleared = true;
    try {
      const local = await loadLocal();
      // Before the assets are there again: a job under way would delete them once more.
      for (const id of ids) await local.startAfresh(id);
    } catch {
      // Private windows and full disks: the made-up libraries are put back all the same.
      cleared = false;
    }
    await resetDemo();
    for (const id of ids) {
      forgetBuried(client, id);
      const index = openIndexes.get(id);
      // What was deleted is there again, which only a look at the library tells.
      if (index?.view().state === 'ready') void index.sync();
    }
    await client.resetQueries({ predicate: ({ queryKey: [, of] }) => ids.some((id) => id === of) });
    if (cleared) announce('The demo is as it was at first');
    else announceProblem('The demo is as it was at first, but its marks and pins could not be taken off.');
  }

  return (
    <section aria-label="Demo">
      <Banner
        tone="info"
        actions={
          <>
            <Button size="small" onClick={onAddConnection}>
              Add a connection
            </Button>
            <Button size="small" onClick={() => void reset()}>
              Reset demo
            </Button>
          </>
        }
      >
        <span className="max-sm:hidden">Demo: a made-up library. Nothing real can be deleted.</span>
        <span className="sm:hidden">Demo: nothing is real.</span>
      </Banner>
    </section>
  );
}
