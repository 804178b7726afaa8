import clsx from 'clsx';

import type { AssetKind } from '@/domain/asset';

export const KIND_LABELS: Readonly<Record<AssetKind, string>> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  model: 'Model',
  '3d': '3D',
  text: 'Text',
  other: 'Other',
};

/** Classes of src/styles/icons.css. */
export const KIND_ICONS: Readonly<Record<AssetKind, string>> = {
  image: 'icon-image',
  video: 'icon-video',
  audio: 'icon-audio',
  model: 'icon-model',
  '3d': 'icon-3d',
  text: 'icon-text',
  other: 'icon-other',
};

export function KindIcon({ kind, className }: { kind: AssetKind; className?: string }) {
  return <span aria-hidden className={clsx('icon', KIND_ICONS[kind], className)} />;
}
