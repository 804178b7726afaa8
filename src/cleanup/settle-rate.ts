import type { Job } from '@/domain/job';

const WINDOW_MS = 5_000;
/** Less says nothing yet. */
const LEAST_MS = 1_000;
const STEP_MS = 100;

/** How many items are settled in a second, over the last few seconds. */
export class SettleRate {
  readonly #samples: { readonly at: number; readonly settled: number }[] = [];

  note(settled: number, at: number): void {
    const last = this.#samples.at(-1);
    if (last === undefined || at - last.at >= STEP_MS) this.#samples.push({ at, settled });
  }

  /** @returns null until it is known */
  perSecond(settled: number, at: number): number | null {
    while (this.#samples.length > 1 && at - (this.#samples[1]?.at ?? at) >= WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || at - first.at < LEAST_MS) return null;
    return ((settled - first.settled) * 1_000) / (at - first.at);
  }
}

export const settledOf = ({ total, counts }: Job): number => total - counts.queued - counts.sending;
