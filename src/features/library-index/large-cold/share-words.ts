import { formatCount } from '@/lib/format';
import type { Share, SizeCurve } from '@/library/store/size-plot';

const percents = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `54 %`; all and nothing are said of nothing less. */
export function percentText(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  if (percent > 0 && percent < 1) return 'under 1 %';
  if (percent > 99 && percent < 100) return 'over 99 %';
  return `${percents.format(percent)} %`;
}

/** `The largest 1 % (24 assets) hold 54 % of the bytes.` */
export function shareSentence({ percent, count, bytes }: Share, curve: SizeCurve): string {
  const hold = count === 1 ? 'holds' : 'hold';
  return `The largest ${percent} % (${formatCount(count, 'asset')}) ${hold} ${percentText(bytes, curve.bytes)} of the bytes.`;
}
