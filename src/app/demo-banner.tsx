import { useQueryClient } from '@tanstack/react-query';

import type { Connection } from '@/domain/connection';
import { forgetBuried } from '@/queries/tombstones';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { announce } from '@/ui/toaster';

import { resetDemo } from './demo';

/** Says that nothing here is real, and puts it back as it was. */
export function DemoBanner({ connection }: { connection: Connection }) {
  const client = useQueryClient();

  async function reset() {
    await resetDemo();
    forgetBuried(client, connection.id);
    await client.resetQueries({ queryKey: ['assets', connection.id] });
    announce('The demo is as it was at first');
  }

  return (
    <section aria-label="Demo">
      <Banner
        tone="info"
        actions={
          <Button size="small" onClick={() => void reset()}>
            Reset demo
          </Button>
        }
      >
        Demo: a made-up library. Nothing real can be deleted.
      </Banner>
    </section>
  );
}
