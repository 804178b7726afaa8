import type { ReactNode } from 'react';

/** Why a dialog could not do what it was asked. It comes at the end of what may be longer than the window. */
export const DialogProblem = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="text-danger wrap-anywhere" ref={bringIntoView}>
    {children}
  </p>
);

function bringIntoView(problem: HTMLElement | null): void {
  problem?.scrollIntoView({ block: 'nearest' });
}
