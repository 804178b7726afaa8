import type { ComfyAssetJson } from './comfy-contract';
import { MODEL_FILES, type ModelFile } from './demo-comfy-models';
import { ODDITIES } from './demo-comfy-oddities';
import { record, someBytes, someDaysAgo } from './demo-comfy-record';
import { freeTagsFor, subjectFor } from './demo-comfy-recipes';
import { withPreview } from './demo-comfy-jobs';
import type { Random } from './random';

const PUBLIC_MODELS = 60;

const series = <T>(length: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length }, (_, index) => make(index));

const PHOTO_NAMES = ['photo_IMG', 'reference_DSC', 'scan', 'Screenshot 2026', 'pose_sheet'] as const;

/** Pictures, clips and sounds that a person uploaded. */
export const inputs = (random: Random): readonly ComfyAssetJson[] =>
  series(168, (index) => {
    const subject = subjectFor(random);
    const isClip = index % 14 === 13;
    const stem = `${random.pick(PHOTO_NAMES)}_${random.integer(1000, 9999)}`;
    return record(random, {
      name: isClip ? `${stem}.mp4` : `${stem}.jpg`,
      daysAgo: someDaysAgo(random),
      bytes: someBytes(random, isClip ? [3000, 90_000] : [400, 9000]),
      mimeType: isClip ? 'video/mp4' : 'image/jpeg',
      tags: ['input', 'uploaded', ...freeTagsFor(random, subject)],
      metadata: {
        prompt: subject,
        size: random.pick([
          { width: 4032, height: 3024 },
          { width: 1080, height: 1920 },
        ]),
      },
    });
  });

type NoteType = readonly [extension: string, mimeType: string];

const NOTE_TYPES: readonly NoteType[] = [
  ['txt', 'text/plain; charset=utf-8'],
  ['json', 'application/json'],
  ['csv', 'text/csv'],
];

/** Prompt lists, saved workflows and tables. */
export const notes = (random: Random): readonly ComfyAssetJson[] =>
  series(56, (index) => {
    const [extension, mimeType] = random.pick(NOTE_TYPES);
    return record(random, {
      name: `${random.pick(['prompts', 'workflow_backup', 'captions', 'shot_list'])}_${index + 1}.${extension}`,
      daysAgo: someDaysAgo(random),
      bytes: someBytes(random, [1, 48]),
      mimeType,
      tags: ['output', 'text', ...freeTagsFor(random, '')],
    });
  });

/** Unfinished pictures that nobody cleared away. */
export const leftovers = (random: Random): readonly ComfyAssetJson[] =>
  series(44, (index) =>
    record(random, {
      name: `ComfyUI_temp_${random.hex(5)}_${String(index + 1).padStart(5, '0')}_.png`,
      daysAgo: someDaysAgo(random),
      bytes: someBytes(random, [200, 1800]),
      mimeType: 'image/png',
      tags: ['temp'],
      metadata: { prompt: subjectFor(random) },
    }),
  );

const modelRecord = (random: Random, { folder, name, megabytes }: ModelFile): ComfyAssetJson =>
  record(random, {
    name,
    daysAgo: 60 + someDaysAgo(random) * 0.9,
    bytes: megabytes * 1_000_000 + random.integer(0, 999_999),
    mimeType: 'application/octet-stream',
    // Both generations of folder tags are about.
    tags: ['models', random.chance(0.7) ? `model_type:${folder}` : folder],
    showsPreview: false,
    metadata: {
      base_model: name.includes('xl') ? ['SDXL 1.0'] : name.includes('flux') ? 'FLUX.1 dev' : null,
      description: null,
      trained_words: folder === 'loras' ? [name.split('_').slice(0, -2).join(' ')] : [],
    },
  });

/** Every second model belongs to everybody, until there are enough of them. */
const isPublic = (index: number): boolean => index % 2 === 1 && index < PUBLIC_MODELS * 2;

/** Models of the person's own; some have a picture. */
export const ownModels = (random: Random): readonly ComfyAssetJson[] =>
  MODEL_FILES.filter((_, index) => !isPublic(index)).flatMap((file, index) => {
    const model = modelRecord(random, file);
    return index % 5 === 0 ? withPreview(random, model) : [model];
  });

/** Models that the service offers to all. */
export const publicModels = (random: Random): readonly ComfyAssetJson[] =>
  MODEL_FILES.filter((_, index) => isPublic(index)).map((file) => ({
    ...modelRecord(random, file),
    is_immutable: true,
    is_public: true,
  }));

/** Names and addresses that trip careless software. */
export const oddities = (random: Random): readonly ComfyAssetJson[] =>
  ODDITIES.map((oddity) => ({
    ...record(random, {
      name: oddity.name,
      daysAgo: someDaysAgo(random),
      bytes: someBytes(random, [300, 4000]),
      mimeType: 'image/png',
      tags: ['output'],
      metadata: { prompt: subjectFor(random) },
    }),
    ...oddity,
  }));
