import { Box, File, FileText, Film, Image, Music, Package } from 'lucide-react';

import type { AssetKind } from '@/domain/asset';

const ICONS = {
  image: Image,
  video: Film,
  audio: Music,
  model: Package,
  '3d': Box,
  text: FileText,
  other: File,
} as const;

export const KIND_LABELS: Readonly<Record<AssetKind, string>> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  model: 'Model',
  '3d': '3D',
  text: 'Text',
  other: 'Other',
};

export function KindIcon({ kind, className }: { kind: AssetKind; className?: string }) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden className={className} />;
}
