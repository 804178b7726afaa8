import { queryOptions, useQuery } from '@tanstack/react-query';

import type { Asset } from '@/domain/asset';
import { formatBytes } from '@/lib/format';
import type { AssetProvider, RequestScope } from '@/providers/provider';

import { PreviewFailed } from './preview-failed';

const MAX_BYTES = 16_000;

interface Excerpt {
  readonly text: string;
  readonly cut: boolean;
}

/** @returns the beginning of the text, and which text that is; its link may be signed and is no part of that */
function excerptOf(provider: AssetProvider, asset: Asset) {
  async function readBeginning(of: Asset, scope: RequestScope): Promise<Excerpt> {
    const source = provider.previewSource(of, 'full');
    if (source === null) return { text: '', cut: false };
    const content = await provider.readPreview(source, { ...scope, maxBytes: MAX_BYTES });
    const text = await content.text();
    const cut = content.size >= MAX_BYTES;
    // The cut may have gone through the middle of a character.
    return { text: cut ? text.replace(/\uFFFD$/, '') : text, cut };
  }

  return {
    id: [provider.connection.id, asset.id] as const,
    async read(scope: RequestScope): Promise<Excerpt> {
      try {
        return await readBeginning(asset, scope);
      } catch (error) {
        const canRunOut = asset.preview !== null && asset.preview.expiresAt !== null;
        if (!canRunOut || scope.signal?.aborted === true) throw error;
        return readBeginning(await provider.getAsset(asset.id, scope), scope);
      }
    },
  };
}

const excerptQuery = (excerpt: ReturnType<typeof excerptOf>) =>
  queryOptions({
    queryKey: ['text-excerpt', excerpt.id],
    queryFn: ({ signal }) => excerpt.read({ signal }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });

/** The beginning of a text file, as text and never as markup. */
export function TextExcerpt({ provider, asset }: { provider: AssetProvider; asset: Asset }) {
  const excerpt = useQuery(excerptQuery(excerptOf(provider, asset)));
  if (excerpt.isPending || excerpt.isRefetching) return <p role="status">Loading the text…</p>;
  if (excerpt.isError) return <PreviewFailed kind={asset.kind} onRetry={() => void excerpt.refetch()} />;
  const { text, cut } = excerpt.data;
  if (text === '') return <p>This file is empty</p>;
  return (
    <div
      role="region"
      aria-label="Beginning of the text"
      tabIndex={0}
      className="size-full overflow-auto bg-surface p-3 text-ink"
    >
      <pre className="font-mono text-xs whitespace-pre-wrap wrap-anywhere">
        <bdi>{text}</bdi>
      </pre>
      {cut && <p className="mt-2 text-xs text-muted">Only the first {formatBytes(MAX_BYTES)} are shown.</p>}
    </div>
  );
}
