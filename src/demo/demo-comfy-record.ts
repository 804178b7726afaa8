import type { Metadata } from '@/domain/asset';
import type { ComfyAssetJson } from './comfy-contract';
import { uuidV4, type Random } from './random';

/** "Today" of the demo: fixed, or else the library would change from day to day. */
const ANCHOR = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

export interface Draft {
  readonly name: string;
  readonly daysAgo: number;
  readonly bytes: number;
  readonly mimeType: string | null;
  readonly tags: readonly string[];
  readonly metadata?: Metadata;
  readonly jobId?: string;
  readonly folder?: string | null;
  readonly showsPreview?: boolean;
  /** Made up when absent. */
  readonly hashes?: Pick<ComfyAssetJson, 'hash' | 'asset_hash'>;
}

/** Days before the anchor: over three years, most of them recent, and a layer that nobody has cleared. */
export const someDaysAgo = (random: Random): number =>
  random.chance(0.08) ? 700 + 390 * random.unit() : 900 * random.unit() * random.unit();

/** Bytes within a range of kilobytes; large ones are rarer. */
export const someBytes = (random: Random, [min, max]: readonly [number, number]): number => {
  const share = random.unit();
  return Math.floor((min + (max - min) * share * share) * 1024) + random.integer(0, 1023);
};

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** An asset with everything that real records have, gaps and both generations of field names included. */
export function record(random: Random, draft: Draft): ComfyAssetJson {
  const id = uuidV4(random);
  const { folder = null, metadata = {}, showsPreview = true } = draft;
  const path = folder === null ? draft.name : `${folder}/${draft.name}`;
  return {
    id,
    name: draft.name,
    ...sizeFields(random, draft.bytes),
    ...mimeFields(random, draft.mimeType),
    tags: draft.tags,
    // As Comfy's own page writes it: a job's outputs can be found through their metadata.
    user_metadata: { filename: path, ...(draft.jobId !== undefined && { jobId: draft.jobId }), ...metadata },
    ...(folder !== null && { display_name: path }),
    ...(draft.hashes ?? hashFields(random, draft.name)),
    ...jobFields(random, draft.jobId),
    ...(showsPreview &&
      previewFields(random, { id, name: draft.name, folder, root: draft.tags[0] ?? 'output' })),
    ...timeFields(random, draft.daysAgo),
    is_immutable: false,
  };
}

function timeFields(random: Random, daysAgo: number) {
  const created = ANCHOR - Math.floor(daysAgo * DAY);
  // Most old files were never looked at again.
  const forgotten = random.chance(daysAgo > 300 ? 0.8 : 0.3);
  const seenLater = (forgotten ? Math.min(daysAgo, 2) : daysAgo) * random.unit();
  const lastSeen = created + Math.floor(seenLater * DAY);
  const updated = random.chance(0.12) ? created + Math.floor((lastSeen - created) * random.unit()) : created;
  return {
    created_at: iso(created),
    updated_at: iso(updated),
    ...(random.chance(0.98) && { last_access_time: iso(lastSeen) }),
  };
}

function sizeFields(random: Random, bytes: number) {
  const luck = random.unit();
  if (luck < 0.015) return {};
  return { size: luck < 0.03 ? 0 : bytes };
}

function mimeFields(random: Random, mimeType: string | null) {
  const luck = random.unit();
  if (luck < 0.02) return {};
  if (luck < 0.03) return { mime_type: null };
  return { mime_type: luck < 0.04 ? 'application/octet-stream' : mimeType };
}

/** As uploads, outputs and `from-hash` records have it, or not at all. */
function hashFields(random: Random, name: string) {
  const hex = random.hex(64);
  const luck = random.unit();
  if (luck < 0.12) return {};
  if (luck < 0.5) return { asset_hash: `blake3:${hex}` };
  if (luck < 0.75) return { hash: `blake3:${hex}` };
  return { hash: luck < 0.95 ? `${hex}${/\.\w+$/.exec(name)?.[0] ?? ''}` : hex };
}

function jobFields(random: Random, jobId: string | undefined) {
  if (jobId === undefined) return random.chance(0.3) ? { prompt_id: null, preview_id: null } : {};
  const luck = random.unit();
  if (luck < 0.5) return { prompt_id: jobId };
  return luck < 0.8 ? { job_id: jobId } : { job_id: jobId, prompt_id: jobId };
}

interface Location {
  readonly id: string;
  readonly name: string;
  readonly folder: string | null;
  readonly root: string;
}

function previewFields(random: Random, { id, name, folder, root }: Location) {
  const luck = random.unit();
  if (luck < 0.02) return {};
  if (luck < 0.12) return { preview_url: `/api/assets/${id}/content` };
  if (luck < 0.15) return { preview_url: `/assets/${id}/content` };
  const filename = luck < 0.17 ? `expired_${random.hex(10)}.png` : name;
  const type = root === 'input' || root === 'temp' ? root : 'output';
  const subfolder = folder === null ? '' : `&subfolder=${encodeURIComponent(folder)}`;
  return { preview_url: `/api/view?type=${type}&filename=${encodeURIComponent(filename)}${subfolder}` };
}
