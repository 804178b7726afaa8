import type { Connection } from '@/domain/connection';
import { explainError } from '@/domain/explain-error';

import type { ReadKey } from '../provider';
import { createProvider } from '../registry';
import type { Diagnosis } from './diagnosis';

/** Asks the provider whether address and key are right. */
export async function diagnose(
  connection: Connection,
  readKey: ReadKey,
  scope: { signal?: AbortSignal; pageUrl: string },
): Promise<Diagnosis> {
  try {
    const { summary } = await createProvider(connection, readKey).check(scope);
    return { verdict: 'works', facts: [{ label: 'Answer', value: summary }] };
  } catch (error) {
    return { verdict: 'fails', facts: [], why: explainError(error) };
  }
}
