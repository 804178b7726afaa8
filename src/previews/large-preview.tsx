import { useRef, useState, type ReactNode } from 'react';

import type { Asset } from '@/domain/asset';
import { formatBytes } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { AssetProvider } from '@/providers/provider';
import { Button } from '@/ui/button';

import { BigIcon, PreviewFailed } from './preview-failed';
import { TextExcerpt } from './text-excerpt';
import { usePreview } from './use-preview';

/** Beyond this a preview that must be read whole, because it needs the key, waits until it is asked for. */
const LARGE_BYTES = 50_000_000;

export interface LargePreviewProps {
  readonly provider: AssetProvider;
  readonly asset: Asset;
  /** Reads the asset anew: a signed link may have run out. */
  readonly onRenew: () => Promise<Asset | undefined>;
}

/** A box of fixed height: the picture, film, sound or beginning of the text, else the icon of the kind. */
export function LargePreview(props: LargePreviewProps) {
  return (
    <PreviewSpace>
      <PreviewOf key={props.asset.id} {...props} />
    </PreviewSpace>
  );
}

export function PreviewSpace({ children }: { children?: ReactNode }) {
  return (
    <div className="relative flex h-64 shrink-0 flex-col items-center justify-center gap-3 overflow-hidden border-b border-line bg-sunken text-muted">
      {children}
    </div>
  );
}

function PreviewOf({ provider, asset, onRenew }: LargePreviewProps) {
  const [held, setHeld] = useState(asset);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const renewed = useRef(false);
  const signed = held.preview !== null && held.preview.expiresAt !== null;
  // Every read signs the link anew, and another link would start a playing film over: the first one stays.
  if (!signed && held !== asset) setHeld(asset);

  const form = formOf(held);
  if (form === null || provider.previewSource(held, 'full') === null) return <BigIcon kind={asset.kind} />;

  async function renew() {
    const fresh = await onRenew();
    if (fresh !== undefined) setHeld(fresh);
    setAttempt((count) => count + 1);
  }

  function onError() {
    if (signed && !renewed.current) {
      renewed.current = true;
      void renew();
    } else setFailed(true);
  }

  function tryAgain() {
    setFailed(false);
    renewed.current = false;
    if (signed) void renew();
    else setAttempt((count) => count + 1);
  }

  if (failed) return <PreviewFailed kind={asset.kind} onRetry={tryAgain} />;
  if (form === 'text') return <TextExcerpt provider={provider} asset={held} />;
  return (
    <Media
      key={attempt}
      form={form}
      provider={provider}
      asset={held}
      onLoad={() => {
        renewed.current = false;
      }}
      onError={onError}
      onRetry={tryAgain}
    />
  );
}

type Form = 'image' | 'video' | 'audio' | 'text';

function formOf({ kind, preview }: Asset): Form | null {
  if (preview === null) return null;
  if (preview.isImage) return 'image';
  return kind === 'video' || kind === 'audio' || kind === 'text' ? kind : null;
}

function Media({
  form,
  provider,
  asset,
  onLoad,
  onError,
  onRetry,
}: {
  form: Exclude<Form, 'text'>;
  provider: AssetProvider;
  asset: Asset;
  onLoad: () => void;
  onError: () => void;
  onRetry: () => void;
}) {
  const locked = provider.previewSource(asset, 'full')?.type === 'authenticated';
  const [wanted, setWanted] = useState(
    !locked || (asset.sizeBytes ?? (form === 'image' ? 0 : Infinity)) <= LARGE_BYTES,
  );
  const preview = usePreview(provider, asset, 'full', wanted);

  if (preview.status === 'failed') return <PreviewFailed kind={asset.kind} onRetry={onRetry} />;
  if (preview.status !== 'ready') {
    return (
      <>
        <BigIcon kind={asset.kind} />
        {wanted ? (
          <p role="status" className="sr-only">
            Loading the preview…
          </p>
        ) : (
          <Button size="small" onClick={() => setWanted(true)}>
            Load the preview ({formatBytes(asset.sizeBytes ?? Infinity)})
          </Button>
        )}
      </>
    );
  }

  const label = `Preview of ${shownName(asset.name)}`;
  if (form === 'image') {
    return (
      <img
        src={preview.url}
        alt={label}
        decoding="async"
        referrerPolicy="no-referrer"
        onLoad={onLoad}
        onError={onError}
        className="absolute inset-0 size-full bg-[conic-gradient(var(--color-surface)_25%,transparent_0_50%,var(--color-surface)_0_75%,transparent_0)] bg-size-[16px_16px] object-contain"
      />
    );
  }
  const media = {
    src: preview.url,
    'aria-label': label,
    controls: true,
    preload: 'metadata',
    onLoadedMetadata: onLoad,
    onError,
  } as const;
  if (form === 'video')
    return <video {...media} playsInline className="absolute inset-0 size-full object-contain" />;
  return (
    <>
      <BigIcon kind={asset.kind} />
      <audio {...media} className="w-full max-w-sm px-4" />
    </>
  );
}
