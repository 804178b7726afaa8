import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';

import { Button } from '@/ui/button';

import { Help } from './help';
import { ThemeMenu } from './theme-menu';

export function Header({
  children,
  keyControls,
  onForgetKey,
}: {
  children: ReactNode;
  keyControls: ReactNode;
  onForgetKey: (() => void) | null;
}) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 max-md:px-2">
      <h1 className="mr-2 flex items-center gap-2 text-base font-semibold tracking-tight">
        <svg viewBox="0 0 32 32" aria-hidden className="size-6">
          <rect width="32" height="32" rx="7" className="fill-accent" />
          <path
            d="M7 10h18l-6.5 8v6l-5-2.5V18z"
            fill="none"
            strokeWidth="2.4"
            strokeLinejoin="round"
            className="stroke-on-accent"
          />
        </svg>
        <span className="max-sm:sr-only">Winnow</span>
      </h1>
      {children}
      <div className="ml-auto flex items-center gap-1">
        {onForgetKey !== null && (
          <Button look="quiet" onClick={onForgetKey} title="Forget key">
            <KeyRound aria-hidden className="size-4" />
            <span className="max-sm:sr-only">Forget key</span>
          </Button>
        )}
        {keyControls}
        <ThemeMenu />
        <Help />
      </div>
    </header>
  );
}
