/*
 * SQLite says of whatever happens to a file only that there was "a disk I/O error", of a full device too. Why, the browser
 * says to what keeps the files, which passes it on to the log of the engine.
 */

let last: Error | null = null;
const behind = new WeakMap<Error, Error | null>();

/** Keeps what the browser said of a file for the error that the database makes of it. */
export function noteFileTrouble(trouble: Error): void {
  last = trouble;
}

/** @returns what the browser had said of a file when this error was first asked about; null when nothing */
export function fileTroubleBehind(error: Error): Error | null {
  const known = behind.get(error);
  if (known !== undefined) return known;
  const trouble = last;
  last = null;
  behind.set(error, trouble);
  return trouble;
}
