import type { ErrorExplanation } from '@/domain/explain-error';

/** What a test of a connection found out. */
export type Diagnosis =
  | {
      readonly verdict: 'works';
      readonly facts: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly verdict: 'fails';
      readonly facts: readonly { readonly label: string; readonly value: string }[];
      readonly why: ErrorExplanation;
    };
