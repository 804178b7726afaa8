import { useEffect } from 'react';

/**
 * Takes what is behind a dialog out of everybody's reach: Radix hides it from screen readers only.
 * Stands after the dialog's content, whose effects must have run.
 */
export function InertBehind() {
  useEffect(() => {
    const behind = [...document.querySelectorAll<HTMLElement>('[data-aria-hidden]:not([inert])')];
    for (const element of behind) element.inert = true;
    return () => {
      for (const element of behind) element.inert = false;
    };
  }, []);
  return null;
}
