const MASK = '[key]';

/** A shorter one is a made-up key of a test, and may be a word that names and ids have in them by chance. */
const LEAST_SECRET = 16;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** The last one made: a page talks to one connection at a time, and a pattern takes longer to make than to use. */
let last: { readonly secret: string; readonly pattern: RegExp } | null = null;

/**
 * Text of a server without the key, should it repeat it: as it is, in whatever case, and as URLs, JSON and markup
 * write it. @param secret null or empty when none was sent
 */
export function maskKey(text: string, secret: string | null): string {
  if (secret === null || secret === '') return text;
  if (last?.secret !== secret) last = { secret, pattern: patternOf(secret) };
  return text.replace(last.pattern, MASK);
}

/** The same for what is to be parsed: ids and names must not change because of a key that is no secret. */
export const maskAnswer = (text: string, secret: string | null): string =>
  secret !== null && secret.length >= LEAST_SECRET ? maskKey(text, secret) : text;

const patternOf = (secret: string): RegExp => new RegExp(Array.from(secret, formsOf).join(''), 'gi');

/** One character in all the ways in which it may be written. */
function formsOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const entity = ENTITIES[character];
  const backslash = /["'\\/]/.test(character) ? '\\\\?' : '';
  // The longest first, or the rest of an escape would be left.
  const forms = [
    `%(?:25)*${hex.padStart(2, '0')}`,
    `\\\\+u${hex.padStart(4, '0')}`,
    `\\\\+x${hex.padStart(2, '0')}`,
    `&#0*${code};`,
    `&#x0*${hex};`,
    ...(entity === undefined ? [] : [`&${entity};`]),
    // A backslash before any other character belongs to what comes before.
    `${backslash}${literal(character)}`,
  ];
  return `(?:${forms.join('|')})`;
}

const literal = (character: string) => character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
