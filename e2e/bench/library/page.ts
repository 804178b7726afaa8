import { createLibraryStore, type LibraryStore } from '@/library/library-store';
import { openWorker } from '@/library/open-worker';

import { questionsFor, type Question } from './questions';

/** What one question cost, ms; the longest task of the page meanwhile, ms (0: none over 50). */
interface Measured extends Pick<Question, 'label' | 'goalMs'> {
  readonly firstMs: number;
  readonly ms: readonly number[];
  readonly longestTaskMs: number;
}

const bench = {
  /** Without what is written, the time is of writing alone. */
  fill(connectionId: string, rows: number): Promise<unknown> {
    const worker = new Worker(new URL('./fill-worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage({ connectionId, rows });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<{ readonly at?: number | string }>) => {
        if (data.at === undefined) resolve(data);
        else console.info(`written ${data.at}`);
      };
      worker.onerror = (event) => reject(new Error(event.message));
    });
  },

  async ask(connectionId: string, rows: number, runs: number, only: string) {
    const store = createLibraryStore(connectionId, openWorker());
    await store.call('notes', { keys: [] });
    const questions = questionsFor(rows).filter(({ label }) => label.includes(only));
    const measured: Measured[] = [];
    for (const question of questions) measured.push(await measure(store, question, runs));
    const heap = heapOfPage();
    store.close();
    return { measured, heap };
  },
};

async function measure(
  store: LibraryStore,
  { label, goalMs, ask }: Question,
  runs: number,
): Promise<Measured> {
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  observer.observe({ type: 'longtask' });
  const ms: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    // Something is noted in between, so that no answer is one that was remembered.
    await store.call('note', { notes: { run } });
    const start = performance.now();
    await ask(store);
    ms.push(performance.now() - start);
  }
  // Long tasks are reported after a moment.
  await new Promise((resolve) => setTimeout(resolve));
  observer.disconnect();
  return { label, goalMs, firstMs: ms[0] ?? 0, ms, longestTaskMs };
}

/** Bytes of JavaScript objects in the page, the worker not counted. */
const heapOfPage = (): number =>
  (performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } }).memory
    ?.usedJSHeapSize ?? 0;

export type Bench = typeof bench;
Object.assign(window, { bench });
