import type { SeenAsset } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';

import { indexExistence } from './index-existence';
import type { OpenLibrary } from './use-index';

/**
 * Copies that nobody asked for of what is to be deleted, as the index knows them: each of them is looked for right before
 * its copy goes. A single asset is named in its dialog, and goes even if there is no other.
 * @param required they are duplicates, and go only because other copies are there
 * @returns undefined where no index says anything of copies @throws when it must, and cannot
 */
export async function copiesBeside(
  provider: AssetProvider,
  assets: readonly SeenAsset[],
  { openLibrary, required }: { readonly openLibrary: OpenLibrary; readonly required: boolean },
): Promise<readonly SeenAsset[] | undefined> {
  if (!required && (assets.length < 2 || !indexExistence(provider.connection.id).get())) return undefined;
  try {
    const [{ otherCopiesOf }, index] = await Promise.all([
      import('@/library/other-copies'),
      openLibrary(provider),
    ]);
    return await otherCopiesOf(index, assets);
  } catch (error) {
    if (required) throw error;
    // The plan goes by what was on screen then, as it does without an index.
    return undefined;
  }
}
