import type { Job, PauseReason } from '@/domain/job';
import { formatNumber } from '@/lib/format';

import { leftOf } from './job-counts';
import { doingText } from './job-words';

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** Why a job does not go on, and what the person can do about it. */
export function pauseText(job: Job, pause: PauseReason): string {
  switch (pause.cause) {
    case 'person':
      return `Paused: ${formatNumber(leftOf(job))} of ${formatNumber(job.total)} are left.`;
    case 'refused':
      return refusedText(pause.problem);
    case 'first-copy':
      return `${sentence(pause.problem.title)} ${pause.problem.hint} Resume to look again.`;
    case 'failing':
      return `More than 30 % of the last 20 failed: ${sentence(pause.problem.title)} Resume when that has passed.`;
    case 'strangers':
      return '5 assets in a row were not there. Is this the right account? If it is, resume.';
    case 'storage':
      return 'What happens cannot be written down, so nothing more is sent. Free some space on this device, then resume.';
    case 'interrupted':
      return interruptedText(job);
  }
}

export const interruptedText = (job: Job): string =>
  `${doingText(job)} was interrupted; ${formatNumber(leftOf(job))} of ${formatNumber(job.total)} are left. Resume to go on.`;

function refusedText({
  status,
  title,
  hint,
  message,
}: Extract<PauseReason, { cause: 'refused' }>['problem']): string {
  // 403 and a missing key are not the key's fault.
  if (status !== 401) return `${sentence(title)} ${hint}`.trim();
  const said = message === null ? '' : ` ${sentence(message)}`;
  return `The key was not accepted.${said} Enter it again, then resume.`;
}
