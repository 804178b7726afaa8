import type { Random } from './random';

/** One way of working: what a workflow of this kind leaves behind. */
export interface Recipe {
  /** File names are `<prefix>_00042_.<extension>`. */
  readonly prefix: string;
  readonly extension: string;
  readonly mimeType: string;
  readonly baseModel: string;
  readonly tags: readonly string[];
  readonly subfolder: string | null;
  readonly kilobytes: readonly [min: number, max: number];
  readonly size: readonly [width: number, height: number] | null;
  readonly seconds: readonly [min: number, max: number] | null;
  /** What it is used for, if not for everything. */
  readonly about: RegExp;
}

type RecipeLine = Pick<Recipe, 'prefix' | 'baseModel' | 'kilobytes'> & Partial<Recipe>;

const image = (line: RecipeLine): Recipe => ({
  extension: 'png',
  mimeType: 'image/png',
  tags: [],
  subfolder: null,
  size: [1024, 1024],
  seconds: null,
  about: /./,
  ...line,
});

const video = (line: RecipeLine): Recipe => ({
  ...image(line),
  extension: 'mp4',
  mimeType: 'video/mp4',
  size: [1280, 720],
  seconds: [3, 9],
  ...line,
});

const sound = (line: RecipeLine): Recipe => ({ ...image(line), size: null, seconds: [4, 140], ...line });

export const IMAGE_RECIPES: readonly Recipe[] = [
  image({ prefix: 'ComfyUI', baseModel: 'SDXL 1.0', kilobytes: [900, 2600] }),
  image({ prefix: 'ComfyUI', baseModel: 'SD 1.5', kilobytes: [350, 800], size: [512, 768] }),
  image({
    prefix: 'flux_dev_portrait',
    about: /portrait/,
    baseModel: 'FLUX.1 dev',
    kilobytes: [1100, 2400],
    tags: ['flux'],
    size: [832, 1216],
  }),
  image({
    prefix: 'flux_dev_wide',
    about: /city|forest|sea|harbour|dunes|mountain|planet/,
    baseModel: 'FLUX.1 dev',
    kilobytes: [1300, 2900],
    tags: ['flux'],
    size: [1344, 768],
  }),
  image({
    prefix: 'qwen_edit',
    baseModel: 'Qwen-Image-Edit',
    kilobytes: [1200, 2700],
    tags: ['edit'],
    size: [1328, 1328],
  }),
  image({
    prefix: 'upscale_4x',
    baseModel: 'SDXL 1.0',
    kilobytes: [9000, 38000],
    tags: ['upscaled'],
    size: [4096, 4096],
    subfolder: 'upscaled',
  }),
  image({
    prefix: 'product_hero',
    about: /product/,
    baseModel: 'FLUX.1 Kontext',
    kilobytes: [1400, 3100],
    tags: ['client A'],
    size: [1216, 832],
    subfolder: 'client A',
  }),
  image({
    prefix: 'storyboard',
    baseModel: 'SDXL Turbo',
    kilobytes: [120, 420],
    tags: ['storyboard'],
    size: [1024, 576],
    extension: 'jpg',
    mimeType: 'image/jpeg',
  }),
  image({
    prefix: 'texture_seamless',
    about: /texture|pattern|fluid|liquid/,
    baseModel: 'SDXL 1.0',
    kilobytes: [1500, 3600],
    tags: ['texture'],
    subfolder: 'textures',
    extension: 'webp',
    mimeType: 'image/webp',
  }),
];

export const VIDEO_RECIPES: readonly Recipe[] = [
  video({ prefix: 'WAN22_i2v', baseModel: 'Wan 2.2 I2V A14B', kilobytes: [2200, 14000], tags: ['video'] }),
  video({ prefix: 'WAN22_t2v', baseModel: 'Wan 2.2 T2V A14B', kilobytes: [2600, 16000], tags: ['video'] }),
  video({
    prefix: 'LTXV',
    baseModel: 'LTX-Video 0.9.8',
    kilobytes: [900, 5200],
    tags: ['video', 'draft'],
    size: [768, 512],
  }),
  video({
    prefix: 'hunyuan_video',
    baseModel: 'HunyuanVideo',
    kilobytes: [3800, 24000],
    tags: ['video'],
    subfolder: 'video',
    extension: 'webm',
    mimeType: 'video/webm',
  }),
];

export const SOUND_RECIPES: readonly Recipe[] = [
  sound({
    prefix: 'ace_step_song',
    baseModel: 'ACE-Step v1 3.5B',
    kilobytes: [2400, 5600],
    extension: 'mp3',
    mimeType: 'audio/mpeg',
    subfolder: 'audio',
  }),
  sound({
    prefix: 'stable_audio_sfx',
    baseModel: 'Stable Audio Open 1.0',
    kilobytes: [1500, 8200],
    extension: 'flac',
    mimeType: 'audio/flac',
    subfolder: 'audio',
  }),
  sound({
    prefix: 'voice_line',
    baseModel: 'Chatterbox',
    kilobytes: [180, 1900],
    extension: 'wav',
    mimeType: 'audio/wav',
    seconds: [2, 18],
  }),
];

export const MESH_RECIPE: Recipe = image({
  prefix: 'hunyuan3d_mesh',
  baseModel: 'Hunyuan3D 2.1',
  kilobytes: [1800, 42000],
  extension: 'glb',
  mimeType: 'model/gltf-binary',
  tags: ['3d'],
  subfolder: 'mesh',
  size: null,
});

const SUBJECTS = [
  'studio portrait of a violin maker, rim light, 85mm',
  'portrait of an elderly woman laughing, golden hour',
  'close portrait of a dancer, motion blur, film grain',
  'rain-soaked neon street in a city at night, reflections',
  'art deco city skyline at dusk, long exposure',
  'misty pine forest, first light between the trunks',
  'ancient forest with moss, volumetric light',
  'stormy sea below a lighthouse, dramatic clouds',
  'quiet harbour at blue hour, long exposure',
  'ringed planet over an icy moon, matte painting',
  'astronaut drifting near a blue planet',
  'botanical plate of a peony, ink and wash',
  'wild rose garden after the rain, macro',
  'perfume bottle on wet stone, product photography',
  'handmade ceramic vase, soft window light, product shot',
  'red fox asleep in the snow, telephoto',
  'a curious cat wearing a tiny raincoat, watercolour',
  'geometric tile pattern, bauhaus palette',
  'seamless texture of weathered copper',
  'desert dunes at sunset, aerial view',
  'mountain valley with a winding river, ukiyo-e',
  'low-poly mountain landscape, pastel sky',
  'abstract fluid shapes, risograph print',
  'liquid light painting, macro, iridescent',
] as const;

export function subjectFor(random: Random, about = /./): string {
  return random.pick(SUBJECTS.filter((subject) => about.test(subject)));
}

const FREE_TAGS = [
  ['Favorite', 0.05],
  ['favorite', 0.05],
  ['wip', 0.09],
  ['final', 0.07],
  ['client A', 0.04],
  ['client B', 0.03],
  ['to review', 0.05],
  ['日本語', 0.02],
  ['emoji 🎨', 0.02],
  ['ünïcode-tag', 0.012],
] as const;

const SUBJECT_TAGS = [
  [/portrait|woman|dancer/, 'portrait'],
  [/desert|mountain|valley|forest/, 'landscape'],
  [/product|bottle|vase/, 'product'],
] as const;

/** Tags as people leave them: some by habit, some by what the picture shows. */
export const freeTagsFor = (random: Random, subject: string): readonly string[] => [
  ...SUBJECT_TAGS.filter(([words]) => words.test(subject) && random.chance(0.8)).map(([, tag]) => tag),
  ...FREE_TAGS.filter(([, share]) => random.chance(share)).map(([tag]) => tag),
];

const SAMPLERS = ['euler', 'dpmpp_2m', 'dpmpp_2m_sde', 'res_multistep', 'uni_pc'] as const;

/** What a workflow writes down about one run; `null` and nesting included, as they are seen in the wild. */
export const runSettings = (random: Random) => ({
  seed: random.integer(1, 4_294_967_295),
  steps: random.integer(4, 40),
  cfg: random.integer(10, 80) / 10,
  sampler: random.pick(SAMPLERS),
  negative_prompt: random.chance(0.3) ? null : 'blurry, watermark, extra fingers',
  workflow: {
    id: `wf_${random.hex(6)}`,
    version: random.integer(1, 9),
    loras: random.chance(0.4) ? ['detail_tweaker_xl'] : [],
  },
});
