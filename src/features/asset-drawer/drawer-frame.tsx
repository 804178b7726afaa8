import { Dialog } from 'radix-ui';
import { useLayoutEffect, useState, type ReactElement, type ReactNode, type RefObject } from 'react';

import { useMediaQuery } from '@/lib/use-media-query';
import { InertBehind } from '@/ui/inert-behind';

export interface DrawerParts {
  /** Makes the visible heading the one that names the dialog. */
  readonly wrapHeading: (heading: ReactElement) => ReactElement;
  readonly close: () => void;
}

export interface DrawerFrameProps {
  readonly name: string;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onClose: () => void;
  readonly children: (parts: DrawerParts) => ReactNode;
}

/** Beside the table where there is room for both, else above it. Either way the focus starts on the heading. */
export function DrawerFrame(props: DrawerFrameProps) {
  const wide = useMediaQuery('(min-width: 1024px)');
  return wide ? <Beside {...props} /> : <Above {...props} />;
}

function Beside({ name, heading, onClose, children }: DrawerFrameProps) {
  // Before it is painted: Escape must find the focus in here as soon as the drawer is seen.
  useLayoutEffect(() => heading.current?.focus(), [heading]);
  return (
    <aside
      aria-label={name}
      className="absolute inset-y-0 right-0 z-25 flex w-104 flex-col border-l border-line bg-surface contain-strict"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      {children({ wrapHeading: (element) => element, close: onClose })}
    </aside>
  );
}

function Above({ heading, onClose, children }: DrawerFrameProps) {
  const [open, setOpen] = useState(true);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        {/* Not Radix's own overlay: that one writes a style element, which the security policy forbids. */}
        {open && <div className="fixed inset-0 z-30 bg-scrim" />}
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            heading.current?.focus();
          }}
          onCloseAutoFocus={() => {
            // Told only now that the focus is free: before, the dialog would have taken it back.
            if (!open) onClose();
          }}
          onPointerDownOutside={(event) => {
            // While the dialog is open a click on the page arrives at the root; anything else is a toast above it.
            if (event.target !== document.documentElement) event.preventDefault();
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full flex-col border-line bg-surface text-ink sm:w-104 sm:border-l sm:shadow-overlay"
        >
          {children({
            wrapHeading: (element) => <Dialog.Title asChild>{element}</Dialog.Title>,
            close: () => setOpen(false),
          })}
        </Dialog.Content>
        {open && <InertBehind />}
      </Dialog.Portal>
    </Dialog.Root>
  );
}
