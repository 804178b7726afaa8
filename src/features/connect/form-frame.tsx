import { KeyRound } from 'lucide-react';
import type { ReactNode, SyntheticEvent } from 'react';

/** A form that stands in the place of the library until it is answered. */
export function FormFrame({
  title,
  onSubmit,
  children,
}: {
  title: string;
  onSubmit: (event: SyntheticEvent) => void;
  children: ReactNode;
}) {
  return (
    <form onSubmit={onSubmit} className="mx-auto flex w-full max-w-md flex-col gap-4 px-4 py-16 max-md:py-6">
      <div className="flex items-center gap-3">
        <KeyRound aria-hidden className="size-6 shrink-0 text-muted" />
        <h2 className="text-base font-semibold wrap-anywhere">{title}</h2>
      </div>
      {children}
    </form>
  );
}
