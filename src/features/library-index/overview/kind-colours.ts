import type { AssetKind } from '@/domain/asset';

/** Pale enough for text on them; the kind is always written as well. */
export const KIND_FILLS: Readonly<Record<AssetKind, string>> = {
  image: 'fill-dot-blue/25',
  video: 'fill-dot-violet/25',
  audio: 'fill-dot-teal/25',
  model: 'fill-dot-amber/25',
  '3d': 'fill-dot-red/25',
  text: 'fill-dot-green/25',
  other: 'fill-edge/25',
};
