import clsx from 'clsx';
import type { ReactNode } from 'react';

const TONES = {
  info: 'border-line bg-accent-soft',
  caution: 'border-line bg-caution-soft text-caution',
  danger: 'border-danger/40 bg-danger-soft text-danger',
} as const;

/** One line above the content it speaks of; `role` is the caller's: an alert, a status, or neither. */
export function Banner({
  tone,
  role,
  children,
  actions,
}: {
  tone: keyof typeof TONES;
  role?: 'alert' | 'status';
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div
      className={clsx(
        'flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5 max-md:px-2',
        TONES[tone],
      )}
    >
      <div role={role} className="min-w-0 flex-1 wrap-anywhere">
        {children}
      </div>
      {actions}
    </div>
  );
}
