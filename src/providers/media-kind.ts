import type { AssetKind } from '@/domain/asset';

const EXTENSIONS: readonly (readonly [AssetKind, string])[] = [
  ['image', 'png jpg jpeg jfif webp gif bmp tif tiff avif heic svg exr hdr ico'],
  ['video', 'mp4 webm mov mkv avi m4v mpg mpeg ogv'],
  ['audio', 'mp3 wav flac ogg oga opus m4a aac aif aiff wma'],
  ['model', 'safetensors sft ckpt pt pt2 pth gguf onnx'],
  ['3d', 'glb gltf obj fbx stl ply usdz usd dae 3mf splat ksplat spz'],
  ['text', 'txt md json csv yaml yml xml srt vtt log html htm'],
];

const KIND_BY_EXTENSION = new Map(
  EXTENSIONS.flatMap(([kind, extensions]) =>
    extensions.split(' ').map((extension) => [extension, kind] as const),
  ),
);

const KIND_BY_MEDIA_TYPE = new Map<string, AssetKind>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['text', 'text'],
  ['model', '3d'],
]);

const TEXT_TYPES = /^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|x-yaml|toml)$/;

/** A MIME type without its parameters, in lower case; null when there is none. */
export function bareMimeType(mimeType: string | null): string | null {
  const bare = mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return bare === '' ? null : bare;
}

/** The extension in lower case without its dot; empty when there is none. */
export const extensionOf = (fileName: string): string =>
  /[^/\\]\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** What an asset is: by its MIME type, else by the first file name whose extension is known, else by its tags. */
export function mediaKind(
  mimeType: string | null,
  fileNames: readonly string[],
  tags: readonly string[] = [],
): AssetKind {
  const bare = bareMimeType(mimeType) ?? '';
  const byType =
    KIND_BY_MEDIA_TYPE.get(bare.split('/')[0] ?? '') ?? (TEXT_TYPES.test(bare) ? 'text' : undefined);
  if (byType !== undefined) return byType;
  for (const name of fileNames) {
    const kind = KIND_BY_EXTENSION.get(extensionOf(name));
    if (kind !== undefined) return kind;
  }
  return tags.some((tag) => tag === 'models' || tag.startsWith('model_type:')) ? 'model' : 'other';
}
