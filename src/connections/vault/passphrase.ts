/** Long enough that trying them all is hopeless at 600,000 rounds each; what it is made of is up to the person. */
export const LEAST_LENGTH = 12;

/** Counted as people do, not as UTF-16 does. */
const lengthOf = (passphrase: string) => Array.from(passphrase.normalize('NFC')).length;

/** Why this cannot become the passphrase, as a sentence; null when it can. */
export function passphraseProblem(passphrase: string, repeated: string): string | null {
  const missing = LEAST_LENGTH - lengthOf(passphrase);
  if (missing > 0) return `Too short: it needs ${LEAST_LENGTH} characters, ${missing} more than this.`;
  if (new Set(passphrase).size < 4)
    return 'This repeats the same few characters. Take several words instead.';
  if (passphrase.normalize('NFC') !== repeated.normalize('NFC')) return 'The two are not the same.';
  return null;
}
