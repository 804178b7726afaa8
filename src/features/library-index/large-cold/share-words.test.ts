import { expect, it } from 'vitest';

import { percentText, shareSentence } from './share-words';

it('never says all or nothing of less', () => {
  expect(percentText(0, 1_000)).toBe('0 %');
  expect(percentText(1, 1_000)).toBe('under 1 %');
  expect(percentText(999, 1_000)).toBe('over 99 %');
  expect(percentText(1_000, 1_000)).toBe('100 %');
  expect(percentText(0, 0)).toBe('0 %');
});

it('says what the largest hold', () => {
  const curve = { count: 2_400, bytes: 100, unknownSizes: 0, shares: [] };
  expect(shareSentence({ percent: 1, count: 24, bytes: 54 }, curve)).toBe(
    'The largest 1 % (24 assets) hold 54 % of the bytes.',
  );
  expect(shareSentence({ percent: 1, count: 1, bytes: 100 }, curve)).toBe(
    'The largest 1 % (1 asset) holds 100 % of the bytes.',
  );
});
