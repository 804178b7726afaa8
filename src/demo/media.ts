import { HttpResponse } from 'msw';
import type { AssetKind, Metadata } from '@/domain/asset';
import type { ComfyAssetJson } from './comfy-contract';
import { DEMO_CLIP_TYPE, demoClip } from './demo-clip';
import { drawPreview } from './drawn-preview';
import { sampleText } from './sample-text';
import { isRecord } from './strict-request';
import { TONE_TYPE, tone } from './tone';

const EXTENSIONS: Readonly<Partial<Record<AssetKind, RegExp>>> = {
  image: /\.(png|jpe?g|webp|gif|svg|avif)$/i,
  video: /\.(mp4|webm|mov|mkv)$/i,
  audio: /\.(wav|mp3|flac|ogg|m4a)$/i,
  text: /\.(txt|json|csv|md|srt)$/i,
};

const kindOf = ({ mime_type: mimeType, name }: ComfyAssetJson): string => {
  const [family] = (mimeType ?? '').split('/');
  if (family === 'image' || family === 'video' || family === 'audio' || family === 'text') return family;
  return Object.entries(EXTENSIONS).find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
};

const numberIn = (metadata: Metadata | null | undefined, key: string): number | null => {
  const value = metadata?.[key];
  return typeof value === 'number' && value > 0 ? value : null;
};

/** Bytes as a media server sends them: players seek with `Range`. */
export function bytesResponse(
  bytes: Uint8Array<ArrayBuffer>,
  request: Request,
  headers: Readonly<Record<string, string>>,
): Response {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  const always = { ...headers, 'accept-ranges': 'bytes' };
  if (asked === null) return new HttpResponse(bytes, { headers: always });
  const [, from = '', to = ''] = asked;
  const start = Number(from);
  const end = to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
  if (start > end) {
    return new HttpResponse(null, {
      status: 416,
      headers: { ...always, 'content-range': `bytes */${bytes.length}` },
    });
  }
  return new HttpResponse(bytes.slice(start, end + 1), {
    status: 206,
    headers: { ...always, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
  });
}

interface ContentOptions {
  readonly res: number | null;
  readonly disposition?: 'inline' | 'attachment';
}

/** What the asset holds, made up on the spot and the same every time. */
export function drawnContent(asset: ComfyAssetJson, request: Request, options: ContentOptions): Response {
  const { bytes, type } = contentOf(asset, options.res);
  return bytesResponse(bytes, request, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    ...(options.disposition !== undefined && {
      'content-disposition': `${options.disposition}; filename*=UTF-8''${encodeURIComponent(asset.name)}`,
    }),
  });
}

function contentOf(
  asset: ComfyAssetJson,
  res: number | null,
): { bytes: Uint8Array<ArrayBuffer>; type: string } {
  const encode = (text: string) => new TextEncoder().encode(text);
  switch (kindOf(asset)) {
    case 'image':
      return { bytes: encode(drawPreview(sceneOf(asset, res))), type: 'image/svg+xml' };
    case 'video':
      return { bytes: demoClip(), type: DEMO_CLIP_TYPE };
    case 'audio':
      return { bytes: tone(asset.id), type: TONE_TYPE };
    case 'text':
      return { bytes: encode(sampleText(asset)), type: asset.mime_type ?? 'text/plain; charset=utf-8' };
    default:
      // Nobody looks inside a model; an empty safetensors header will do.
      return {
        bytes: new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]),
        type: 'application/octet-stream',
      };
  }
}

/** Same prompt, same kind of picture; same run, same colours; same content, same picture. */
function sceneOf(asset: ComfyAssetJson, res: number | null) {
  const prompt = asset.user_metadata?.['prompt'];
  const size = asset.user_metadata?.['size'];
  const subject = typeof prompt === 'string' ? prompt : asset.name;
  const [width, height] = isRecord(size) ? [size['width'], size['height']] : [null, null];
  return {
    subject,
    mood: `${subject} ${JSON.stringify(asset.user_metadata?.['seed'] ?? null)}`,
    detail: (asset.hash ?? asset.asset_hash ?? asset.id).replace(/^blake3:/, '').replace(/\..*$/, ''),
    width: typeof width === 'number' ? width : (numberIn(asset.metadata, 'width') ?? 1024),
    height: typeof height === 'number' ? height : (numberIn(asset.metadata, 'height') ?? 1024),
    longestSide: res ?? 512,
  };
}
