/** Why something did not work, read aloud at once. */
export const Problem = ({ id, text }: { id: string; text: string | null }) =>
  text === null ? null : (
    <p id={id} role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
      {text}
    </p>
  );

/** Turning a passphrase into a key is slow on purpose. */
export const Working = ({ busy, children }: { busy: boolean; children: string }) => (
  <p role="status" className="min-h-5 text-xs text-muted">
    {busy && children}
  </p>
);
