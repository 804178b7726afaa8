import type { Ending, Step } from './pretend-host';

/** The steps of each request, such as `DELETE a1`. */
export type Script = Readonly<Record<string, readonly Step[]>>;

/** What `limited for 90 s` asks for: the longest wait of any script. */
export const LONGEST_HOLD_MS = 90_000;
export const REFUSALS: readonly Ending[] = ['unauthorized', 'forbidden'];

/** `a1`, `a2` and so on. */
export const names = (count: number) => Array.from({ length: count }, (_, at) => `a${at + 1}`);
