import clsx from 'clsx';
import type { ComponentProps } from 'react';

const LOOKS = {
  plain: 'border-line bg-surface hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent hover:opacity-90',
  danger: 'border-transparent bg-danger-strong text-on-danger hover:opacity-90',
  quiet: 'border-transparent bg-transparent hover:bg-hover',
  'quiet-danger': 'border-transparent bg-transparent text-danger hover:bg-danger-soft',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  readonly size?: 'small' | 'medium' | 'icon' | 'small-icon';
}

const SIZES = {
  small: 'h-7 px-2',
  medium: 'h-8 px-3',
  icon: 'size-8 px-0',
  'small-icon': 'size-6 px-0',
} as const;

export function Button({ look = 'plain', size = 'medium', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors',
        'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
        LOOKS[look],
        SIZES[size],
        className,
      )}
    />
  );
}

/** A button that is only an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  ...rest
}: Omit<ButtonProps, 'aria-label' | 'title'> & { readonly label: string }) {
  return <Button look="quiet" size="icon" {...rest} aria-label={label} title={label} />;
}
