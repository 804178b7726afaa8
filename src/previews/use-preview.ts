import pLimit from 'p-limit';
import { useEffect, useState } from 'react';

import type { Asset } from '@/domain/asset';
import type { AssetProvider, PreviewSource } from '@/providers/provider';

/** Previews that need the key are read a few at a time, so that they never hold up the list itself. */
const few = pLimit(4);

export type PreviewState =
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly url: string }
  | { readonly status: 'failed' };

/**
 * A URL that may stand in `src`. A preview behind a key is read as a blob once `wanted`,
 * dropped when it is no longer, and its blob URL revoked.
 */
export function usePreview(
  provider: AssetProvider,
  asset: Pick<Asset, 'preview' | 'mimeType'>,
  size: 'thumbnail' | 'full',
  wanted: boolean,
): PreviewState {
  const source = provider.previewSource(asset, size);
  const blob = useBlobUrl(provider, source?.type === 'authenticated' && wanted ? source : null);
  if (source === null) return { status: 'none' };
  return source.type === 'url' ? { status: 'ready', url: source.url } : blob;
}

function useBlobUrl(provider: AssetProvider, source: PreviewSource | null): PreviewState {
  const [loaded, setLoaded] = useState<{ of: string; state: PreviewState } | null>(null);
  const url = source?.url ?? null;

  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    let objectUrl: string | null = null;
    few(async () => {
      abort.signal.throwIfAborted();
      const content = await provider.readPreview({ type: 'authenticated', url }, { signal: abort.signal });
      abort.signal.throwIfAborted();
      objectUrl = URL.createObjectURL(content);
      setLoaded({ of: url, state: { status: 'ready', url: objectUrl } });
    }).catch(() => {
      if (!abort.signal.aborted) setLoaded({ of: url, state: { status: 'failed' } });
    });
    return () => {
      abort.abort();
      if (objectUrl !== null) URL.revokeObjectURL(objectUrl);
      setLoaded(null);
    };
  }, [provider, url]);

  return loaded !== null && loaded.of === url ? loaded.state : { status: 'loading' };
}
