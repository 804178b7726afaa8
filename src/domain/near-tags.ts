/** White space, underscores, dots, and every kind of hyphen and dash. */
const SEPARATORS = /[\s_.\-\u2010-\u2015\u2212]+/u;
const ENDS_IN_LETTER = /[\p{L}\p{M}]$/u;
const BEGINS_WITH_LETTER = /^\p{L}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** They end in an s, and are no plural of what is left without it. */
const NO_PLURALS: ReadonlySet<string> = new Set(['lens', 'mars', 'news']);

/**
 * What spellings of one tag have in common: equal for tags that differ only in case, in how accents are composed, in what
 * stands between their words, or in the plural of their last word. Numbers are never joined: `v1.0` is not `v10`.
 */
export function nearKey(tag: string): string {
  const folded = tag.normalize('NFC').toLowerCase().normalize('NFC');
  if (!LETTER_OR_DIGIT.test(folded)) return folded;
  return singular(folded.split(SEPARATORS).reduce(join));
}

/** Tags that are spellings of one another, in the order given; a tag that has no other spelling is in no group. */
export function nearTags(tags: Iterable<string>): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  for (const tag of tags) {
    const key = nearKey(tag);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, new Set([tag]));
    else group.add(tag);
  }
  return [...groups.values()].filter(({ size }) => size > 1).map((group) => [...group]);
}

const join = (left: string, right: string): string =>
  ENDS_IN_LETTER.test(left) || BEGINS_WITH_LETTER.test(right) ? left + right : `${left} ${right}`;

/**
 * English only, and only what is regular: `stories` and `story`, `boxes` and `box`, `loras` and `lora` meet; `glass`, `bus`
 * and `gas` stay what they are.
 */
function singular(text: string): string {
  const [word = ''] = /\p{Script=Latin}*$/u.exec(text) ?? [];
  const isPlural =
    /\p{Script=Latin}{3}s$/u.test(word) && !/(?:ss|us|is)$/.test(word) && !NO_PLURALS.has(word);
  const stem = isPlural ? word.slice(0, -1) : word;
  // What is left of `stories` and of `boxes` is not yet what `story` and `box` are: all take one form.
  const form = stem.replace(/([^aeiou])y$/, '$1ie').replace(/(x|ss|sh|ch|z)e$/, '$1');
  return text.slice(0, text.length - word.length) + form;
}
