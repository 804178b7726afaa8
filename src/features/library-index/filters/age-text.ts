const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3 minutes old`, in whole units; what is younger than a minute is not worth counting. */
export function ageText(milliseconds: number): string {
  for (const [unit, size] of STEPS) {
    const count = Math.floor(milliseconds / size);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'} old`;
  }
  return 'less than a minute old';
}
