import { useState } from 'react';

import { explainLibraryError } from '@/library/explain-library-error';
import type { LibraryIndex } from '@/library/library-index';
import ConfirmDialog from '@/ui/confirm-dialog';

/** Asks before an index is deleted: building it again takes its time, but nothing else is lost. */
export default function ForgetIndex({
  index,
  onClose,
  returnFocus,
}: {
  index: LibraryIndex;
  onClose: () => void;
  returnFocus: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function forget() {
    setBusy(true);
    setProblem(null);
    try {
      await index.forget();
      onClose();
    } catch (error) {
      setProblem(explainLibraryError(error).hint);
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      title="Forget the index of this library?"
      confirmLabel="Forget the index"
      confirmDisabled={busy}
      busy={busy}
      onConfirm={() => void forget()}
      onClose={onClose}
      returnFocus={returnFocus}
    >
      <p>It is deleted from this device, for all tabs. Your assets themselves are not touched.</p>
      <p className="mt-1 text-muted">Marks, pins, jobs and saved views stay. The index can be built again.</p>
      {problem !== null && (
        <p role="alert" className="mt-2 text-danger wrap-anywhere">
          {problem}
        </p>
      )}
    </ConfirmDialog>
  );
}
