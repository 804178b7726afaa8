import type { Asset } from '@/domain/asset';
import type { WalkContext, WalkStanding } from '@/library/walk/context';
import { createOverlay } from '@/library/walk/overlay';
import { createPatience, type Wait } from '@/library/walk/patience';

import { asText } from '@/library/store/sql';

import type { TestLibrary } from './library';
import type { PretendLibrary } from './pretend-library';

/** A walk of a pretended library into a real database. */
export function walkOf(library: Pick<PretendLibrary, 'provider'>, index: TestLibrary) {
  const controller = new AbortController();
  const waits: (Wait | null)[] = [];
  const progress: WalkStanding[] = [];
  const overlay = createOverlay();
  const context: WalkContext = {
    provider: library.provider,
    call: async (name, params) => {
      // As over a worker: others run meanwhile, and nothing is shared.
      await Promise.resolve();
      return structuredClone(index.call(name, structuredClone(params)));
    },
    patience: createPatience({ signal: controller.signal, onWait: (wait) => waits.push(wait) }),
    overlay,
    signal: controller.signal,
    onProgress: (standing) => progress.push(standing),
  };
  return { context, stop: () => controller.abort(new Error('stopped')), waits, progress, overlay };
}

/** What an index has, by id. */
export function indexed(index: TestLibrary): readonly Asset[] {
  const ids = index.sql.all('SELECT id FROM assets ORDER BY id').map(({ id }) => asText(id));
  return index.call('assets', { ids });
}
