import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatCost, parsePrice } from './price';

const dollars = (perGigabyte: number) => ({ perGigabyte, currency: 'USD' });

describe('formatCost', () => {
  it('counts a gigabyte as 10⁹ bytes', () => {
    expect(formatCost(120e9, dollars(0.02))).toBe('up to $2.40 a month');
  });

  it('never rounds what costs something to nothing', () => {
    expect(formatCost(1, dollars(0.02))).toBe('less than $0.01 a month');
    expect(formatCost(1_000_000, { perGigabyte: 3, currency: 'JPY' })).toBe('less than ¥1 a month');
    expect(formatCost(0, dollars(0.02))).toBe('up to $0.00 a month');
  });
});

describe('parsePrice', () => {
  it('reads what was kept', () => {
    expect(parsePrice('0.023 EUR')).toEqual({ perGigabyte: 0.023, currency: 'EUR' });
    expect(parsePrice('1e-7 USD')).toEqual(dollars(1e-7));
  });

  it('knows no price where there is none', () => {
    for (const stored of ['', '0 USD', '-1 USD', 'USD', '0.02', '0.02 usd', '0.02 DOLLAR', '1e999 USD']) {
      expect(parsePrice(stored)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string(), (stored) => {
        const price = parsePrice(stored);
        // Whatever passes can be shown.
        if (price !== null) expect(formatCost(5e9, price)).not.toContain('NaN');
      }),
    );
  });
});
