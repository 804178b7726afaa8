import { LibraryError, type LibraryProblem } from '../library-error';

import { fileTroubleBehind } from './file-trouble';

/** A failure of the database as what a page is told. */
export function problemOf(error: unknown): { readonly problem: LibraryProblem; readonly message: string } {
  if (error instanceof LibraryError) return { problem: error.problem, message: error.message };
  const said = wordsOf(error);
  // Browsers refuse to write, or write only a part, for which the engine has these words.
  if (/SQLITE_FULL|QuotaExceeded|Unknown write\(\) failure/.test(said)) {
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

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Only an error of a file is owed to one: where a file could not even be opened, the index went on in memory.
  const trouble = error.message.includes('SQLITE_IOERR') ? fileTroubleBehind(error) : null;
  const said = `${error.name} ${error.message}`;
  return trouble === null ? said : `${said}; ${trouble.name} ${trouble.message}`;
}
