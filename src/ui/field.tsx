import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

const BOX =
  'h-8 min-w-0 rounded-md border border-edge bg-surface px-2 placeholder:text-muted disabled:cursor-not-allowed disabled:opacity-50';

/** As wide as its place unless `className` gives a width. */
export function TextField({ className = 'w-full', ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(BOX, className)} />;
}

/** The browser's own list box: it scrolls, types ahead and speaks on every device. */
export function Select({ className = 'w-full', ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={clsx(BOX, 'pr-1', className)} />;
}

/** A label above its control, and under it what the control's `aria-describedby` points at. */
export function Labelled({
  label,
  children,
  hint,
  hintId,
}: {
  label: string;
  children: ReactNode;
  hint?: string;
  hintId?: string;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label className="flex min-w-0 flex-col gap-1">
        <span className="text-xs font-medium text-muted">{label}</span>
        {children}
      </label>
      {hint !== undefined && (
        <span id={hintId} className="text-xs text-muted">
          {hint}
        </span>
      )}
    </div>
  );
}

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  readonly indeterminate?: boolean;
}

export function Checkbox({ indeterminate = false, className, ...rest }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      {...rest}
      ref={(input) => {
        if (input) input.indeterminate = indeterminate;
      }}
      className={clsx(
        'block size-4 shrink-0 accent-accent disabled:cursor-not-allowed disabled:opacity-40',
        className,
      )}
    />
  );
}
