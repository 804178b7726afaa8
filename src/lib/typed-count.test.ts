import { expect, it } from 'vitest';

import { isTypedCount } from './typed-count';

it.each(['1204', ' 1204 ', '1,204', '1.204', '1 204', '1’204', "1'204"])('takes %j for 1204', (typed) => {
  expect(isTypedCount(typed, 1204)).toBe(true);
});

it.each(['', '120', '12.04', '12a04', '1,20,4', '01204', '-1204', '1204 1204'])(
  'does not take %j',
  (typed) => {
    expect(isTypedCount(typed, 1204)).toBe(false);
  },
);
