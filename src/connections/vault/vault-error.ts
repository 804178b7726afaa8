const SENTENCES = {
  'wrong-passphrase': 'This is not the passphrase. Nothing was changed; try again.',
  damaged:
    'The remembered keys are damaged: what is stored is not what Winnow wrote. No passphrase opens it; remove it and enter the keys again.',
  weakened:
    'The remembered keys say that they are protected by too little work, or by absurdly much. Winnow never writes such a record, so that it asks for no passphrase. Remove it and enter the keys again.',
  'other-version':
    'The remembered keys were written by another version of Winnow. Reload the page; if that does not help, remove them and enter the keys again.',
  'entry-damaged':
    'The passphrase is right, but the key of this connection is damaged. Enter that key again.',
  'other-address':
    'The passphrase is right, but the key of this connection was remembered for another address. Enter the key again.',
  locked: 'The keys were locked meanwhile. Enter the passphrase again.',
  'not-stored': 'This browser could not store it: its storage is full or switched off.',
  unavailable:
    'Encryption is not available here: browsers allow it only at https addresses and at localhost.',
} as const;

export type VaultProblem = keyof typeof SENTENCES;

/** Why the vault could not do something; `message` is a sentence for the person. */
export class VaultError extends Error {
  readonly problem: VaultProblem;

  constructor(problem: VaultProblem, options?: ErrorOptions) {
    super(SENTENCES[problem], options);
    this.name = 'VaultError';
    this.problem = problem;
  }
}
