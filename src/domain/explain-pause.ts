import type { PauseReason } from './job';

/** Why a job stopped before its end, as sentences. */
export function explainPause(pause: PauseReason): string {
  switch (pause.cause) {
    case 'person':
      return 'It was paused.';
    case 'refused':
      return `${pause.problem.title}. ${pause.problem.hint}`;
    case 'first-copy':
      return `${pause.problem.title}. ${pause.problem.hint}`;
    case 'failing':
      return `Too many failed, so the rest was not tried. ${pause.problem.title}.`;
    case 'strangers':
      return 'Five in a row were not there, so the rest was not tried. Is this the right account?';
    case 'storage':
      return 'What happens could not be written down, so nothing more was sent. Free some space on this device.';
    case 'interrupted':
      return 'The tab that did it was closed.';
  }
}
