/** One thing that was found out. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A diagnosis in words, before what all of them have in common. */
export interface Words {
  /** Without a full stop. */
  readonly title: string;
  /** Steps, each a sentence; commands and addresses in `backticks`. */
  readonly fix?: readonly string[];
  readonly facts?: readonly Fact[];
}
