import { NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { monthAt, monthIndex, monthStart } from '@/library/months';
import type { MonthTotals } from '@/library/store/overview';
import { NOTHING, plus, Tally, type Totals } from '@/library/totals';

/** One bar of the chart: a month, or a year where months would be too many. */
export interface Period extends Totals {
  /** `2026-03`, `2026`, or `until 1999` */
  readonly key: string;
  readonly filters: Partial<LibraryFilters>;
}

const MOST_BARS = 60;

/**
 * Every month from the first to the last, those without anything too, so that a gap is seen as one; where that were too
 * many bars, the years that have something. Nothing is left out: what is older than all bars is one bar more.
 * @param months in order
 */
export function periodsOf(months: readonly MonthTotals[]): readonly Period[] {
  const every = withGaps(months);
  if (every.length <= MOST_BARS) {
    return every.map(({ month, ...totals }) => periodOf(month, month, month, totals));
  }
  const tally = new Tally<string>();
  for (const { month, ...totals } of months) tally.add(month.slice(0, 4), totals);
  const years = tally.entries();
  const ofYears = (key: string, first: string, last: string, totals: Totals) =>
    periodOf(key, `${first}-01`, `${last}-12`, totals);
  const recent = years.slice(-MOST_BARS).map(([year, totals]) => ofYears(year, year, year, totals));
  const old = years.slice(0, -MOST_BARS);
  const [oldest, newest] = [old.at(0), old.at(-1)];
  if (oldest === undefined || newest === undefined) return recent;
  const together = old.map(([, totals]) => totals).reduce(plus, NOTHING);
  return [ofYears(`until ${newest[0]}`, oldest[0], newest[0], together), ...recent];
}

function withGaps(months: readonly MonthTotals[]): readonly MonthTotals[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(months.map((each) => [each.month, each]));
  const from = monthIndex(first.month);
  return Array.from({ length: monthIndex(last.month) - from + 1 }, (_, offset) => {
    const month = monthAt(from + offset);
    return known.get(month) ?? { month, ...NOTHING };
  });
}

function periodOf(key: string, first: string, last: string, totals: Totals): Period {
  const created = { from: `${first}-01T00:00:00Z`, to: endOf(monthIndex(last)) };
  return { key, ...totals, filters: { index: { ...NO_INDEX_FILTERS, created } } };
}

/** To the last microsecond: both bounds of a range belong to it. */
const endOf = (index: number): string =>
  new Date(monthStart(index + 1) - 1).toISOString().replace('.999Z', '.999999Z');
