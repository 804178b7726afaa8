import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';

import { IconButton } from '@/ui/button';
import { InertBehind } from '@/ui/inert-behind';

import { KeysOnDevice, type KeysOnDeviceProps } from './keys-on-device';

/** The keys of this device, in reach from every page. */
export default function KeysDialog({ onClose, ...about }: KeysOnDeviceProps & { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        {/* Not Radix's own overlay: that one writes a style element, which the security policy forbids. */}
        <div className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onPointerDownOutside={(event) => {
            // A click on the page arrives at the root; anything else is a toast or a dialog above this one.
            if (event.target !== document.documentElement) event.preventDefault();
          }}
          className="fixed top-1/2 left-1/2 z-30 max-h-[calc(100dvh-2rem)] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-5 text-ink shadow-overlay max-sm:p-4"
        >
          <Dialog.Title className="sr-only">Keys and this device</Dialog.Title>
          <IconButton label="Close" size="small-icon" className="absolute top-3 right-3" onClick={onClose}>
            <X className="size-4" />
          </IconButton>
          <KeysOnDevice {...about} />
        </Dialog.Content>
        <InertBehind />
      </Dialog.Portal>
    </Dialog.Root>
  );
}
