import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef } from 'react';

import { useMediaQuery } from '@/lib/use-media-query';
import { Button, IconButton } from '@/ui/button';
import { InertBehind } from '@/ui/inert-behind';

import { MoreFilters, type MoreFiltersProps } from './more-filters';

interface FilterPanelProps extends MoreFiltersProps {
  readonly onClose: () => void;
  /** Gives the focus back to what opened it. */
  readonly returnFocus: () => void;
}

/** Beside the list, so that it can be watched while filters change; on a phone in its place. */
export function FilterPanel(props: FilterPanelProps) {
  const phone = useMediaQuery('(max-width: 767px)');
  const heading = useRef<HTMLHeadingElement>(null);
  const { view, onClose, returnFocus } = props;

  // Whoever opened it goes on there.
  useEffect(() => heading.current?.focus(), []);

  function close() {
    onClose();
    // Behind the sheet nothing can have it yet.
    if (!phone) returnFocus();
  }

  const content = (
    <>
      <p role="status" className="px-3 pb-2 text-xs text-muted empty:hidden">
        {standingText(view.state)}
      </p>
      <MoreFilters {...props} />
    </>
  );
  const title = (
    <h2 ref={heading} tabIndex={-1} className="flex-1 font-semibold outline-none">
      More filters
    </h2>
  );

  if (!phone) {
    return (
      <aside
        aria-label="More filters"
        className="flex w-72 shrink-0 flex-col overflow-y-auto overscroll-contain border-r border-line bg-surface"
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <div className="flex items-center gap-2 py-1 pr-1 pl-3">
          {title}
          <IconButton label="Close filters" onClick={close}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
        {content}
      </aside>
    );
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            heading.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
          className="fixed inset-0 z-50 flex flex-col bg-surface text-ink"
        >
          <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3">
            <Dialog.Title asChild>{title}</Dialog.Title>
            <IconButton label="Close filters" onClick={close}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain [&>p]:pt-2 [&>p:empty+fieldset]:border-t-0">
            {content}
          </div>
          <div className="border-t border-line p-2">
            <Button look="primary" className="w-full" onClick={close}>
              Show the list
            </Button>
          </div>
          <InertBehind />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function standingText(state: MoreFiltersProps['view']['state']): string {
  switch (state) {
    case 'none':
      return 'Only the library index can answer these. There is none yet: the list offers to build it once one is in force.';
    case 'building':
      return 'The index is incomplete: these are the counts so far.';
    case 'failed':
      return 'The index cannot be used, so nothing is counted.';
    case 'opening':
    case 'ready':
      return '';
  }
}
