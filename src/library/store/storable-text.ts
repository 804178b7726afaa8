/**
 * The database cuts a text at U+0000 when it reads it, and has no place for half of a surrogate pair: an id would become
 * that of another asset. So these are kept as a sign and a private character, and the sign itself as well.
 */
const SIGN = '\uE802';
const UNSTORABLE = /[\0\uE802\p{Surrogate}]/u;
const EACH_UNSTORABLE = /[\0\uE802\p{Surrogate}]/gu;
const EACH_STORED = /\uE802([\uE000-\uE801])/g;

const FIRST_SURROGATE = 0xd800;
const FIRST_PRIVATE = 0xe000;
const NUL = '\uE800';
const SELF = '\uE801';

/** Whatever the database is given, with texts that it gives back whole. Texts that mean the same stay equal. */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  return withTexts(value, escaped);
}

/** The same the other way round. */
export function readable<T>(value: T): T;
export function readable(value: unknown): unknown {
  return withTexts(value, unescaped);
}

const escaped = (text: string): string =>
  UNSTORABLE.test(text)
    ? text.replaceAll(EACH_UNSTORABLE, (found) => {
        if (found === '\0') return SIGN + NUL;
        if (found === SIGN) return SIGN + SELF;
        return SIGN + String.fromCharCode(found.charCodeAt(0) - FIRST_SURROGATE + FIRST_PRIVATE);
      })
    : text;

const unescaped = (text: string): string =>
  text.includes(SIGN)
    ? text.replaceAll(EACH_STORED, (_found, kept: string) => {
        if (kept === NUL) return '\0';
        if (kept === SELF) return SIGN;
        return String.fromCharCode(kept.charCodeAt(0) - FIRST_PRIVATE + FIRST_SURROGATE);
      })
    : text;

/** Plain data with other texts, names of fields included: the very same where nothing is different. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  let isSame = true;
  const changed: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) {
    const pair: [string, unknown] = [change(key), withTexts(each, change)];
    isSame &&= pair[0] === key && pair[1] === each;
    changed.push(pair);
  }
  if (isSame) return value;
  return Array.isArray(value) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
}
