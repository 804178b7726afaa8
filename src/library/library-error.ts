/** Why the index could not do what it was asked. */
export type LibraryProblem =
  /** The browser gives no more room. */
  | 'quota'
  /** The file was damaged; it is empty now and has to be built again. */
  | 'damaged'
  /** A newer Winnow wrote it: this one does not touch it. */
  | 'newer'
  /** The tab that has it open does not answer. */
  | 'unanswered'
  /** The database engine could not be loaded. */
  | 'unloadable'
  /** The index was forgotten, or closed, while it was asked. */
  | 'closed'
  /** Anything else that the database says. */
  | 'internal';

/** What the index says when it fails; its message is for a person. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError';
  readonly problem: LibraryProblem;

  constructor(problem: LibraryProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
