import clsx from 'clsx';
import { useState } from 'react';

import { IconButton } from './button';

/** Copies `text`, or what it returns where that is dear to make; the icon says whether it worked. */
export function CopyButton({ label, text }: { label: string; text: string | (() => string) }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setState('copied');
    } catch {
      setState('failed'); // no permission, or a page without a secure address
    }
  }

  const name = { idle: label, copied: 'Copied', failed: 'Copying was not allowed' }[state];
  return (
    <IconButton
      label={name}
      size="small-icon"
      className={clsx(
        'icon-before text-muted [--icon-size:0.875rem]',
        state === 'copied' ? 'icon-check' : 'icon-copy',
      )}
      onClick={() => void copy()}
      onBlur={() => setState('idle')}
      onPointerLeave={() => setState('idle')}
    />
  );
}
