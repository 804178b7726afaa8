import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { schemaProblem } from './schema-problem';

const schema = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  kind: v.picklist(['one', 'two', 'three']),
  tags: v.array(v.string()),
  on: v.boolean(),
  rule: v.variant('type', [
    v.strictObject({ type: v.literal('all') }),
    v.strictObject({ type: v.literal('first'), count: v.number() }),
  ]),
});
const good = { name: 'x', kind: 'one', tags: ['a'], on: true, rule: { type: 'first', count: 1 } };

function problem(raw: unknown) {
  const { issues } = v.safeParse(schema, raw);
  return issues === undefined ? null : schemaProblem(issues[0]);
}

describe('a problem of what was read', () => {
  it.each<[string, unknown]>([
    ['it: must be an object', null],
    ['it: must be an object', 'sk_secret'],
    ['name: is missing', {}],
    ['name: must be text', { ...good, name: 5 }],
    ['name: must not be empty', { ...good, name: '' }],
    ['kind: must be "one", "two", or "three"', { ...good, kind: 'sk_secret' }],
    ['tags: must be a list', { ...good, tags: 'a' }],
    ['tags.1: must be text', { ...good, tags: ['a', null] }],
    ['on: must be true or false', { ...good, on: 'yes' }],
    ['rule: must be an object', { ...good, rule: 1 }],
    ['rule.type: must be "all" or "first"', { ...good, rule: { type: 'last' } }],
    ['rule.count: is missing', { ...good, rule: { type: 'first' } }],
    ['rule.count: must be a number', { ...good, rule: { type: 'first', count: '1' } }],
    ['“more” is not known here: a newer Winnow may have written it', { ...good, more: 1 }],
  ])('is told in words: %s', (words, raw) => expect(problem(raw)).toBe(words));

  it('is none of what is right', () => expect(problem(good)).toBeNull());
});
