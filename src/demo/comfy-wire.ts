import type { ComfyAssetJson } from './comfy-contract';
import type { ComfyFlavour } from './comfy-errors';
import { without } from './without';

const naive = (time: string): string => time.replace(/Z$/, '');

/** What a server of this kind really sends for an asset. */
export function toWire(asset: ComfyAssetJson, flavour: ComfyFlavour): object {
  if (flavour === 'cloud') return without(asset, 'is_public');
  const hash = asset.hash ?? asset.asset_hash;
  const job = asset.job_id ?? asset.prompt_id;
  const wire = {
    ...without(asset, 'is_public'),
    // Both spellings side by side, and times in UTC that do not say so.
    hash,
    asset_hash: hash,
    job_id: job,
    prompt_id: job,
    created_at: naive(asset.created_at),
    updated_at: naive(asset.updated_at),
    last_access_time: asset.last_access_time == null ? null : naive(asset.last_access_time),
  };
  // Nothing is ever null at the top: the key is absent.
  return Object.fromEntries(
    Object.entries(wire).filter(([, value]) => value !== null && value !== undefined),
  );
}
