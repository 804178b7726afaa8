import type { ReactNode } from 'react';

/** Fills the place of content that is not there: an error, an empty list. */
export function Notice({
  icon,
  title,
  children,
  actions,
  role,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}) {
  return (
    <div role={role} className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center">
      <span aria-hidden className="mb-2 text-muted [&>svg]:size-8">
        {icon}
      </span>
      <h2 className="text-base font-semibold wrap-anywhere">{title}</h2>
      {children !== undefined && <div className="text-muted wrap-anywhere">{children}</div>}
      {actions !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
