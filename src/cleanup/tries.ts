import {
  ConflictError,
  ForbiddenError,
  HttpError,
  NetworkError,
  NotJsonError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  WrongShapeError,
} from '@/domain/errors';
import { retryDelayMs } from '@/domain/retry';

/** How often one asset is tried, 429 aside. */
export const MAX_TRIES = 3;
/** An asset that should be tried later than this is left to the person: the rest of the job goes on. */
const LONGEST_WAIT_MS = 60_000;

/** 401 and 403: every further request would hear the same. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof UnauthorizedError || error instanceof ForbiddenError;

/** Whether the trouble is the connection's, not the asset's: reason to go slower. */
export const isStrain = (error: unknown): boolean =>
  error instanceof NetworkError ||
  error instanceof TimeoutError ||
  (error instanceof ServerError && error.status !== 501) ||
  isStatus(error, 408);

/** Whether the same may go well later. */
export const mayPass = (error: unknown): boolean =>
  isStrain(error) || (error instanceof ConflictError && error.retryAfterMs !== null);

/**
 * Whether the server may have done what was asked although it did not say so. What it plainly refused (4xx) or never
 * got was not done.
 */
export const mayHaveActed = (error: unknown): boolean =>
  isStrain(error) || isUnreadable(error) || isStatus(error, 501);

/** Whether nothing readable came back, so that even the server's own opinion is unknown. */
export const isLost = (error: unknown): boolean =>
  error instanceof NetworkError || error instanceof TimeoutError || isUnreadable(error);

/** Milliseconds until the next try; null when there should be none by itself. @param tries counts from 1 */
export function delayBeforeNextTry(tries: number, error: unknown): number | null {
  if (tries >= MAX_TRIES || !mayPass(error)) return null;
  const asked = error instanceof ConflictError ? error.retryAfterMs : null;
  const delay = asked ?? retryDelayMs(tries - 1, error);
  return delay > LONGEST_WAIT_MS ? null : delay;
}

/** A success whose body makes no sense. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof NotJsonError || error instanceof WrongShapeError;

const isStatus = (error: unknown, status: number): boolean =>
  error instanceof HttpError && error.status === status;
