import { LibraryError, type LibraryProblem } from '../library-error';

/** A failure of the database as what a page is told. */
export function problemOf(error: unknown): { readonly problem: LibraryProblem; readonly message: string } {
  if (error instanceof LibraryError) return { problem: error.problem, message: error.message };
  const said = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  if (/SQLITE_FULL|QuotaExceeded/.test(said)) {
    return {
      problem: 'quota',
      message:
        'This browser gives the index no more room. Free some space on this device, or forget an index that you need less.',
    };
  }
  if (/SQLITE_(?:CORRUPT|NOTADB)/.test(said)) {
    return {
      problem: 'damaged',
      message: 'The index is damaged. Forget it and build it again: your library itself is not touched.',
    };
  }
  return { problem: 'internal', message: `The index reported an error: ${said}` };
}
