import type { Asset } from './asset';

const PREVIEW_NAME = /_preview\.\w+$/i;

/**
 * Whether an asset was probably made to be the preview of another: providers do not mark previews, but the tools that
 * upload them name them `<owner>_preview.png`.
 */
export const looksLikePreview = ({
  name,
  ownName,
  kind,
}: Pick<Asset, 'name' | 'ownName' | 'kind'>): boolean =>
  kind === 'image' && (PREVIEW_NAME.test(name) || PREVIEW_NAME.test(ownName ?? ''));
