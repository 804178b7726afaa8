/** The first load only: rows of the right height, so that nothing moves when the real ones come. */
export function TableSkeleton({ rowHeight }: { rowHeight: number }) {
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <span className="sr-only">Loading assets…</span>
      <div aria-hidden>
        <div className="h-9 border-b border-line bg-canvas" />
        {Array.from({ length: 12 }, (_, index) => (
          <div
            key={index}
            className="flex items-center gap-4 border-b border-line px-4"
            style={{ height: rowHeight }}
          >
            <span className="size-4 rounded bg-sunken" />
            <span className="size-10 shrink-0 rounded-md bg-sunken" />
            <span className="h-3 rounded bg-sunken" style={{ width: `${18 + ((index * 37) % 20)}%` }} />
            <span className="ml-auto h-3 w-1/4 rounded bg-sunken max-md:hidden" />
          </div>
        ))}
      </div>
    </div>
  );
}
