import { NotFoundError } from '@/domain/errors';
import type { Answer } from '@/http/request';
import type { DeletionOutcome } from './provider';

/** A deletion's answer in one word: the API's own 404 says that somebody was faster. */
export async function deletionOutcome(deletion: Promise<Answer>): Promise<DeletionOutcome> {
  try {
    await deletion;
    return 'deleted';
  } catch (error) {
    if (error instanceof NotFoundError && error.fromApi) return 'already-gone';
    throw error;
  }
}
