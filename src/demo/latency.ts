import { delay } from 'msw';

export type RequestWeight = 'list' | 'one' | 'media';

/** How long an answer takes; absent means at once. */
export type Latency = ((weight: RequestWeight) => number) | undefined;

export const wait = async (latency: Latency, weight: RequestWeight): Promise<void> => {
  if (latency !== undefined) await delay(latency(weight));
};
