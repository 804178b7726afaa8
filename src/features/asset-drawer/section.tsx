import { useId, type ReactNode, type Ref } from 'react';

/** One titled part of the drawer. */
export function Section({
  title,
  heading,
  actions,
  children,
}: {
  title: string;
  /** For where the focus goes when what had it is gone. */
  heading?: Ref<HTMLHeadingElement>;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="mb-1 flex min-h-7 items-center justify-between gap-2">
        <h3 id={id} ref={heading} tabIndex={-1} className="rounded-sm font-semibold">
          {title}
        </h3>
        {actions}
      </div>
      {children}
    </section>
  );
}
