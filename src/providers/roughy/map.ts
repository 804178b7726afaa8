import type { Asset, AssetKind, Metadata, Preview } from '@/domain/asset';
import { safeUrl } from '@/lib/safe-url';
import { bareMimeType, mediaKind } from '../media-kind';
import type { Derived, DerivedItem } from '../provider';
import { shortId } from '../short-id';
import { signedUrlExpiry } from '../signed-url';
import type { RoughyAsset } from './schema';

const KIND_LABELS: Partial<Readonly<Record<AssetKind, string>>> = { video: 'Video', audio: 'Audio' };

/** In UTC, so that an asset has the same name everywhere. */
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A Roughy row as Winnow's asset. @param projectName null when the projects could not be read */
export function toAsset(row: RoughyAsset, projectName: string | null): Asset {
  const kind = kindOf(row);
  return {
    type: 'asset',
    id: row.id,
    name: labelOf(row, kind, projectName),
    kind,
    sizeBytes: row.size_bytes,
    mimeType: bareMimeType(row.content_type),
    tags: [],
    contentHash: null,
    createdAt: row.created_at,
    updatedAt: null,
    lastAccessedAt: null,
    preview: previewOf(row, kind),
    previewAssetId: null,
    jobId: null,
    protection: null,
    metadata: leftovers(row),
    roughy: {
      state: row.state,
      projectId: row.project_id,
      projectName,
      durationSeconds: row.duration_seconds,
      language: row.language,
      errorCode: row.error_code,
      errorMessage: row.error_message,
    },
  };
}

/** What a project is called when its name cannot be had. */
export const projectLabel = (id: string): string => `Project ${shortId(id)}`;

function kindOf({ type, content_type, extension }: RoughyAsset): AssetKind {
  if (type === 'video' || type === 'audio') return type;
  return mediaKind(content_type, [`file.${extension ?? ''}`]);
}

/** Roughy keeps no file names, so this says what would tell one upload from another. */
function labelOf(row: RoughyAsset, kind: AssetKind, projectName: string | null): string {
  const parts = [
    projectName ?? projectLabel(row.project_id),
    KIND_LABELS[kind] ?? 'Upload',
    DAY.format(new Date(row.created_at)),
    row.extension === null ? shortId(row.id) : `${shortId(row.id)}.${row.extension}`,
  ];
  return parts.join(' · ');
}

/** The signed link goes nowhere else, and never to an asset that could not be played. */
function previewOf({ download_url }: RoughyAsset, kind: AssetKind): Preview | null {
  if (download_url === null || (kind !== 'video' && kind !== 'audio')) return null;
  const url = safeUrl(download_url);
  return url === null ? null : { url, access: 'open', isImage: false, expiresAt: signedUrlExpiry(url) };
}

/** By name, so that a field of tomorrow with a signed link in it stays out. */
function leftovers({ type, state, extension, content_type, language, project_id }: RoughyAsset): Metadata {
  const all = { type, state, extension, content_type, language, project_id };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** Sorts what hangs on assets by asset; every asked id is present. */
export function groupDerived(
  assetIds: readonly string[],
  cuts: readonly DerivedItem[],
  renders: readonly DerivedItem[],
): ReadonlyMap<string, Derived> {
  return new Map(
    assetIds.map((id) => {
      const own = cuts.filter((item) => item.assetId === id);
      const subtitlesAtMost = own.filter((item) => item.state === 'completed').length;
      return [id, { cuts: own, renders: renders.filter((item) => item.assetId === id), subtitlesAtMost }];
    }),
  );
}
