import clsx from 'clsx';

const DOTS = {
  blue: 'bg-dot-blue',
  teal: 'bg-dot-teal',
  green: 'bg-dot-green',
  amber: 'bg-dot-amber',
  red: 'bg-dot-red',
  violet: 'bg-dot-violet',
} as const;

/** A colour beside a name, which says the same in words: nothing for a screen reader. */
export const ColourDot = ({ colour }: { colour: keyof typeof DOTS }) => (
  <span
    aria-hidden
    className={clsx('size-2.5 shrink-0 rounded-full forced-color-adjust-none', DOTS[colour])}
  />
);
