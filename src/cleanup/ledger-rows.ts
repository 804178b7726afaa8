import type { ItemOutcome, ItemState, Job, JobItem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

/** A job as the database has it. */
export interface StoredJob {
  readonly id: string;
  /** False while its items are still being written; such a job is shown to nobody. */
  readonly complete: boolean;
  /** ms since 1970: when its items were last added to. Tells one that is being written from one whose page is gone. */
  readonly touchedAt: number;
  readonly job: Job;
}

export interface StoredItem {
  readonly jobId: string;
  readonly index: number;
  readonly state: ItemState;
  readonly item: StoredPlanItem;
  readonly outcome: ItemOutcome | null;
}

/** Without names of fields, which would fill half of the space of a hundred thousand rows. */
type StoredPlanItem = readonly [
  id: PlanItem['id'],
  name: PlanItem['name'],
  kind: PlanItem['kind'],
  sizeBytes: PlanItem['sizeBytes'],
  mimeType: PlanItem['mimeType'],
  tags: PlanItem['tags'],
  contentHash: PlanItem['contentHash'],
  createdAt: PlanItem['createdAt'],
  updatedAt: PlanItem['updatedAt'],
  lastAccessedAt: PlanItem['lastAccessedAt'],
  preview: PlanItem['preview'],
  previewAssetId: PlanItem['previewAssetId'],
  protection: PlanItem['protection'],
  changeTags: PlanItem['changeTags'],
  /** Only of duplicates. */
  keptCopyId?: string,
];

const NONE = [] as const;

/** A row for an item that nobody has touched yet. A preview that may be signed is left out: it must not be stored. */
export const queuedRow = (jobId: string, index: number, item: PlanItem): StoredItem => ({
  jobId,
  index,
  state: 'queued',
  item: [
    item.id,
    item.name,
    item.kind,
    item.sizeBytes,
    item.mimeType,
    item.tags,
    item.contentHash,
    item.createdAt,
    item.updatedAt,
    item.lastAccessedAt,
    item.preview?.access === 'connection' ? item.preview : null,
    item.previewAssetId,
    item.protection,
    item.changeTags,
    ...(item.keptCopyId === undefined ? NONE : ([item.keptCopyId] as const)),
  ],
  outcome: null,
});

/** The item that a row stands for. */
export function itemOf({ index, state, item, outcome }: StoredItem): JobItem {
  const [id, name, kind, sizeBytes, mimeType, tags, contentHash, createdAt, ...rest] = item;
  const [updatedAt, lastAccessedAt, preview, previewAssetId, protection, changeTags, keptCopyId] = rest;
  return {
    index,
    item: {
      ...{ id, name, kind, sizeBytes, mimeType, tags, contentHash, createdAt },
      ...{ updatedAt, lastAccessedAt, preview, previewAssetId, protection, changeTags },
      ...(keptCopyId !== undefined && { keptCopyId }),
    },
    state,
    outcome,
  };
}
