import clsx from 'clsx';

/** A name from a server: its own text direction, so that it cannot disturb its neighbours. */
export function FileName({ name, className }: { name: string; className?: string }) {
  return (
    <bdi className={clsx('block truncate', className)} title={name}>
      {name}
    </bdi>
  );
}
