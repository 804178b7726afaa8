import { AlertDialog } from 'radix-ui';
import { useRef, useState, type ReactNode } from 'react';

import { Button } from './button';
import { InertBehind } from './inert-behind';

/**
 * Asks before something that cannot be taken back. Focus starts on the way out; Escape takes it too.
 * Loaded on demand: nothing that confirms is part of the first page.
 */
export default function ConfirmDialog({
  title,
  children,
  foot,
  keepLabel = 'Keep',
  confirmLabel,
  confirmDisabled = false,
  busy = false,
  look = 'danger',
  onConfirm,
  onClose,
  returnFocus,
}: {
  title: string;
  children: ReactNode;
  /** Asked right above the buttons, and in view with them however long the rest is. */
  foot?: ReactNode;
  keepLabel?: string;
  /** The verb, with what it acts on; null when there is nothing left to confirm. */
  confirmLabel: string | null;
  confirmDisabled?: boolean;
  /** While busy only the dialog's own buttons close it. */
  busy?: boolean;
  /** Red is for what cannot be undone. */
  look?: 'danger' | 'primary';
  onConfirm: () => void;
  onClose: () => void;
  /** Where the focus goes when the control that had it may be gone; without it, back to that control. */
  returnFocus?: (() => void) | null;
}) {
  const keep = useRef<HTMLButtonElement>(null);
  const [opener] = useState(() => document.activeElement);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !busy && onClose()}>
      <AlertDialog.Portal>
        {/* Not Radix's own overlay: that one writes a style element, which the security policy forbids. */}
        <div className="fixed inset-0 z-50 bg-scrim" />
        <AlertDialog.Content
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            keep.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (returnFocus) returnFocus();
            else if (opener instanceof HTMLElement) opener.focus();
          }}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border border-line bg-raised text-ink shadow-overlay"
        >
          <AlertDialog.Title
            className="line-clamp-4 px-5 pt-5 pb-2 max-sm:px-4 max-sm:pt-4 shrink-0 text-base font-semibold wrap-anywhere"
            title={title}
          >
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-2 max-sm:px-4">{children}</div>
          </AlertDialog.Description>
          <div className="flex flex-col gap-3 border-t border-line px-5 py-3 max-sm:px-4">
            {foot}
            <div className="flex flex-wrap justify-end gap-2">
              <Button ref={keep} onClick={onClose}>
                {keepLabel}
              </Button>
              {confirmLabel !== null && (
                <Button look={look} disabled={confirmDisabled} onClick={onConfirm}>
                  {confirmLabel}
                </Button>
              )}
            </div>
          </div>
        </AlertDialog.Content>
        <InertBehind />
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
