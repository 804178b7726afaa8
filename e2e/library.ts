import { comfyAsset, type ComfyAssetJson } from '@/demo/comfy-library';
import { roughyAsset, roughyCut, roughyProject, roughyRender } from '@/demo/roughy-builders';
import type { RoughyContents } from '@/demo/roughy-library';

/*
 * What the mocked providers hold. Numbers are chosen so that every filter and every sort has an outcome of its own.
 */

export const SHOTS = 248;
/** All that a person owns; one public asset comes on top of it. */
export const OWN_ASSETS = 260;

const START = Date.UTC(2026, 9, 1);
const minute = (count: number): string => new Date(START + count * 60_000).toISOString();
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** `shot-248.png` is the newest asset, so the first row; `shot-001.png` was changed last; `shot-074.png` used last. */
export const shotName = (number: number): string => `shot-${String(number).padStart(3, '0')}.png`;
export const shotId = (number: number): string => idOf(1000 + number);

function shot(number: number): ComfyAssetJson {
  return comfyAsset({
    id: shotId(number),
    name: shotName(number),
    size: number * 1000,
    tags: ['output', ...(number % 10 === 0 ? ['portrait'] : []), ...(number % 4 === 0 ? ['draft'] : [])],
    user_metadata: { sampler: number % 2 === 0 ? 'dpmpp' : 'euler', seed: number, job: `job-${number % 50}` },
    job_id: `job-${number % 50}`,
    created_at: minute(1000 + number),
    updated_at: minute(3000 - number),
    last_access_time: minute(5000 + ((number * 37) % (SHOTS + 1))),
    // A few pictures are enough to see that there are any.
    ...(number % 5 !== 3 && { preview_url: null }),
  });
}

export const LONG_NAME = `${'long '.repeat(96)}end.png`; // 487 characters
export const RTL_NAME = 'صورة العائلة.png';
export const MARKUP_NAME = '<img src=x onerror=alert(1)>.png';
export const EMOJI_NAME = '🦊 fox.png';
export const MANY_TAGS_NAME = 'forty-two-tags.png';
export const IMMUTABLE_NAME = 'sd_xl_base_1.0.safetensors';
export const PUBLIC_NAME = 'public-upscaler.safetensors';
export const UNKNOWN_SIZE_NAME = 'unknown-size.bin';
export const MANY_TAGS: readonly string[] = [
  'input',
  ...Array.from({ length: 41 }, (_, index) => `tag-${String(index + 1).padStart(2, '0')}`),
];

const model = { mime_type: 'application/octet-stream', tags: ['models', 'checkpoints'], preview_url: null };

/** The oldest assets: on the last page. */
const ODDITIES: readonly Partial<ComfyAssetJson>[] = [
  { name: IMMUTABLE_NAME, size: 6_938_040_706, is_immutable: true, ...model },
  { name: LONG_NAME, preview_url: null },
  { name: RTL_NAME },
  { name: MARKUP_NAME, tags: ['input', '<b>bold</b>'] },
  { name: EMOJI_NAME },
  { name: MANY_TAGS_NAME, tags: MANY_TAGS },
  { name: UNKNOWN_SIZE_NAME, size: null, mime_type: null, preview_url: null },
  { name: 'notes.txt', size: 2_000, mime_type: 'text/plain' },
  { name: 'clip.mp4', size: 40_000, mime_type: 'video/mp4' },
  { name: 'tone.wav', size: 30_000, mime_type: 'audio/wav' },
  { name: 'hostile-preview.png', preview_url: 'javascript:alert(1)' },
  { name: 'lora.safetensors', size: 151_000_000, ...model, tags: ['models', 'loras'] },
];

const odd = (asset: Partial<ComfyAssetJson>, index: number): ComfyAssetJson =>
  comfyAsset({
    id: idOf(index + 1),
    created_at: minute(index + 1),
    updated_at: minute(index + 1),
    last_access_time: minute(index + 1),
    tags: ['input'],
    ...asset,
  });

export const COMFY_ASSETS: readonly ComfyAssetJson[] = [
  ...ODDITIES.map(odd),
  odd({ name: PUBLIC_NAME, is_public: true, is_immutable: true, ...model }, ODDITIES.length),
  ...Array.from({ length: SHOTS }, (_, index) => shot(index + 1)),
];

const RECORDINGS = 130;
const [podcast, interviews, archive] = [
  roughyProject({ name: 'Podcast' }),
  roughyProject({ name: 'Interviews' }),
  roughyProject({ name: 'Last year', state: 'archived', archived_at: '2026-10-01T00:00:00.000000Z' }),
];
export const PROJECTS = { podcast, interviews, archive };

/** The oldest recording, with two cuts and a render; and 129 plain ones, every tenth of which failed. */
const withWork = roughyAsset({
  project_id: podcast.id,
  type: 'video',
  extension: 'mp4',
  content_type: 'video/mp4',
});
const recordings = Array.from({ length: RECORDINGS - 1 }, (_, index) =>
  roughyAsset({
    project_id: [podcast, interviews, archive][index % 3]!.id,
    ...(index % 10 === 0 && {
      state: 'failed',
      error_code: 'no_speech_detected',
      error_message: 'No speech was found.',
    }),
  }),
);
const cuts = [roughyCut({ asset_id: withWork.id }), roughyCut({ asset_id: withWork.id, state: 'failed' })];

export const WITH_WORK_ID = withWork.id;
export const ROUGHY_CONTENTS: RoughyContents = {
  projects: [podcast, interviews, archive],
  assets: [withWork, ...recordings],
  cuts,
  renders: [roughyRender({ asset_id: withWork.id, cut_id: cuts[0]!.id })],
};
