import { CircleHelp } from 'lucide-react';
import { Suspense, useEffect } from 'react';

import { whenIdle } from '@/lib/when-idle';
import { Popover } from '@/ui/popover';
import { preloadable } from '@/ui/preloadable';

const HelpText = preloadable(() => import('./help-text'));

/** What Winnow promises, and its keys. */
export function Help() {
  // No part of the first page, but there before anybody asks; offline, whoever asks tries again.
  useEffect(() => whenIdle(() => void HelpText.preload()), []);
  return (
    <Popover
      label="Help"
      buttonProps={{ look: 'quiet', size: 'icon', 'aria-label': 'Help', title: 'Help' }}
      trigger={<CircleHelp aria-hidden className="size-4" />}
      className="w-104"
    >
      <Suspense>
        <HelpText />
      </Suspense>
    </Popover>
  );
}
