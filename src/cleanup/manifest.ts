import type { PlanAction, PlanItem, SeenAsset } from '@/domain/plan';

import { createTableFile, type TableFormat, type TableRow } from './table-file';

export type ManifestFormat = TableFormat;

/** What a list of assets names; a list for a deletion may lack the tags to change. */
type ManifestItem = SeenAsset & Partial<Pick<PlanItem, 'changeTags'>>;

const COLUMNS = ['id', 'name', 'size_bytes', 'content_hash', 'tags', 'created_at', 'updated_at'];

/** The columns that every list of assets for this action has. */
export const manifestColumns = (action: PlanAction): readonly string[] => [
  ...[...COLUMNS, 'last_accessed_at', 'action'],
  ...(action.type === 'delete' ? [] : ['change_tags']),
];

/** An asset as it was seen, and what was to be done with it. */
export const toManifestRow = (item: ManifestItem, action: string): TableRow => ({
  id: item.id,
  name: item.name,
  size_bytes: item.sizeBytes,
  content_hash: item.contentHash,
  tags: item.tags,
  created_at: item.createdAt,
  updated_at: item.updatedAt,
  last_accessed_at: item.lastAccessedAt,
  action,
  change_tags: item.changeTags ?? [],
});

export const actionText = (action: PlanAction): string =>
  action.type === 'remove-tags' ? `remove-tags: ${action.tags.join(', ')}` : action.type;

/** Few enough to take a fraction of a frame on a slow machine. */
const AT_A_TIME = 250;

/** One line per asset, written before anything is sent: what is on the list, as it was seen. */
export async function makeManifest(
  items: readonly ManifestItem[],
  action: PlanAction,
  format: ManifestFormat,
): Promise<Blob> {
  const file = await createTableFile(format, manifestColumns(action));
  const words = actionText(action);
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    if (at > 0) await otherWork();
    file.add(items.slice(at, at + AT_A_TIME).map((item) => toManifestRow(item, words)));
  }
  return file.blob();
}

/** Lets the page draw and answer clicks before it goes on. Not a timer: those wait 4 ms at least, each time. */
const otherWork = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
