import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

/**
 * A table whose rows become blocks on a phone. The ARIA roles are spelled out, since some browsers drop those of the
 * elements together with their table layout.
 */
export function StackedTable({
  label,
  columns,
  rowCount,
  busy = false,
  children,
}: {
  label: string;
  columns: readonly string[];
  /** Over all pages. */
  rowCount: number;
  busy?: boolean;
  children: ReactNode;
}) {
  return (
    <table
      role="table"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-busy={busy}
      className={clsx('w-full border-collapse text-left max-md:block', busy && 'opacity-60')}
    >
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row" aria-rowindex={1} className="border-b border-line text-muted">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col" className="px-2 py-1.5 text-xs font-medium">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {children}
      </tbody>
    </table>
  );
}

export const StackedRow = (props: ComponentProps<'tr'>) => (
  <tr
    role="row"
    {...props}
    className="border-b border-line align-top max-md:flex max-md:flex-col max-md:gap-0.5 max-md:py-2"
  />
);

export const StackedCell = ({ className, ...rest }: ComponentProps<'td'>) => (
  <td
    role="cell"
    {...rest}
    className={clsx('min-w-0 px-2 py-1.5 wrap-anywhere max-md:block max-md:px-0 max-md:py-0', className)}
  />
);
