import type { ComfyAssetJson } from './comfy-contract';
import { record, someBytes, someDaysAgo } from './demo-comfy-record';
import { freeTagsFor, runSettings, subjectFor, type Recipe } from './demo-comfy-recipes';
import { uuidV4, type Random } from './random';

/** One run of a workflow, before its files have names. */
export interface Job {
  readonly recipe: Recipe;
  readonly daysAgo: number;
  readonly outputs: number;
}

export const planJob = (random: Random, recipe: Recipe, maxOutputs: number): Job => ({
  recipe,
  daysAgo: someDaysAgo(random),
  outputs: random.integer(1, maxOutputs),
});

/** Jobs that leave exactly this many files. */
export function planOutputs(random: Random, recipes: readonly Recipe[], count: number): readonly Job[] {
  const jobs: Job[] = [];
  for (let left = count; left > 0; left -= jobs.at(-1)?.outputs ?? left) {
    const job = planJob(random, random.pick(recipes), 8);
    jobs.push({ ...job, outputs: Math.min(job.outputs, left) });
  }
  return jobs;
}

/** The files of all jobs, counted up per prefix in the order in which they were made. */
export function runJobs(random: Random, jobs: readonly Job[]): readonly ComfyAssetJson[] {
  const counters = new Map<string, number>();
  const inOrder = [...jobs].sort((left, right) => right.daysAgo - left.daysAgo);
  return inOrder.flatMap(({ recipe, daysAgo, outputs }) => {
    const subject = subjectFor(random, recipe.about);
    const tags = ['output', ...recipe.tags, ...freeTagsFor(random, subject)];
    const settings = runSettings(random);
    // A few come from before jobs were written down.
    const job = random.chance(0.95) ? { jobId: uuidV4(random) } : {};
    return Array.from({ length: outputs }, (_, index) => {
      const number = (counters.get(recipe.prefix) ?? 0) + 1;
      counters.set(recipe.prefix, number);
      return record(random, {
        name: `${recipe.prefix}_${String(number).padStart(5, '0')}_.${recipe.extension}`,
        daysAgo: daysAgo - index * 0.0002,
        bytes: someBytes(random, recipe.kilobytes),
        mimeType: recipe.mimeType,
        tags,
        folder: recipe.subfolder,
        showsPreview: recipe.extension !== 'glb',
        metadata: { base_model: recipe.baseModel, prompt: subject, ...settings, ...shapeOf(random, recipe) },
        ...job,
      });
    });
  });
}

const shapeOf = (random: Random, { size, seconds }: Recipe) => ({
  ...(size !== null && { size: { width: size[0], height: size[1] } }),
  ...(seconds !== null && { duration: random.integer(seconds[0] * 10, seconds[1] * 10) / 10 }),
});

/** The asset and, tagged like any other output, the small picture that stands for it. */
export function withPreview(random: Random, asset: ComfyAssetJson): readonly ComfyAssetJson[] {
  const preview = record(random, {
    name: `${asset.name.replace(/\.\w+$/, '')}_preview.png`,
    daysAgo: 0,
    bytes: someBytes(random, [30, 180]),
    mimeType: 'image/png',
    tags: ['output'],
    metadata: { prompt: asset.user_metadata?.['prompt'] ?? asset.name },
  });
  const { created_at, updated_at } = asset;
  return [
    { ...asset, preview_id: preview.id, preview_url: `/api/assets/${preview.id}/content` },
    { ...preview, created_at, updated_at, last_access_time: updated_at },
  ];
}
