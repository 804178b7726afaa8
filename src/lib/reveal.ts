/** Scripts whose letters are rightly joined or kept apart by invisible characters, as in Persian and Hindi. */
const JOINING =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Nkoo}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}' +
  '\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]';
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u;

/** Invisible characters where they belong, and visible ones that are only counted among them. */
const HONEST = [
  `(?<=${JOINING}\\p{M}*)[\\u200C\\u200D]`,
  '(?<=\\p{Extended_Pictographic}\\uFE0F?\\p{Emoji_Modifier}?)\\u200D(?=\\p{Extended_Pictographic})',
  // The flags of England, Scotland and Wales.
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  // Numbers and signs that enclose what follows, in Arabic, Syriac and Kaithi.
  '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]',
].join('|');
/** Controls, formats, halves of characters, separators of lines, and letters that are drawn as nothing. */
const HIDDEN = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u2800\\u3164\\uFFA0]';
const PATTERN = new RegExp(`(${HONEST})|${HIDDEN}`, 'gu');

const DIRECTION_MARKS = new Set(['\u200E', '\u200F', '\u061C']);
const LINES = new Set(['\n', '\r', '\t']);
/** Letters and signs of western Europe, of which all can be seen: what nearly every name is made of is found out at once. */
const PLAIN = /^[ -~\u00A0-\u00AC\u00AE-\u00FF\u2013\u2014\u2018-\u201E\u2026]*$/;

/**
 * Text from a server with every character in it that cannot be seen written out, `[U+202E]`: one of these can turn
 * the rest of a name around, so that a program passes for a picture, or make two different names look the same.
 *
 * Left alone: joiners inside emoji and after letters of scripts that need them, flags, and direction marks in a text
 * that has letters written from right to left. Embeddings, overrides and isolates are always written out.
 * @param lines keeps line breaks and tabs, for texts of several lines
 */
export function reveal(text: string, { lines = false } = {}): string {
  if (PLAIN.test(text)) return text;
  const mayHaveMarks = RIGHT_TO_LEFT.test(text);
  return text.replace(PATTERN, (found: string, honest: string | undefined) => {
    if (honest !== undefined || (lines && LINES.has(found))) return found;
    if (mayHaveMarks && DIRECTION_MARKS.has(found)) return found;
    return `[U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

const START = 400;
const END = 100;

/** A name, tag or id as it is shown: on one line, with nothing hidden in it, and of a length that a page can bear. */
export function shownName(name: string): string {
  if (name.length <= START + END) return reveal(name);
  // The end stays: it says what kind of file it is.
  return reveal(`${name.slice(0, START)}…${name.slice(-END)}`);
}
