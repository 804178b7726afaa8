import fc from 'fast-check';
import { expect, it } from 'vitest';

import { keyProblem } from './key-problem';

it.each(['sk_0123456789abcdef', 'comfyui-9b1c', 'a', '~!@#$%^&*()_+-=[]{}|;:\'",.<>/?`\\'])(
  'takes %s',
  (key) => {
    expect(keyProblem(key)).toBeNull();
  },
);

it.each([
  'sk_01 23',
  'Bearer sk_0123',
  'sk_01\n23',
  'sk_01\r\n23',
  'sk_01\t23',
  'sk_01\u00a023',
  'sk\u202823',
])('names white space inside: %j', (key) => {
  expect(keyProblem(key)).toMatch(/spaces or line breaks/);
});

it.each(['sk_é', '“sk_0123”', 'sk–0123', 'sk\u200b0123', 'sk\u0000', 'sk\u007f', 'sk_🔑', '••••••••'])(
  'names other characters: %j',
  (key) => {
    expect(keyProblem(key)).toMatch(/characters that no key has/);
  },
);

it('takes nothing that a header would refuse, and never repeats the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (key) => {
      const problem = keyProblem(key);
      if (problem === null) expect(() => new Headers({ Authorization: `Bearer ${key}` })).not.toThrow();
      else if (key.length > 3) expect(problem).not.toContain(key);
    }),
  );
});
