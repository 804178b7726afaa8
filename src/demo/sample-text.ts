import type { ComfyAssetJson } from './comfy-contract';
import { createRandom, seedOf } from './random';

const SHOTS = [
  'wide shot, a lighthouse on a basalt cliff at blue hour',
  'close-up, hands folding paper cranes by a rainy window',
  'tracking shot along a night market, steam and neon',
  'overhead, a chess board abandoned in tall grass',
  'slow push-in on an old radio, dust in the light',
  'profile of a fisherman mending nets, soft overcast',
] as const;

const workflow = (seed: number) => ({
  last_node_id: 12,
  nodes: [
    { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['sd_xl_base_1.0.safetensors'] },
    { id: 6, type: 'CLIPTextEncode', widgets_values: [SHOTS[seed % SHOTS.length]] },
    { id: 3, type: 'KSampler', widgets_values: [seed, 'fixed', 28, 6.5, 'dpmpp_2m', 'karras', 1] },
    { id: 9, type: 'SaveImage', widgets_values: ['ComfyUI'] },
  ],
  version: 0.4,
});

/** A few believable lines for text and JSON files. */
export function sampleText(asset: ComfyAssetJson): string {
  const seed = seedOf(asset.id);
  const random = createRandom(seed);
  if (asset.name.endsWith('.json')) return `${JSON.stringify(workflow(seed), null, 2)}\n`;
  if (asset.name.endsWith('.csv')) {
    const rows = SHOTS.map((shot, index) => `${index + 1},"${shot}",${random.integer(1, 4_294_967_295)}`);
    return ['shot,prompt,seed', ...rows, ''].join('\n');
  }
  const lines = Array.from({ length: 12 }, (_, index) => `${index + 1}. ${random.pick(SHOTS)}`);
  return [`# ${asset.name}`, '', ...lines, ''].join('\n');
}
