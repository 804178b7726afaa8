import { byCopyKey, copyKeyOf } from '@/domain/copies';
import type { SeenAsset } from '@/domain/plan';

import type { LibraryIndex } from './library-index';

const IDS_PER_CALL = 2_000;

/**
 * The copies of these that are not among them, as the index knows them: enough of each content to say that one stays.
 * @throws LibraryError
 */
export async function otherCopiesOf(
  { store }: Pick<LibraryIndex, 'store'>,
  assets: readonly SeenAsset[],
): Promise<readonly SeenAsset[]> {
  const alone = assets.filter((asset) => copyKeyOf(asset) === null).map((asset) => [asset]);
  const others: SeenAsset[] = [];
  let groups: (readonly string[])[] = [];
  let size = 0;
  const ask = async () => {
    if (size > 0) others.push(...(await store.call('otherCopies', { groups })));
    groups = [];
    size = 0;
  };
  // Copies of one content in one call: what is asked for must not pass for what stays.
  for (const group of [...byCopyKey(assets).values(), ...alone]) {
    groups.push(group.map(({ id }) => id));
    size += group.length;
    if (size >= IDS_PER_CALL) await ask();
  }
  await ask();
  return others;
}
