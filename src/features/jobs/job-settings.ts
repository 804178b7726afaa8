import * as v from 'valibot';

import { useStored } from '@/lib/use-stored';

export const GRACE_SECONDS = { min: 0, max: 60, usual: 10 } as const;

const graceSchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(GRACE_SECONDS.min),
  v.maxValue(GRACE_SECONDS.max),
);

const settingsSchema = v.fallback(
  v.object({
    graceSeconds: v.fallback(graceSchema, GRACE_SECONDS.usual),
    checksChanges: v.fallback(v.boolean(), true),
  }),
  { graceSeconds: GRACE_SECONDS.usual, checksChanges: true },
);

export interface JobSettings {
  /** Whole seconds before the first request, 0 to 60. */
  readonly graceSeconds: number;
  /** Whether assets that changed since they were selected are skipped. */
  readonly checksChanges: boolean;
  readonly setGraceSeconds: (seconds: number) => void;
  readonly setChecksChanges: (checks: boolean) => void;
}

export const isGraceSeconds = (seconds: number): boolean => v.is(graceSchema, seconds);

/** How jobs start, remembered on this device. */
export function useJobSettings(): JobSettings {
  const [stored, store] = useStored('winnow.jobs.settings', '{}');
  const settings = v.parse(settingsSchema, parseJson(stored));
  return {
    ...settings,
    setGraceSeconds: (graceSeconds) => {
      if (isGraceSeconds(graceSeconds)) store(JSON.stringify({ ...settings, graceSeconds }));
    },
    setChecksChanges: (checksChanges) => store(JSON.stringify({ ...settings, checksChanges })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // edited by hand, or by another version
  }
}
