import type { Asset, AssetKind, Metadata } from '@/domain/asset';

/** The day before the first row. */
export const START = Date.parse('2023-01-01T00:00:00Z');
/** The last row, whatever their number. */
export const END = Date.parse('2026-01-01T00:00:00Z');

interface Sort {
  readonly kind: AssetKind;
  readonly extension: string;
  readonly mime: string;
  readonly bytes: number;
}
const MOST: Sort = { kind: 'image', extension: 'png', mime: 'image/png', bytes: 1_500_000 };
const SORTS: readonly (readonly [upTo: number, Sort])[] = [
  [0.72, MOST],
  [0.8, { kind: 'image', extension: 'webp', mime: 'image/webp', bytes: 300_000 }],
  [0.84, { kind: 'image', extension: 'jpg', mime: 'image/jpeg', bytes: 400_000 }],
  [0.93, { kind: 'video', extension: 'mp4', mime: 'video/mp4', bytes: 8_000_000 }],
  [0.96, { kind: 'audio', extension: 'flac', mime: 'audio/flac', bytes: 3_000_000 }],
  [0.98, { kind: '3d', extension: 'glb', mime: 'model/gltf-binary', bytes: 5_000_000 }],
  [0.99, { kind: 'text', extension: 'txt', mime: 'text/plain', bytes: 2_000 }],
  [0.997, { kind: 'model', extension: 'safetensors', mime: 'application/octet-stream', bytes: 900_000_000 }],
  [1, { kind: 'other', extension: '', mime: 'application/octet-stream', bytes: 10_000 }],
];
const WORDS = (
  'amber anvil arbor aurora basalt birch bloom brass canyon cedar cinder cloud cobalt copper coral crystal delta dune ' +
  'ember falcon fern fjord flint forest fox frost garden glacier granite harbor hazel heron horizon indigo iris island ' +
  'ivory jade juniper lagoon lantern lichen lotus lunar maple marble meadow mesa mist monsoon moss nebula oak ocean onyx ' +
  'opal orchid otter pearl pine prism quartz raven reef ridge river saffron sage sequoia shadow silk silver slate solar ' +
  'spruce storm summit thistle tiger timber topaz tundra valley velvet violet willow winter wolf'
).split(' ');
const PREFIXES = ['ComfyUI', 'img2img', 'Upscale', 'portrait', 'Übergang', '渲染', 'FLUX'];
const MODELS = ['sdxl', 'flux-dev', 'flux-schnell', 'sd15', 'wan2.2', 'qwen-image', 'ltx', 'hunyuan'];
const SIDES = [512, 768, 832, 1024, 1152, 1216, 1344, 1536, 1920, 2048];

/** A made-up library like the ones that people have: the same row for the same place, of whatever number. */
export function makeRow(at: number, of: number): Asset {
  const random = randomOf(at);
  const { kind, extension, mime, bytes } = sortOf(random());
  const name = nameOf(at, random, extension);
  const created = START + ((at + random()) / of) * (END - START);
  const isCopy = random() < 0.06 && at > 1_000;
  const content = isCopy ? at - 1 - Math.floor(random() * 900) : at;
  const isUsed = random() < 0.6;
  return {
    type: 'asset',
    id: uuid(at, random),
    name,
    kind,
    sizeBytes: random() < 0.01 ? null : sizeOf(content, bytes),
    mimeType: mime,
    tags: tagsOf(random, kind),
    contentHash: random() < 0.05 ? null : hashOf(content),
    createdAt: instantOf(created),
    updatedAt: instantOf(created + random() ** 8 * (END - created)),
    lastAccessedAt: isUsed ? instantOf(created + random() ** 3 * (END - created)) : null,
    preview:
      kind === 'image' || kind === 'video'
        ? {
            url: `https://cloud.example/api/view?filename=${encodeURIComponent(name)}&type=output`,
            ...{ access: 'connection', isImage: kind === 'image', expiresAt: null },
          }
        : null,
    previewAssetId: kind === '3d' && random() < 0.5 ? uuid(Math.max(0, at - 3), randomOf(at - 3)) : null,
    jobId: random() < 0.9 ? `job-${hashOf(Math.floor(at / 4)).slice(0, 24)}` : null,
    protection: random() < 0.01 ? 'immutable' : null,
    metadata: metadataOf(random),
    roughy: random() < 0.05 ? roughyOf(random) : null,
  };
}

const sortOf = (share: number): Sort => SORTS.find(([upTo]) => share < upTo)?.[1] ?? MOST;

/** Some parts are in most names, some in hardly any. */
function nameOf(at: number, random: () => number, extension: string): string {
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  const prefix = random() < 0.6 ? 'ComfyUI' : pick(PREFIXES);
  const stem = `${prefix}_${pick(WORDS)}_${pick(WORDS)}_${String(at % 100_000).padStart(5, '0')}_`;
  return extension === '' ? stem : `${stem}.${extension}`;
}

const sizeOf = (content: number, bytes: number): number =>
  Math.floor(bytes * (0.2 + 3 * randomOf(content * 7 + 1)() ** 3));

function tagsOf(random: () => number, kind: AssetKind): readonly string[] {
  if (random() < 0.04) return [];
  const tags = [kind === 'model' ? 'models' : random() < 0.15 ? 'input' : 'output'];
  while (random() < 0.35) {
    const tag = WORDS[Math.floor(random() ** 2 * 60)] ?? '';
    if (!tags.includes(tag)) tags.push(tag);
  }
  return random() < 0.003 ? [...tags, 'missing'] : tags;
}

function metadataOf(random: () => number): Metadata {
  const side = () => SIDES[Math.floor(random() * SIDES.length)] ?? 0;
  const file = { width: side(), height: side(), format: 'png' };
  return random() < 0.5 ? { file } : { model: MODELS[Math.floor(random() ** 2 * MODELS.length)] ?? '', file };
}

function roughyOf(random: () => number): Asset['roughy'] {
  const project = Math.floor(random() ** 2 * 40);
  return {
    state: random() < 0.97 ? 'ready' : random() < 0.5 ? 'failed' : 'pending_upload',
    projectId: `project-${project}`,
    projectName: `Film ${project}`,
    durationSeconds: Math.floor(random() * 3_600),
    language: random() < 0.5 ? null : random() < 0.8 ? 'en' : 'ja',
    errorCode: null,
    errorMessage: null,
  };
}

const instantOf = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, -1)}${String(Math.floor((ms % 1) * 1_000)).padStart(3, '0')}Z`;

function uuid(at: number, random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0'),
  );
  const all = `${at.toString(16).padStart(6, '0')}${hex.join('')}`.split('').reverse().join('').slice(0, 32);
  return all.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function hashOf(content: number): string {
  const random = randomOf(content * 13 + 5);
  return Array.from({ length: 8 }, () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
