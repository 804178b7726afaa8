import { getDotPath, type BaseIssue } from 'valibot';

const either = new Intl.ListFormat('en', { type: 'disjunction' });

const WORDS: Readonly<Record<string, string>> = {
  Array: 'a list',
  Object: 'an object',
  boolean: 'true or false',
  number: 'a number',
  string: 'text',
};

/** What is wrong with a file that a person wrote or keeps, as the end of a sentence: `kind: must be "a" or "b"`. */
export function schemaProblem(issue: BaseIssue<unknown>): string {
  const field = getDotPath(issue) ?? 'it';
  const { expected, received, message } = issue;
  // A schema's own message says it already; Valibot's would be `Invalid type: Expected ("a" | "b") but received 5`.
  if (!message.startsWith('Invalid ') || expected === null) return `${field}: ${message}`;
  // Of a field that is not known, what was expected is that there is none.
  if (expected === 'never') return `“${field}” is not known here: a newer Winnow may have written it`;
  if (received === 'undefined') return `${field}: is missing`;
  const wanted = expected.replace(/^\(|\)$/g, '').split(' | ');
  return `${field}: must be ${either.format(wanted.map((each) => WORDS[each] ?? each))}`;
}
