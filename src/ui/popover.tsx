import clsx from 'clsx';
import { useId, useRef, useState, type ReactNode } from 'react';

import { Button, type ButtonProps } from './button';

/**
 * A panel that a button opens, in the browser's top layer: Escape and a click elsewhere close it,
 * and focus goes back to the button.
 */
export function Popover({
  label,
  trigger,
  children,
  className,
  buttonProps,
}: {
  /** Names the panel. */
  label: string;
  trigger: ReactNode;
  children: ReactNode;
  className?: string;
  buttonProps?: ButtonProps;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  function place() {
    const anchor = button.current?.getBoundingClientRect();
    if (!anchor || !panel.current) return;
    const { style, offsetWidth, offsetHeight } = panel.current;
    const left = Math.min(anchor.left, window.innerWidth - offsetWidth - 8);
    const below = anchor.bottom + 4;
    const top = below + offsetHeight > window.innerHeight - 8 ? anchor.top - offsetHeight - 4 : below;
    style.left = `${Math.max(8, left)}px`;
    style.top = `${Math.max(8, top)}px`;
  }

  return (
    <>
      <Button {...buttonProps} ref={button} popoverTarget={id} aria-expanded={open} aria-haspopup="dialog">
        {trigger}
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') place();
        }}
        className={clsx(
          'fixed inset-auto m-0 max-h-[min(32rem,calc(100dvh-1rem))] max-w-[calc(100vw-1rem)] overflow-auto rounded-lg border border-line bg-raised p-3 text-ink shadow-overlay',
          className,
        )}
      >
        {open && children}
      </div>
    </>
  );
}
