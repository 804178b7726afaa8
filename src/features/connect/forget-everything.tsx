import { Suspense, useState } from 'react';

import { Button } from '@/ui/button';
import { preloadable } from '@/ui/preloadable';

import { Problem } from './problem';

const ConfirmDialog = preloadable(() => import('@/ui/confirm-dialog'));

/** The way out: one button, and one question. */
export function ForgetEverything({ onForget }: { onForget: () => Promise<void> }) {
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function forget() {
    setBusy(true);
    setProblem(null);
    try {
      await onForget();
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : 'Nothing was forgotten.');
    }
  }

  return (
    <>
      <Button look="quiet-danger" className="self-start" onClick={() => setAsks(true)}>
        Forget everything…
      </Button>
      {asks && (
        <Suspense>
          <ConfirmDialog
            title="Forget everything that Winnow keeps in this browser?"
            confirmLabel={busy ? 'Forgetting…' : 'Forget everything'}
            confirmDisabled={busy}
            busy={busy}
            onConfirm={() => void forget()}
            onClose={() => setAsks(false)}
          >
            <p>In every open tab of this browser, these go and cannot be brought back:</p>
            <ul className="my-2 list-disc space-y-1 pl-5">
              <li>all keys: in memory, kept for a tab, and remembered on this device;</li>
              <li>
                jobs and their history: a job that runs is stopped first, after the request that is under way;
                its report goes as well;
              </li>
              <li>marks and pins;</li>
              <li>settings, such as theme, columns and the last connection;</li>
              <li>what you changed in the demo, and the demo’s service worker.</li>
            </ul>
            <p>Your assets at the providers stay as they are, and so do files that you saved.</p>
            <Problem id="forget-problem" text={problem} />
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
