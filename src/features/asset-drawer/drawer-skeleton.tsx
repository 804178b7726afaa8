/** A deep link, before anything is known: boxes where the preview and the facts will be. */
export function DrawerSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading asset…</span>
      <div aria-hidden>
        <div className="h-64 border-b border-line bg-sunken" />
        <div className="flex flex-col gap-4 px-4 py-5">
          {Array.from({ length: 8 }, (_, index) => (
            <div key={index} className="flex gap-4">
              <span className="h-3 w-24 rounded bg-sunken" />
              <span className="h-3 rounded bg-sunken" style={{ width: `${30 + ((index * 37) % 30)}%` }} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
