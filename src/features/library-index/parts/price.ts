import { useStored } from '@/lib/use-stored';

/** What a person says that storage costs. */
export interface Price {
  /** For one GB (10⁹ bytes) and one month. */
  readonly perGigabyte: number;
  /** ISO 4217. */
  readonly currency: string;
}

const GIGABYTE = 1e9;

/** Null for anything that is no price: storage may hold anything. */
export function parsePrice(stored: string): Price | null {
  const [, amount, currency] = /^(\d+(?:\.\d+)?(?:e-\d+)?) ([A-Z]{3})$/.exec(stored) ?? [];
  const perGigabyte = Number(amount);
  if (currency === undefined || !Number.isFinite(perGigabyte) || perGigabyte <= 0) return null;
  return { perGigabyte, currency };
}

const writePrice = (price: Price | null): string =>
  price === null ? '' : `${price.perGigabyte} ${price.currency}`;

/** The price as it is kept in this browser; null until somebody gives one. */
export function usePrice(): readonly [Price | null, (price: Price | null) => void] {
  const [stored, store] = useStored('winnow.price', '');
  return [parsePrice(stored), (price) => store(writePrice(price))];
}

/** What these bytes may cost at most in a month: `$4.20`; what costs something never costs nothing. */
export function formatMoney(bytes: number, { perGigabyte, currency }: Price): string {
  const cost = (bytes / GIGABYTE) * perGigabyte;
  const money = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const smallest = 10 ** -(money.resolvedOptions().maximumFractionDigits ?? 2);
  return cost > 0 && cost < smallest ? `less than ${money.format(smallest)}` : money.format(cost);
}

/** `up to $4.20 a month` */
export function formatCost(bytes: number, price: Price): string {
  const money = formatMoney(bytes, price);
  return money.startsWith('less') ? `${money} a month` : `up to ${money} a month`;
}
