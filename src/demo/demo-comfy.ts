import type { ComfyAssetJson } from './comfy-contract';
import { planJob, planOutputs, runJobs, withPreview, type Job } from './demo-comfy-jobs';
import { record, someDaysAgo } from './demo-comfy-record';
import { IMAGE_RECIPES, MESH_RECIPE, SOUND_RECIPES, VIDEO_RECIPES } from './demo-comfy-recipes';
import { inputs, leftovers, notes, oddities, ownModels, publicModels } from './demo-comfy-shelves';
import { createRandom, type Random } from './random';

const OWN_ASSETS = 2400;
const DUPLICATES = 120;
const GROUP_SIZES = [2, 3, 2, 4, 2, 5, 3, 2] as const;

/** 2,400 assets of one person and 60 public models: the same ones on every run and machine. */
export function demoComfyAssets(): ComfyAssetJson[] {
  const random = createRandom(20_261_120);
  const groups = duplicateGroups();
  const others = [
    ...runJobs(
      random,
      plan(22, () => planJob(random, MESH_RECIPE, 1)),
    ).flatMap((mesh) => withPreview(random, mesh)),
    ...runJobs(
      random,
      plan(64, () => planJob(random, random.pick(VIDEO_RECIPES), 4)),
    ),
    ...runJobs(
      random,
      plan(32, () => planJob(random, random.pick(SOUND_RECIPES), 3)),
    ),
    ...inputs(random),
    ...notes(random),
    ...ownModels(random),
    ...leftovers(random),
    ...oddities(random),
  ];
  const copyCount = groups.reduce((sum, size) => sum + size - 1, 0);
  const images = runJobs(random, planOutputs(random, IMAGE_RECIPES, OWN_ASSETS - others.length - copyCount));
  const own = [...others, ...images];
  return [...own, ...copies(random, own, groups), ...publicModels(random)];
}

const plan = (length: number, make: () => Job): readonly Job[] => Array.from({ length }, make);

/** Group sizes that together hold the wanted number of records. */
function duplicateGroups(): readonly number[] {
  const groups: number[] = [];
  for (let held = 0; held < DUPLICATES; held += groups.at(-1) ?? DUPLICATES) {
    groups.push(GROUP_SIZES[groups.length % GROUP_SIZES.length] ?? 2);
  }
  return groups;
}

/** The same content again under another id, as re-uploads and repeated runs leave it. */
function copies(
  random: Random,
  own: readonly ComfyAssetJson[],
  groups: readonly number[],
): readonly ComfyAssetJson[] {
  const sources = own.filter(
    ({ hash, asset_hash, size, is_immutable, preview_id }) =>
      (hash ?? asset_hash) != null && (size ?? 0) > 0 && is_immutable !== true && preview_id == null,
  );
  const step = Math.floor(sources.length / groups.length);
  return groups.flatMap((size, group) => {
    const source = sources[group * step + random.integer(0, step - 1)];
    return source === undefined
      ? []
      : Array.from({ length: size - 1 }, (_, index) => copyOf(random, source, index + 1));
  });
}

function copyOf(random: Random, source: ComfyAssetJson, number: number): ComfyAssetJson {
  const { hash, asset_hash, size, mime_type, tags = [], user_metadata } = source;
  const hex = (hash ?? asset_hash ?? '').replace(/^blake3:/, '').replace(/\.\w+$/, '');
  const name = random.chance(0.5) ? source.name : source.name.replace(/(\.\w+)?$/, ` (${number})$1`);
  const copy = record(random, {
    name,
    daysAgo: someDaysAgo(random),
    bytes: size ?? 0,
    mimeType: mime_type ?? null,
    tags,
    showsPreview: source.preview_url != null,
    hashes: random.chance(0.5)
      ? { asset_hash: `blake3:${hex}` }
      : { hash: `${hex}${/\.\w+$/.exec(name)?.[0] ?? ''}` },
  });
  return {
    ...copy,
    size: size ?? 0,
    user_metadata: { ...user_metadata, filename: name },
  };
}
