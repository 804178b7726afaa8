/** What no key has in it. A browser could not even put most of it into the header that the key travels in. */
const NOT_IN_A_KEY = /[^\x21-\x7e]/;

/** Why this cannot be a key, as a sentence that does not repeat it; null when it may be one. */
export function keyProblem(key: string): string | null {
  if (/\s/.test(key)) return 'A key has no spaces or line breaks inside. Copy the key alone, and whole.';
  if (NOT_IN_A_KEY.test(key)) {
    return 'This has characters that no key has: accented letters, typographic quotes or dashes, or invisible ones. Copy the key again.';
  }
  return null;
}
