import type { ReactNode } from 'react';

const focusOnce = (heading: HTMLHeadingElement | null) => heading?.focus();

/** Takes the focus when its page opens, so that a screen reader begins there. */
export const PageHeading = ({ children }: { children: ReactNode }) => (
  <h2 ref={focusOnce} tabIndex={-1} className="text-lg font-semibold outline-none wrap-anywhere">
    {children}
  </h2>
);
