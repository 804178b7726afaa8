import { LedgerError } from '@/cleanup/ledger';
import { announceProblem } from '@/ui/toaster';

/** Steering a job writes it down first; where that fails nothing was changed, and the person must know. */
export async function steer<T>(step: Promise<T>): Promise<T | null> {
  try {
    return await step;
  } catch (error) {
    announceProblem(
      error instanceof LedgerError
        ? 'This could not be written down, so nothing was changed. Free some space on this device, then try again.'
        : 'This did not work. Reload the page, then try again.',
    );
    return null;
  }
}
