import { useId, type ReactNode } from 'react';

/** One part of a view, under its own heading. */
export function Section({
  title,
  hint = '',
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="flex min-w-0 flex-col gap-2">
      <div>
        <h3 id={heading} className="font-semibold">
          {title}
        </h3>
        {hint.trim() !== '' && <p className="text-xs text-muted">{hint}</p>}
      </div>
      {children}
    </section>
  );
}
