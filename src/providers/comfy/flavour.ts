import type { ProviderKind } from '@/domain/connection';

/** How the two servers of the same API family differ. */
export interface ComfyFlavour {
  /** ComfyUI has neither accounts nor keys, and refuses a cross-origin request that carries one. */
  readonly hasAccounts: boolean;
  /** Comfy Cloud writes 0 for a size that it does not know. */
  readonly zeroSizeIsUnknown: boolean;
  /** Where absolute preview URLs point that the connection itself serves; null when there is no such host. */
  readonly homeHost: string | null;
  /** Makes `/api/view` answer with a small picture. */
  readonly thumbnailQuery: string;
  /** Pictures that `thumbnailQuery` works for. */
  readonly thumbnailExtensions: ReadonlySet<string>;
  readonly deletionNote: string;
}

const RASTER = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff', 'avif'];

export const COMFY_FLAVOURS: Readonly<Record<Exclude<ProviderKind, 'roughy'>, ComfyFlavour>> = {
  'comfy-cloud': {
    hasAccounts: true,
    zeroSizeIsUnknown: true,
    homeHost: 'cloud.comfy.org',
    thumbnailQuery: 'res=512',
    thumbnailExtensions: new Set([...RASTER, 'gif']),
    deletionNote:
      'Comfy Cloud removes the record at once and for good. Stored bytes that other assets share stay, and space may be freed later.',
  },
  comfyui: {
    hasAccounts: false,
    zeroSizeIsUnknown: false,
    homeHost: null,
    thumbnailQuery: 'preview=webp;80',
    // A GIF would stop moving, and an SVG is no raster picture.
    thumbnailExtensions: new Set(RASTER),
    deletionNote: 'Only the record is removed: the file stays on the server’s disk.',
  },
};
