import type { ReactNode } from 'react';

import { Button, type ButtonProps } from '@/ui/button';

/** One view or policy of a list: what it is, and beside it what can be done with it. */
export const SavedItem = ({
  children,
  actions,
  problem = null,
}: {
  children: ReactNode;
  actions: ReactNode;
  /** Why the last thing that was asked could not be done. */
  problem?: string | null;
}) => (
  <li className="flex flex-col gap-2 py-3">
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">{children}</div>
      <div className="flex flex-wrap items-center gap-1">{actions}</div>
    </div>
    {problem !== null && (
      <p role="alert" className="text-danger wrap-anywhere">
        {problem}
      </p>
    )}
  </li>
);

/** A button that says for ears which of the list it is for: "Rename Old drafts". */
export const ItemAction = ({
  verb,
  of,
  children = verb,
  ...button
}: Omit<ButtonProps, 'size' | 'aria-label'> & { verb: string; of: string }) => (
  <Button size="small" look="quiet" {...button} aria-label={`${verb} ${of}`}>
    {children}
  </Button>
);
