import * as v from 'valibot';
import {
  count,
  instant,
  optionalBytes,
  optionalInstant,
  optionalJsonObject,
  optionalText,
  tagNames,
} from '../parse';

/**
 * One asset, by Comfy Cloud's published contract and by what newer clouds and ComfyUI servers really send.
 * Strict where Winnow acts on a field (id, tags, protection, creation time), lenient everywhere else.
 */
export const comfyAsset = v.object({
  id: v.pipe(v.string(), v.nonEmpty('Empty')),
  name: optionalText,
  display_name: optionalText,
  hash: optionalText,
  asset_hash: optionalText,
  size: optionalBytes,
  mime_type: optionalText,
  tags: v.nullish(tagNames, []),
  user_metadata: optionalJsonObject,
  metadata: optionalJsonObject,
  preview_url: optionalText,
  preview_id: optionalText,
  job_id: optionalText,
  prompt_id: optionalText,
  created_at: instant,
  updated_at: optionalInstant,
  last_access_time: optionalInstant,
  is_immutable: v.nullish(v.boolean(), false),
  is_public: v.nullish(v.boolean(), false),
});
export type ComfyAsset = v.InferOutput<typeof comfyAsset>;

export const assetList = v.object({
  assets: v.array(v.unknown()),
  total: v.nullish(count, null),
  has_more: v.nullish(v.boolean(), null),
  next_cursor: optionalText,
});

const changedTags = v.nullish(tagNames, null);

export const tagsModification = v.object({
  total_tags: tagNames,
  added: changedTags,
  removed: changedTags,
  already_present: changedTags,
  not_present: changedTags,
});

export const tagList = v.object({ tags: v.array(v.unknown()) });
export const tagCount = v.object({ name: v.pipe(v.string(), v.nonEmpty()), count });

export const user = v.object({ status: optionalText });

const FLAG_NAME = /^[\w.-]{1,40}$/;
const MAX_FLAGS = 20;

/** What the server says it can do: whether it has assets, null when it does not tell, and all that is switched on. */
export const features = v.pipe(
  v.looseObject({ assets: v.fallback(v.nullish(v.boolean(), null), null) }),
  v.transform((flags) => ({
    assets: flags.assets,
    names: Object.entries(flags)
      .flatMap(([name, value]) => (value === true && FLAG_NAME.test(name) ? [name] : []))
      .slice(0, MAX_FLAGS),
  })),
);

export const systemStats = v.object({ system: v.object({ comfyui_version: optionalText }) });
