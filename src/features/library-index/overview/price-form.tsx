import { useId, useState } from 'react';

import { Labelled, Select, TextField } from '@/ui/field';

import { usePrice } from '../parts/price';

const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'JPY',
  'CNY',
  'INR',
  'KRW',
  'CAD',
  'AUD',
  'BRL',
  'PLN',
  'SEK',
];

/** What a gigabyte costs in a month, as the person says: no provider tells. */
export function PriceForm() {
  const [price, setPrice] = usePrice();
  const [amount, setAmount] = useState(price === null ? '' : String(price.perGigabyte));
  const [currency, setCurrency] = useState(price?.currency ?? 'USD');
  const hint = useId();
  const perGigabyte = toAmount(amount);
  const wrong = amount.trim() !== '' && perGigabyte === null;

  function change(nextAmount: string, nextCurrency: string) {
    setAmount(nextAmount);
    setCurrency(nextCurrency);
    const next = toAmount(nextAmount);
    setPrice(next === null ? null : { perGigabyte: next, currency: nextCurrency });
  }

  return (
    <form
      aria-label="Price of storage"
      className="flex max-w-xl flex-col gap-1"
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Labelled label="Price per GB and month">
          <TextField
            className="w-32"
            inputMode="decimal"
            autoComplete="off"
            placeholder="0.02"
            value={amount}
            aria-invalid={wrong}
            aria-describedby={hint}
            onChange={(event) => change(event.target.value, currency)}
          />
        </Labelled>
        <Labelled label="Currency">
          <Select className="w-24" value={currency} onChange={(event) => change(amount, event.target.value)}>
            {[...new Set([...CURRENCIES, currency])].map((code) => (
              <option key={code}>{code}</option>
            ))}
          </Select>
        </Labelled>
      </div>
      <p id={hint} className="text-xs text-muted">
        {wrong ? (
          <span className="text-danger">This is not a price. Write a number, such as 0.02. </span>
        ) : null}
        Kept in this browser only. One GB is 10⁹ bytes. Providers may bill otherwise: in steps, by plan, or
        not for everything that is listed.
      </p>
    </form>
  );
}

/** With a comma or a point before the decimals. */
function toAmount(text: string): number | null {
  const amount = text.trim().replace(',', '.');
  const value = Number(amount);
  return /^\d*\.?\d+$/.test(amount) && value > 0 && value < 1e6 ? value : null;
}
